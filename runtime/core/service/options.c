#include "service/options.h"

#include <assert.h>
#include <string.h>

#include "base/env.h"
#include "base/sized.h"

/*
 * A member that is added begins where its struct ended before, so that its size tells whether it is there. So no struct ends in padding:
 * a compiler would put the member there, where a program of before has whatever it has, under the same size.
 */
#define GROWS(name, last)                                                                                                      \
	static_assert(sizeof(struct name) == offsetof(struct name, last) + sizeof ((struct name *)0)->last, "no padding behind " #last);      \
	static_assert(sizeof(struct name) <= CDRPC_STRUCT_MAX, "as cdrpc.h says")

GROWS(cdrpc_env, log);
GROWS(cdrpc_limits, mapped_max);
GROWS(cdrpc_policy, authorise_self);
GROWS(cdrpc_server_options, session_self);
GROWS(cdrpc_client_options, session_self);
GROWS(cdrpc_peer_facts, user);
GROWS(cdrpc_stats, events_lost);
GROWS(cdrpc_call_trace, status);
GROWS(cdrpc_sizes, policy);

/* Where the library's options point to their parts. */
struct pointers {
	const struct cdrpc_env **env;
	const struct cdrpc_limits **limits;
	const struct cdrpc_policy **policy;
};

/* 'env' is the program's, as far as it is known; 'at' is what sized_take() says. */
static cdrpc_status
refuse_options(const struct cdrpc_env *env, const char *name, size_t given_size, size_t at, size_t own_size)
{
	if (at == 0)
		env_log(env, CDRPC_LOG_ERROR, "struct %s of %u bytes: no version of cdrpc.h has that", name, (unsigned int)given_size);
	else
		env_log(env, CDRPC_LOG_ERROR, "struct %s of %u bytes is of a newer cdrpc.h: the byte at %u is set, and this library, %s, knows %u",
			name, (unsigned int)given_size, (unsigned int)at, cdrpc_version(), (unsigned int)own_size);
	return CDRPC_E_ARGUMENT;
}

static cdrpc_status
take(const struct cdrpc_env *env, const char *name, const void *given, size_t given_size, void *ret_own, size_t own_size)
{
	size_t at;

	return sized_take(given, given_size, ret_own, own_size, &at) ? CDRPC_OK : refuse_options(env, name, given_size, at, own_size);
}

/* Fills the parts from those that the options point to, and lets them point to these. */
static cdrpc_status
take_limits_and_policy(const struct pointers *pointers, const struct cdrpc_sizes *sizes, struct options_parts *ret_parts)
{
	struct options_parts *parts = ret_parts;
	cdrpc_status status;

	memset(parts, 0, sizeof *parts);
	status = take(&parts->env, "cdrpc_env", *pointers->env, sizes->env, &parts->env, sizeof parts->env);
	if (status == CDRPC_OK)
		status = take(&parts->env, "cdrpc_limits", *pointers->limits, sizes->limits, &parts->limits, sizeof parts->limits);
	if (status == CDRPC_OK)
		status = take(&parts->env, "cdrpc_policy", *pointers->policy, sizes->policy, &parts->policy, sizeof parts->policy);
	*pointers->env = &parts->env;
	*pointers->limits = &parts->limits;
	*pointers->policy = &parts->policy;
	return status;
}

/* Sizes of structs that this library does not have are of nothing that it could be given. */
static struct cdrpc_sizes
sizes_of(const struct cdrpc_sizes *given, size_t size)
{
	struct cdrpc_sizes sizes = { 0, 0, 0, 0 };

	if (given)
		memcpy(&sizes, given, size < sizeof sizes ? size : sizeof sizes);
	return sizes;
}

/* 'sizes' are those of the caller's structs. 'pointers' point into *ret_options. */
static cdrpc_status
take_options(const char *name, const void *options, const struct cdrpc_sizes *sizes, const struct pointers *pointers,
	     struct options_parts *ret_parts, void *ret_options, size_t own_size)
{
	size_t at;
	bool known = sized_take(options, sizes->options, ret_options, own_size, &at);
	cdrpc_status status = take_limits_and_policy(pointers, sizes, ret_parts);

	if (status == CDRPC_OK && !known)
		status = refuse_options(&ret_parts->env, name, sizes->options, at, own_size);
	return status;
}

cdrpc_status
options_of_server(const struct cdrpc_server_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
		  struct options_parts *ret_parts, struct cdrpc_server_options *ret_options)
{
	const struct pointers pointers = { &ret_options->env, &ret_options->limits, &ret_options->policy };
	const struct cdrpc_sizes given = sizes_of(sizes, sizes_size);

	return take_options("cdrpc_server_options", options, &given, &pointers, ret_parts, ret_options, sizeof *ret_options);
}

cdrpc_status
options_of_client(const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
		  struct options_parts *ret_parts, struct cdrpc_client_options *ret_options)
{
	const struct pointers pointers = { &ret_options->env, &ret_options->limits, &ret_options->policy };
	const struct cdrpc_sizes given = sizes_of(sizes, sizes_size);

	return take_options("cdrpc_client_options", options, &given, &pointers, ret_parts, ret_options, sizeof *ret_options);
}
