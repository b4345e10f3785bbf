/* Types of module test.params, written by cdidl from params.cdidl. Changes belong there. */
#include "params.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static const struct cdrpc_method params_method_table[] = {
	{"texts", 1, 1, CDRPC_METHOD_OUTPUTS, 0, 64, 64},
	{"maybe", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 76, 76},
	{"both", 3, 1, CDRPC_METHOD_OUTPUTS, 0, 92, 92},
	{"lists", 4, 1, 0, 0, UINT32_MAX, 0},
	{"lists_out", 5, 1, CDRPC_METHOD_OUTPUTS, 0, 0, UINT32_MAX},
	{"maybe_lists", 6, 1, CDRPC_METHOD_OUTPUTS, 0, UINT32_MAX, UINT32_MAX},
	{"arrays", 7, 1, CDRPC_METHOD_OUTPUTS, 0, 296, 296},
	{"maybe_arrays", 8, 1, CDRPC_METHOD_OUTPUTS, 0, 48, 48},
	{"blobs", 9, 1, CDRPC_METHOD_OUTPUTS | CDRPC_METHOD_SHARED_INPUTS | CDRPC_METHOD_SHARED_OUTPUTS, 0, 2097160, 2097160},
	{"setting", 10, 1, CDRPC_METHOD_OUTPUTS, 0, 20, 20},
};

const struct cdrpc_interface params_interface = {
	UINT64_C(0x6985290e9dc3f021), "test.params.Params",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	10, params_method_table,
};
