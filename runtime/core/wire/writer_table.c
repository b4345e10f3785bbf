#include "wire/writer.h"

/* The long way of cdrpc_field_end(): near the buffer's end, past it, or after an error. */
void
cdrpc_write_close(struct cdrpc_writer *w, struct cdrpc_mark field)
{
	uint32_t size = (uint32_t)(w->at - field.at);

	if (w->capacity != 0)
		memcpy(w->base + field.at - 4, &size, sizeof size);
	cdrpc_write_claim(w, 0, 8);
}

struct cdrpc_mark
cdrpc_union_begin(struct cdrpc_writer *w, uint32_t kind)
{
	w->depth++;
	if (kind > UINT16_MAX || w->depth > CDRPC_DEPTH_MAX)
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
	return cdrpc_field_begin(w, (uint16_t)kind);
}

void
cdrpc_union_end(struct cdrpc_writer *w, struct cdrpc_mark record)
{
	w->depth--;
	cdrpc_field_end(w, record);
}
