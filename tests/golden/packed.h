/* Sizes and places in generated headers: packed.c sees them inside a '#pragma pack(1)', codec.c without. */
#ifndef CDRPC_TESTS_PACKED_H
#define CDRPC_TESTS_PACKED_H

#include <stddef.h>

#define LAYOUTS                                                                                                      \
	{                                                                                                            \
		sizeof(struct structs_loose), offsetof(struct structs_loose, b), sizeof(struct structs_outer),       \
			offsetof(struct structs_outer, inners), sizeof(struct tables_everything),                    \
			offsetof(struct tables_everything, data), sizeof(struct tables_any),                         \
			offsetof(struct tables_any, as), sizeof(struct tables_handlers), sizeof(struct cdrpc_bytes), \
			sizeof(struct cdrpc_limits), sizeof(struct cdrpc_method),                                    \
	}
#define LAYOUT_COUNT 12

extern const size_t packed_layouts[LAYOUT_COUNT];

#endif
