/*
 * The processes of the tests of attacks: one that serves and looks at all that reaches it, one that attacks it, and the test's own,
 * which is an honest client of the first meanwhile.
 */
#ifndef CDRPC_TESTS_HOSTILE_H
#define CDRPC_TESTS_HOSTILE_H

#include "attacked.h"
#include "proc.h"

/* Words of the process that serves. */
enum {
	VICTIM_WATCHED,         /* a window: the last small REQUEST of its is kept ... */
	VICTIM_FRAME_SIZE,      /* ... here, 0 before there was one ... */
	VICTIM_FRAME            /* ... and here */
};

/* Words of the attacker. What it has done is for whoever started it to compare with what the server has counted. */
enum {
	ATTACK_KIND,
	ATTACK_CLIENT,          /* the honest client's window */
	ATTACK_TXN,             /* the last transaction of the honest client, which goes on meanwhile */
	ATTACK_REFUSED_FRAMES,  /* frames of it that the server had to refuse and count as such */
	ATTACK_REFUSED_CALLS,   /* and calls */
	ATTACK_REFUSED_THERE,   /* frames that the honest client had to refuse */
	ATTACK_UNEXPECTED,      /* answers other than those */
	ATTACK_RUN,             /* calls of its own that were answered by a handler; HELLOs that were accepted */
	ATTACK_FRAME_SIZE,      /* a frame of the honest client's */
	ATTACK_FRAME
};
enum { ATTACK_FRAME_MAX = 256 };

enum attack {
	ATTACK_NOT,             /* comes, calls once, and goes */
	ATTACK_NAMED,           /* HELLO naming the windows of the starter's process, until ATTACK_TXN is not 0 */
	ATTACK_FORGED,          /* the honest client's window and transactions, and guessed tokens */
	ATTACK_REPLAYED,        /* its frames, token and all */
	ATTACK_HUNG,            /* HELLO naming windows that take no messages */
	ATTACK_FLOOD,           /* HELLO, and no OPEN */
	ATTACK_HANDLES,         /* that are none, or of other types */
	ATTACK_OPENS,           /* the same in OPEN */
	ATTACK_SECTIONS,        /* that are not what the frame says */
	ATTACK_REWRITTEN,       /* a section, while it is read */
	ATTACK_UNTHANKFUL,      /* many calls, and their answers are not taken */
	ATTACK_ARENA,           /* an arena and the control page, while they are used */
	ATTACK_RING,            /* of events */
	ATTACKS
};

void victim_name(char name[CDRPC_NAME_MAX + 1], DWORD starter);
int victim_run(struct proc *starter);

/* By a process of its own. */
int attacker_run(struct proc *starter);
int attack_from_inside(struct proc *starter, const char *name, enum attack attack);    /* with the library's own session */

/* What both kinds of attackers send to look(): 'step' makes it differ. */
struct look {
	char text[3000];
	const char *words[20];
	struct attacked_item items[40];
	struct attacked_leaf leaf;
	uint32_t numbers[30];
	attacked_mode_t mode;
	uint8_t data[20000];
};
void look_make(struct look *look, uint32_t step);

#endif
