/* What the runtime itself asks of a writer, beyond cdrpc/generated.h. */
#ifndef CDRPC_CORE_WRITER_H
#define CDRPC_CORE_WRITER_H

#include "base/names.h"

#include <cdrpc/generated.h>

/* Stores the blobs one after another, each padded to 8 with zeros: w->blob_size bytes in all. A blob that is in its place already stays. */
void writer_copy_blobs(const struct cdrpc_writer *w, void *ret_area);
/* The same behind the w->at bytes of the body at 'body', which are padded to 8 as well. */
void writer_store_blobs(const struct cdrpc_writer *w, uint8_t *body);

/* The round in which w->refused has all of it written once more, to find out what was refused. */
#define WRITER_ROUND_OF_REFUSED 3
void writer_restart_in(struct cdrpc_writer *w, void *memory, size_t size);

/* Begins a writing that has failed already. */
void writer_fail(struct cdrpc_writer *w, cdrpc_status status);

#endif
