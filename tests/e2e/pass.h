/* The process that the tests of handles call, and what both sides of them use. */
#ifndef CDRPC_TESTS_PASS_H
#define CDRPC_TESTS_PASS_H

#include "passed.h"
#include "proc.h"

/* Words of the server's struct proc. */
enum {
	PASS_PUSHES_FAIL,       /* whether its system refuses to put handles into others */
	PASS_UPSET = 8,         /* for upset.h */
	PASS_FREE = 32          /* these are the test's */
};

/* Kinds and rights, in the order of take()'s and give()'s parameters. */
enum { PASS_KINDS = 12 };

struct pass_objects {
	HANDLE handles[PASS_KINDS];
};

/* Each with all the access that its maker can have. The event of [7] and [8] is one. */
void pass_objects_make(struct pass_objects *objects);
void pass_objects_close(struct pass_objects *objects);
/* 0 for NULL. */
uint32_t pass_access(HANDLE handle);
/* A temporary file that is deleted when its last handle is closed. */
HANDLE pass_file(void);

/* Serve under a name that the starter's process id is part of. Denied: the server may not duplicate, as it is told. */
int pass_run(struct proc *starter);
int pass_run_denied(struct proc *starter);
void pass_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id);

#endif
