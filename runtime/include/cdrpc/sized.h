/*
 * cdrpc/sized.h: how structs grow. Included by cdrpc.h, which says what each function does.
 *
 * Functions of cdrpc.h that take or fill a struct that may grow are inline: compiled into the program, they hand its sizes of the
 * structs to the exported functions here. Callers from other languages call these themselves, with the sizes of the structs that they
 * have written down, of whatever version.
 */
#ifndef CDRPC_SIZED_H
#define CDRPC_SIZED_H

/* Sizes of the options that a function is given, and of what they point to. May grow, so that its own size goes beside it. */
struct cdrpc_sizes {
	uint32_t options;
	uint32_t env;
	uint32_t limits;
	uint32_t policy;
};

/* Those that the caller was compiled with, as an initialiser. */
#define CDRPC_SIZES(options)                                                                                                   \
	{                                                                                                                      \
		(uint32_t)sizeof(options), (uint32_t)sizeof(struct cdrpc_env), (uint32_t)sizeof(struct cdrpc_limits),          \
			(uint32_t)sizeof(struct cdrpc_policy)                                                                  \
	}

/* 'options' NULL: defaults, whatever the sizes. */
CDRPC_API cdrpc_status cdrpc_server_new_sized(const char *name, const struct cdrpc_server_options *options, const struct cdrpc_sizes *sizes,
					      size_t sizes_size, struct cdrpc_server **ret_server);
CDRPC_API cdrpc_status cdrpc_client_connect_sized(const char *name, const struct cdrpc_client_options *options,
						  const struct cdrpc_sizes *sizes,
						  size_t sizes_size, struct cdrpc_client **ret_client);
CDRPC_API cdrpc_status cdrpc_peer_client_sized(struct cdrpc_peer *peer, const struct cdrpc_client_options *options,
					       const struct cdrpc_sizes *sizes, size_t sizes_size, struct cdrpc_client **ret_client);

/* 'size' bytes are written, those that the library does not know as 0. */
CDRPC_API bool cdrpc_server_holder_sized(const struct cdrpc_server *server, struct cdrpc_peer_facts *ret_facts, size_t size);
CDRPC_API void cdrpc_server_get_stats_sized(const struct cdrpc_server *server, struct cdrpc_stats *ret_stats, size_t size);
CDRPC_API void cdrpc_client_get_stats_sized(const struct cdrpc_client *client, struct cdrpc_stats *ret_stats, size_t size);
CDRPC_API void cdrpc_peer_get_facts_sized(struct cdrpc_peer *peer, struct cdrpc_peer_facts *ret_facts, size_t size);
CDRPC_API cdrpc_status cdrpc_client_peer_facts_sized(struct cdrpc_client *client, struct cdrpc_peer_facts *ret_facts, size_t size);
CDRPC_API void cdrpc_call_peer_facts_sized(const struct cdrpc_call *call, struct cdrpc_peer_facts *ret_facts, size_t size);

static inline cdrpc_status
cdrpc_server_new(const char *name, const struct cdrpc_server_options *options, struct cdrpc_server **ret_server)
{
	const struct cdrpc_sizes sizes = CDRPC_SIZES(*options);

	return cdrpc_server_new_sized(name, options, &sizes, sizeof sizes, ret_server);
}

static inline cdrpc_status
cdrpc_client_connect(const char *name, const struct cdrpc_client_options *options, struct cdrpc_client **ret_client)
{
	const struct cdrpc_sizes sizes = CDRPC_SIZES(*options);

	return cdrpc_client_connect_sized(name, options, &sizes, sizeof sizes, ret_client);
}

static inline cdrpc_status
cdrpc_peer_client(struct cdrpc_peer *peer, const struct cdrpc_client_options *options, struct cdrpc_client **ret_client)
{
	const struct cdrpc_sizes sizes = CDRPC_SIZES(*options);

	return cdrpc_peer_client_sized(peer, options, &sizes, sizeof sizes, ret_client);
}

static inline bool
cdrpc_server_holder(const struct cdrpc_server *server, struct cdrpc_peer_facts *ret_facts)
{
	return cdrpc_server_holder_sized(server, ret_facts, sizeof *ret_facts);
}

static inline void
cdrpc_server_get_stats(const struct cdrpc_server *server, struct cdrpc_stats *ret_stats)
{
	cdrpc_server_get_stats_sized(server, ret_stats, sizeof *ret_stats);
}

static inline void
cdrpc_client_get_stats(const struct cdrpc_client *client, struct cdrpc_stats *ret_stats)
{
	cdrpc_client_get_stats_sized(client, ret_stats, sizeof *ret_stats);
}

static inline void
cdrpc_call_peer_facts(const struct cdrpc_call *call, struct cdrpc_peer_facts *ret_facts)
{
	cdrpc_call_peer_facts_sized(call, ret_facts, sizeof *ret_facts);
}

static inline void
cdrpc_peer_get_facts(struct cdrpc_peer *peer, struct cdrpc_peer_facts *ret_facts)
{
	cdrpc_peer_get_facts_sized(peer, ret_facts, sizeof *ret_facts);
}

static inline cdrpc_status
cdrpc_client_peer_facts(struct cdrpc_client *client, struct cdrpc_peer_facts *ret_facts)
{
	return cdrpc_client_peer_facts_sized(client, ret_facts, sizeof *ret_facts);
}

#endif
