/*
 * Generated stubs and skeletons in one process, without a transport: what <cdrpc/generated.h> says of both sides, on
 * the real codec.
 *
 * A request is encoded into a buffer of 'capacity' bytes, so that a small one forces the second round; what comes out
 * is copied to heap blocks of the exact sizes, so that a reader that goes too far is caught. A message that is larger
 * than the interface's descriptor says ends the program. Not for programs that link the whole runtime.
 */
#ifndef CDRPC_TESTS_LOOPBACK_H
#define CDRPC_TESTS_LOOPBACK_H

#include <cdrpc/generated.h>

struct loopback;

struct loopback *loopback_new(size_t capacity, uint64_t seed);
void loopback_free(struct loopback *loop);
struct cdrpc_client *loopback_client(struct loopback *loop);
struct cdrpc_server *loopback_server(struct loopback *loop);

/*
 * From here on all requests go to the service that was added first, whatever their interface: its methods are called by
 * index.
 */
void loopback_cross(struct loopback *loop);

/* Repeatable; 'below' is not 0. */
uint64_t loopback_random(struct loopback *loop);
uint32_t loopback_below(struct loopback *loop, uint32_t below);

/*
 * After each request and event the skeleton or sink runs so many times more, on copies that differ somewhere from what
 * was sent. While it does, loopback_damaged() is true, and what a handler or listener gets is anything that decodes.
 */
void loopback_set_damage(struct loopback *loop, uint32_t times);
bool loopback_damaged(const struct loopback *loop);

/* A pending call that ends with a damaged copy of the last reply that arrived. */
struct cdrpc_pending *loopback_damaged_reply(struct loopback *loop);

#endif
