/* What the runtime itself asks of a writer, beyond cdrpc/generated.h. */
#ifndef CDRPC_CORE_WRITER_H
#define CDRPC_CORE_WRITER_H

#include "base/names.h"

#include <cdrpc/generated.h>

/* Stores the blobs one after another, each padded to 8 with zeros: w->blob_size bytes in all. A blob that is in its place already stays. */
void writer_copy_blobs(const struct cdrpc_writer *w, void *ret_area);
/* The same behind the w->at bytes of the body at 'body', which are padded to 8 as well. */
void writer_store_blobs(const struct cdrpc_writer *w, uint8_t *body);

/* Begins a writing that has failed already. */
void writer_fail(struct cdrpc_writer *w, cdrpc_status status);

#endif
