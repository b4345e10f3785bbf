/* The rig under Check: one for all tests of a program, and each test run with arenas and without. */
#ifndef CDRPC_TESTS_RIG_CHECK_H
#define CDRPC_TESTS_RIG_CHECK_H

#include "check_main.h"
#include "rig.h"

extern struct rig rig;
extern bool rig_resident;       /* whether its sessions have arenas */
extern const struct cdrpc_bytes rig_nothing;

/* rig_init; a test may then change options, and goes on with rig_started(). */
void rig_prepared(void);
/* rig_start and rig_connect, which must succeed. */
void rig_started(void);
void rig_connected(void);       /* both */
/* rig_stop, after which nothing must be left. */
void rig_stopped(void);

/* A handler that keeps its call, and the last call that it has kept. NULL after rig_prepared(). */
cdrpc_status rig_keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data);
extern struct cdrpc_call *rig_kept;

/* Begins a call, which must succeed; rig_notified() has rig_on_done() told of its end, which finishes it: a RIG_STATUS. */
struct cdrpc_pending *rig_begun(uint32_t index, uint32_t value);
struct cdrpc_pending *rig_notified(uint32_t index, uint32_t value);
void rig_on_done(void *self, struct cdrpc_pending *pending);
/* What it was told since rig_prepared(): how often, never in a message; and of the last one. */
struct rig_done {
	uint32_t count;
	struct cdrpc_pending *pending;
	cdrpc_status status;
};
extern struct rig_done rig_done;
void rig_check_done(uint32_t count, cdrpc_status status);

/* What a reply without a body comes by. */
enum cdrpc_route rig_small_reply(void);

/* A suite of what 'add' adds, twice. */
Suite *rig_suite(const char *name, void (*add)(TCase *tcase));

#endif
