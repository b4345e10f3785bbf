/*
 * A server, an honest client and a hostile third process in the fake world, driven by random steps, and beside them a small
 * reference model: what each frame may get in each state, and what each call may end with. README.md has the statements.
 *
 * A sequence is a seed: its set-up and each step draw from dice of their own, so a step that is left out leaves the others as they
 * are, and what fails can be shrunk.
 */
#ifndef CDRPC_TESTS_MODEL_H
#define CDRPC_TESTS_MODEL_H

#include "rig.h"

#define STEPS 48                /* of a sequence */
#define RECORDS_MAX 512
#define CLIENTS 2
#define PEERS_MAX 32
#define WINDOWS 4               /* of the hostile process, the last one with the service's name */
#define SESSIONS 16             /* that it has a part in */
#define ASKED_MAX 256
#define USED_MAX 128
#define BLOB_MAX 60000

struct dice {
	uint64_t state;
};

uint64_t dice_next(struct dice *dice);
uint32_t dice_below(struct dice *dice, uint32_t below);         /* 'below' is not 0 */
bool dice_chance(struct dice *dice, uint32_t percent);

/* ---- calls of the honest sides ---- */

/* What the honest server's handler does with a call. */
enum plan {
	PLAN_ANSWER,
	PLAN_ERROR,
	PLAN_FAIL,              /* returns what is no status of a handler */
	PLAN_SILENT,            /* returns OK, without the outputs if there are any */
	PLAN_KEEP,
	PLAN_CALL_HOSTILE,      /* calls the hostile client before it answers */
	PLAN_CALL_BACK,         /* calls the honest client, if it serves */
	PLAN_EMIT,
	PLANS
};

struct record {
	uint32_t index;         /* of the method; the record's own index is the number that travels */
	uint32_t size;          /* of the blob */
	enum plan plan;
	bool by_server;
	bool hostile;           /* the hostile process may be the one that answers */
	uint32_t slot;          /* of the client; CLIENTS: one of the server's */
	struct cdrpc_pending *pending;
	struct cdrpc_client *client;    /* the server's own, for this call */
	uint64_t began_us;
	uint32_t timeout_ms;
	uint32_t runs;
	uint32_t told;          /* how often the callback has been called */
	bool watched;           /* there is a callback */
	bool cancelled;
	bool closed;            /* its client was freed before it was finished */
	bool ended;
	bool answered;          /* a kept one */
	cdrpc_status answer;
	struct cdrpc_call *kept;
};

struct honest {
	struct cdrpc_client *client;
	bool hostile;           /* the server may be the hostile one */
	bool listens;
	uint32_t heard[2];      /* the numbers of the last events */
};

/* ---- what the hostile process knows ---- */

struct txn_set {
	uint64_t high;
	bool vague;             /* whether the last one counts is not known */
	uint32_t count;
	uint64_t used[USED_MAX];
};
bool txn_set_has(const struct txn_set *set, uint64_t txn);
void txn_set_add(struct txn_set *set, uint64_t txn);

/* A transaction of an honest one's that it has to do with, and what it said to that. */
struct asked {
	uint8_t token[16];
	uint64_t txn;
	bool came;              /* the REQUEST */
	bool returned;          /* the message was, with this, unless it was lost on its way back */
	uint32_t result;
	uint32_t piece_result;  /* what it said to the latest piece of the REQUEST's body; 0: it had none */
	uint32_t taken;         /* replies to it that were accepted */
	bool anything;          /* what it says is not known: in pieces, or in the arena */
	cdrpc_status status;    /* what it says */
	bool whole;             /* there are outputs, and they can be read */
	uint32_t value;         /* their number */
};

enum talk { TALK_NONE, TALK_GREETED, TALK_OPEN, TALK_DEAD };

struct talk_session {
	enum talk state;
	bool serves;            /* the honest one is the client */
	bool resident;
	uint32_t at;            /* its own window */
	window_id window, peer;
	uint8_t token[16], nonce[16];
	uint64_t txn;           /* the last one of its own requests */
	struct txn_set requests, replies;       /* that it has sent or released */
	struct txn_set untouched;       /* of its requests, those of which nothing was taken, nor will be */
	bool challenge_due, answer_due;
	struct section arena, control;
	cdrpc_handle event;
};

struct hostile_window {
	struct world *world;
	uint32_t at;
	struct port *port;      /* NULL: there is none */
};

struct counts {
	uint64_t sequences, steps, frames, calls, events;
	uint64_t results[12][4];        /* by type of the frame: no answer, accepted or done, refused, an error */
	uint64_t connects[3];           /* that had to succeed, that did so besides, that failed */
	uint64_t opened[2];             /* sessions of the hostile process: as client, as server */
	uint64_t answered;              /* calls of honest ones that it has ended with a reply */
	uint64_t nested;                /* frames that it sent while a message was under way */
	uint64_t runs, hostile_runs;
};

struct world {
	struct rig rig;
	struct counts *counts;
	struct dice dice;
	uint64_t seed;
	uint32_t step;
	bool verbose;
	bool ending;

	struct honest clients[CLIENTS];
	struct cdrpc_peer *peers[PEERS_MAX];    /* of the server, that it was told of */
	uint32_t peer_count;
	struct record records[RECORDS_MAX];
	uint32_t record_count;
	uint32_t emitted;
	struct cdrpc_call *kept[64];            /* of the hostile process's */
	uint32_t kept_count;
	bool serves_back;
	window_id server_window;
	size_t handles, views;                  /* of the server before anybody came */

	uint32_t hostile_thread;
	uint32_t hostile_process;
	uint32_t server_process;
	bool hostile_dead, hung;
	bool to_itself;                         /* what comes next is its own */
	uint32_t budget;                        /* frames that it may still send in this step */
	uint32_t depth;                         /* of what it does inside one another */
	uint64_t epoch;                         /* counts what it does */
	struct hostile_window windows[WINDOWS];
	struct talk_session sessions[SESSIONS];
	struct asked asked[ASKED_MAX];
	uint32_t asked_count;
	struct section scratch;                 /* holds bodies, and the nonce of all its sections */
	uint32_t hostile_fresh;                 /* requests that may have run */
	uint32_t hostile_runs;
};

/* Ends the program; says seed and step, and what does not hold. */
_Noreturn void fail(const struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));
void tell(const struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define MUST(world, holds, ...) ((holds) ? (void)0 : fail(world, __VA_ARGS__))

/* Whether a bit of 'steps' is set for each step that is played; NULL: all are. */
void sequence_play(uint64_t seed, const bool *steps, bool verbose, struct counts *counts);

/* ---- honest.c ---- */

void honest_begin(struct world *world);         /* sets the handlers, before rig_start() */
void honest_step(struct world *world);
void honest_end(struct world *world);           /* finishes, answers and frees everything */
/* Whether a call waits for the answer to that transaction of a session with the hostile process. */
bool honest_waits(const struct world *world, const uint8_t token[16], uint64_t txn);

/* ---- hostile.c ---- */

void hostile_begin(struct world *world, bool first);
void hostile_step(struct world *world);
/* Something between two things that the honest ones do. */
void hostile_meanwhile(struct world *world);
void hostile_end(struct world *world);
bool hostile_serves(const struct world *world);         /* its window with the service's name is there */
struct asked *hostile_asked(struct world *world, const uint8_t token[16], uint64_t txn);      /* NULL: it has nothing to do with it */
struct asked *hostile_note(struct world *world, const uint8_t token[16], uint64_t txn);       /* the same, made if need be */

/* ---- rules.c: the reference model ---- */

/* What a frame may be answered with. */
struct verdict {
	bool anything;
	bool accepted, done, error;
	uint32_t refused[8];
	uint32_t refused_count;
};

/* What bytes that the hostile process sends from one window to another may get. 'ret_session' is the one that it belongs to, or NULL. */
struct verdict rules_frame(struct world *world, window_id from, window_id to, const void *bytes, size_t size,
			   struct frame *ret_frame, struct talk_session **ret_session);
bool rules_allow(const struct verdict *verdict, uint32_t result);
/* The state after the answer. 'body' is the frame's, where it is known. */
void rules_apply(struct world *world, struct talk_session *session, const struct frame *frame, const uint32_t *body, uint32_t result);

/* The same of a REPLY that it has put into its arena, which has no answer. */
void rules_arena(struct world *world, const struct talk_session *session, const struct frame *frame);

/* What a call may end with; 'asked' is what the hostile process knows of it, or NULL. */
void rules_outcome(struct world *world, const struct record *record, const struct asked *asked, cdrpc_status status,
		   const struct rig_answer *answer);
void rules_connected(struct world *world, bool must, cdrpc_status status, const struct cdrpc_client *client);

#endif
