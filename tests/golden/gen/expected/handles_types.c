/* Types of module test.handles, written by cdidl from handles.cdidl. Changes belong there. */
#include "handles.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static const struct cdrpc_method handles_method_table[] = {
	{"give", 1, 1, 0, 0, 32, 0},
	{"take", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 0, 12},
	{"maybe", 3, 1, CDRPC_METHOD_OUTPUTS, 0, 16, 8},
	{"send", 4, 1, CDRPC_METHOD_ONEWAY, 0, 4, 0},
};

const struct cdrpc_interface handles_interface = {
	UINT64_C(0xc3b9ad4ce5c1fc81), "test.handles.Handles",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	4, handles_method_table,
};
