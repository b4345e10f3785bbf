/* Types of module test.scalars, written by cdidl from scalars.cdidl. Changes belong there. */
#include "scalars.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static const struct cdrpc_method scalars_method_table[] = {
	{"all_in", 1, 1, 0, 0, 48, 0},
	{"all_out", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 0, 48},
	{"all_inout", 3, 1, CDRPC_METHOD_OUTPUTS, 0, 48, 48},
	{"optional_in", 4, 1, 0, 0, 112, 0},
	{"optional_out", 5, 1, CDRPC_METHOD_OUTPUTS, 0, 0, 56},
	{"optional_inout", 6, 1, CDRPC_METHOD_OUTPUTS, 0, 40, 40},
	{"nothing", 7, 1, 0, 0, 0, 0},
};

const struct cdrpc_interface scalars_interface = {
	UINT64_C(0x7de72a02d88a4da5), "test.scalars.Scalars",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	7, scalars_method_table,
};
