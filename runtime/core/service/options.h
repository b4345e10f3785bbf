/* What a program's options are, in the structs of this library: its own may be of another version of cdrpc.h. */
#ifndef CDRPC_CORE_OPTIONS_H
#define CDRPC_CORE_OPTIONS_H

#include "calls/names.h"

#include <cdrpc/cdrpc.h>

/* What options point to. */
struct options_parts {
	struct cdrpc_env env;
	struct cdrpc_limits limits;
	struct cdrpc_policy policy;
};

/* *ret_options points into *ret_parts. E_ARGUMENT: an option is set that this library does not have, or a size is none; the log says which. */
cdrpc_status options_of_server(const struct cdrpc_server_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
			       struct options_parts *ret_parts, struct cdrpc_server_options *ret_options);
cdrpc_status options_of_client(const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
			       struct options_parts *ret_parts, struct cdrpc_client_options *ret_options);

#endif
