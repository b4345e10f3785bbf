/* Types of module std.cdrpc_status.spaces, written by cdidl from spaces.cdidl. Changes belong there. */
#include "spaces.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct spaces) == 1, "struct spaces is laid out as on the wire");
static_assert(offsetof(struct spaces, a) == 0, "a stands where it does on the wire");

static const struct cdrpc_method spaces_i_method_table[] = {
	{"f", 1, 1, CDRPC_METHOD_OUTPUTS, 0, 12, 1},
};

const struct cdrpc_interface spaces_i_interface = {
	UINT64_C(0x20d5c6d606710403), "std.cdrpc_status.spaces.I",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	1, spaces_i_method_table,
};
