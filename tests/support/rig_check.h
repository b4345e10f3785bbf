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

/* What a reply without a body comes by. */
enum cdrpc_route rig_small_reply(void);

/* A suite of what 'add' adds, twice. */
Suite *rig_suite(const char *name, void (*add)(TCase *tcase));

#endif
