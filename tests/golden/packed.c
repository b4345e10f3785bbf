#include "packed.h"

#pragma pack(push, 1)
#include <cdrpc/generated.h>

#include "structs.h"
#include "tables.h"
struct packed_probe {
	char first;
	double second;
};
#pragma pack(pop)

_Static_assert(sizeof(struct packed_probe) == 9, "packing is on");

const size_t packed_layouts[LAYOUT_COUNT] = LAYOUTS;
