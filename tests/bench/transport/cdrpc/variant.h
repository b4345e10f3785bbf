/*
 * The servers that there are, each with a client of its own:
 *
 *	own             handlers run from the library's window, in cdrpc_server_run()
 *	attached        handlers run from a window of the program, in the program's loop
 *	large           as own; arenas take payloads of 64 MiB
 */
#ifndef BENCH_VARIANT_H
#define BENCH_VARIANT_H

#include <cdrpc/cdrpc.h>

struct variant {
	char name[CDRPC_NAME_MAX + 1];  /* of the service */
	bool attached;
	struct cdrpc_limits limits;     /* of both sides */
};

/* A library of before its version was in its header has them in the options. */
#ifdef CDRPC_VERSION_MAJOR
#define VARIANT_LIMITS(variant) (&(variant).limits)
#else
#define VARIANT_LIMITS(variant) ((variant).limits)
#define cdrpc_call_peer cdrpc_call_from
#endif

struct variant variant_named(const char *variant);
/* Private bytes of this process; what is shared, arenas for instance, does not count. */
uint64_t private_bytes(void);

#endif
