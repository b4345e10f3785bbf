/* What the reader's own files share. */
#ifndef CDRPC_CORE_READER_H
#define CDRPC_CORE_READER_H

#include "base/names.h"

#include "wire/wrong.h"

/* Fails with E_DECODE. What is wrong began 'back' bytes before where the reader stands. */
void reader_refuse(struct cdrpc_reader *r, size_t back, enum wrong what, uint64_t is, uint64_t bound);

#endif
