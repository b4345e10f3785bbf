/* The reference model: what a frame may get, and what a call may end with. Written from PROTOCOL.md, not from the runtime. */
#include <string.h>

#include "model.h"

#include "events/events.h"
#include "fake_world.h"

#define DEPTH_MAX 8
#define WINDOW 1024

bool
txn_set_has(const struct txn_set *set, uint64_t txn)
{
	uint32_t i;

	if (txn == 0 || (txn <= set->high && set->high - txn >= WINDOW))
		return true;
	for (i = 0; i < set->count; i++) {
		if (set->used[i] == txn)
			return true;
	}
	return false;
}

/* That it was added, and is none of those too old to tell. */
static bool
txn_set_holds(const struct txn_set *set, uint64_t txn)
{
	return txn_set_has(set, txn) && txn != 0 && (txn > set->high || set->high - txn < WINDOW);
}

void
txn_set_add(struct txn_set *set, uint64_t txn)
{
	if (txn > set->high)
		set->high = txn;
	if (set->count < USED_MAX)
		set->used[set->count++] = txn;
	else
		set->vague = true;
}

static void
refuse(struct verdict *verdict, cdrpc_status status)
{
	verdict->refused[verdict->refused_count++] = frame_result_refused(status);
}

bool
rules_allow(const struct verdict *verdict, uint32_t result)
{
	uint32_t i;

	if (verdict->anything)
		return true;
	if (result == FRAME_RESULT_ACCEPTED)
		return verdict->accepted;
	if (result == FRAME_RESULT_DONE)
		return verdict->done;
	if (result > 0x10000 && result <= 0x1FFFF)
		return verdict->error;
	for (i = 0; i < verdict->refused_count; i++) {
		if (verdict->refused[i] == result)
			return true;
	}
	return false;
}

/* ---- frames ---- */

static void
rule_hello(const struct world *world, window_id from, window_id to, struct verdict *verdict)
{
	refuse(verdict, CDRPC_E_BAD_FRAME);
	if (to != world->server_window)
		return;
	if (!fake_port_find(from)) {
		refuse(verdict, CDRPC_E_EXPIRED);
		refuse(verdict, CDRPC_E_REMOTE_VERSION);
		return;
	}
	verdict->accepted = true;
	refuse(verdict, CDRPC_E_BUSY);
	refuse(verdict, CDRPC_E_REFUSED);
	refuse(verdict, CDRPC_E_REMOTE_VERSION);
}

/* Taken by whoever has said HELLO to the very process, and was given its own nonce. */
static struct talk_session *
rule_challenge(struct world *world, window_id to, const struct frame *frame, struct verdict *verdict)
{
	uint32_t i;

	refuse(verdict, CDRPC_E_NO_SESSION);
	for (i = 0; i < SESSIONS; i++) {
		struct talk_session *session = &world->sessions[i];

		if (!session->serves || session->peer != to || memcmp(session->nonce, frame->nonce, 16) != 0)
			continue;
		verdict->accepted = true;
		refuse(verdict, CDRPC_E_BAD_FRAME);
		return session;
	}
	return NULL;
}

static void
rule_request(const struct world *world, const struct talk_session *session, const struct frame *frame, struct verdict *verdict)
{
	const struct cdrpc_method *method = NULL;
	bool serves = session->peer == world->server_window;

	if (txn_set_has(&session->requests, frame->txn)) {
		refuse(verdict, CDRPC_E_DUPLICATE);
		return;
	}
	/* It may be under way, around this one. */
	if (session->requests.vague || world->depth > 0)
		refuse(verdict, CDRPC_E_DUPLICATE);
	if (frame->deadline_ms == 0) {
		refuse(verdict, CDRPC_E_EXPIRED);
		return;
	}
	if (frame->interface_id == events_interface.id) {
		if (frame->method == 1) {
			verdict->accepted = verdict->done = verdict->error = true;
			refuse(verdict, CDRPC_E_BAD_REQUEST);
			refuse(verdict, CDRPC_E_BUSY);
			refuse(verdict, CDRPC_E_BAD_FRAME);
			refuse(verdict, CDRPC_E_REMOTE_LIMIT);
		} else {
			refuse(verdict, CDRPC_E_NO_METHOD);
		}
		return;
	}
	/* A client may serve as well. */
	if (frame->interface_id != RIG_INTERFACE || !serves)
		refuse(verdict, CDRPC_E_NO_INTERFACE);
	if (frame->interface_id != RIG_INTERFACE)
		return;
	if (frame->method >= 1 && frame->method <= RIG_LATER)
		method = &rig_interface.methods[frame->method - 1];
	if (!method || method->flags & CDRPC_METHOD_EVENT) {
		refuse(verdict, CDRPC_E_NO_METHOD);
		return;
	}
	if ((uint64_t)frame->body_size + frame->blob_size > method->inputs_max) {
		refuse(verdict, CDRPC_E_BAD_REQUEST);
		return;
	}
	refuse(verdict, CDRPC_E_BUSY);
	if (frame->depth > DEPTH_MAX)
		return;
	verdict->accepted = true;
	refuse(verdict, CDRPC_E_WOULD_DEADLOCK);
	refuse(verdict, CDRPC_E_REMOTE_LIMIT);
	if (frame->handle_count || frame->route > FRAME_ROUTE_FRAME)
		refuse(verdict, CDRPC_E_BAD_FRAME);
	if (method->flags & CDRPC_METHOD_INLINE && frame->route != FRAME_ROUTE_CHUNKS)
		verdict->done = verdict->error = true;
}

/* Taken once, while its call waits. */
static void
rule_reply(struct world *world, const struct talk_session *session, const struct frame *frame, struct verdict *verdict)
{
	const struct asked *asked = hostile_asked(world, session->token, frame->txn);

	refuse(verdict, CDRPC_E_DUPLICATE);
	refuse(verdict, CDRPC_E_EXPIRED);
	if (session->state != TALK_OPEN) {
		verdict->accepted = session->serves && frame->txn == 1;
		refuse(verdict, CDRPC_E_BAD_FRAME);
		refuse(verdict, CDRPC_E_REMOTE_LIMIT);
		return;
	}
	if (!honest_waits(world, session->token, frame->txn) || (asked && asked->taken))
		return;
	verdict->accepted = true;
	refuse(verdict, CDRPC_E_BAD_FRAME);
	refuse(verdict, CDRPC_E_REMOTE_LIMIT);
	refuse(verdict, CDRPC_E_BUSY);
}

static void
rule_of_session(struct world *world, const struct talk_session *session, const struct frame *frame, struct verdict *verdict)
{
	bool open = session->state == TALK_OPEN;
	bool unsure, untouched;

	/* It may have been ended for what it did before, or for want of time. */
	refuse(verdict, CDRPC_E_NO_SESSION);
	switch (frame->type) {
	case FRAME_OPEN:
		refuse(verdict, CDRPC_E_BAD_FRAME);
		verdict->accepted = !open && !session->serves;
		break;
	case FRAME_REQUEST:
		if (open)
			rule_request(world, session, frame, verdict);
		else
			refuse(verdict, CDRPC_E_BAD_FRAME);
		break;
	case FRAME_REPLY:
		rule_reply(world, session, frame, verdict);
		break;
	case FRAME_EVENT:
		refuse(verdict, CDRPC_E_BAD_FRAME);
		refuse(verdict, CDRPC_E_BUSY);
		refuse(verdict, CDRPC_E_REMOTE_LIMIT);
		verdict->accepted = open;
		break;
	case FRAME_CHUNK:
		refuse(verdict, CDRPC_E_BAD_FRAME);
		refuse(verdict, CDRPC_E_EXPIRED);
		refuse(verdict, CDRPC_E_BUSY);
		verdict->accepted = open;
		break;
	case FRAME_CANCEL:
		refuse(verdict, CDRPC_E_EXPIRED);
		verdict->accepted = open && (txn_set_has(&session->requests, frame->txn) || session->requests.vague ||
					     world->depth > 0);
		break;
	case FRAME_RELEASE:
		if (frame->flags & FRAME_FLAG_OF_REPLY) {
			verdict->accepted = true;
			refuse(verdict, CDRPC_E_EXPIRED);
		} else {
			/* What is known to be untouched is never said to be taken, however often it is asked. */
			unsure = session->requests.vague || world->depth > 0;
			untouched = !txn_set_has(&session->requests, frame->txn) || txn_set_holds(&session->untouched, frame->txn);
			verdict->accepted = unsure || !untouched;
			if (unsure || untouched)
				refuse(verdict, CDRPC_E_EXPIRED);
		}
		break;
	case FRAME_CLOSE:
		verdict->accepted = true;
		break;
	default:
		refuse(verdict, CDRPC_E_BAD_FRAME);
		break;
	}
}

static struct talk_session *
find(struct world *world, window_id from, window_id to, const struct frame *frame)
{
	uint32_t i;

	for (i = 0; i < SESSIONS; i++) {
		struct talk_session *session = &world->sessions[i];

		if (session->window == from && session->peer == to && session->state != TALK_NONE &&
		    memcmp(session->token, frame->token, 16) == 0)
			return session;
	}
	return NULL;
}

struct verdict
rules_frame(struct world *world, window_id from, window_id to, const void *bytes, size_t size, struct frame *ret_frame,
	    struct talk_session **ret_session)
{
	const struct port *port = fake_port_find(to);
	struct verdict verdict = { 0 };
	struct talk_session *session = NULL;
	cdrpc_status status;

	memset(ret_frame, 0, sizeof *ret_frame);
	*ret_session = NULL;
	/* What it sends itself, or nobody, or as nobody. */
	if (!port || port->thread->home->id == world->hostile_process) {
		verdict.anything = true;
		status = frame_decode(bytes, size, ret_frame);
		if (status != CDRPC_OK)
			memset(ret_frame, 0, sizeof *ret_frame);
		return verdict;
	}
	/* Too deep inside one another to be looked at. */
	if (port->thread->state && port->thread->state->nesting > 0)
		refuse(&verdict, CDRPC_E_BUSY);
	status = frame_decode(bytes, size, ret_frame);
	if (status != CDRPC_OK) {
		memset(ret_frame, 0, sizeof *ret_frame);
		refuse(&verdict, status);
	} else if (ret_frame->type == FRAME_HELLO) {
		rule_hello(world, from, to, &verdict);
	} else if (ret_frame->type == FRAME_CHALLENGE) {
		session = rule_challenge(world, to, ret_frame, &verdict);
	} else {
		session = find(world, from, to, ret_frame);
		if (session && session->state != TALK_DEAD)
			rule_of_session(world, session, ret_frame, &verdict);
		else
			refuse(&verdict, CDRPC_E_NO_SESSION);
	}
	*ret_session = session;
	return verdict;
}

static void
read_reply(struct asked *asked, const struct frame *frame, const uint32_t *body)
{
	asked->status = frame->status;
	asked->anything |= frame->route != FRAME_ROUTE_NONE && frame->route != FRAME_ROUTE_FRAME && frame->route != FRAME_ROUTE_SECTION;
	asked->whole = body && frame->body_size == 8 && body[1] <= frame->blob_size;
	asked->value = asked->whole ? body[0] : 0;
}

void
rules_arena(struct world *world, const struct talk_session *session, const struct frame *frame)
{
	hostile_note(world, session->token, frame->txn)->anything = true;
}

static void
apply_reply(struct world *world, struct talk_session *session, const struct frame *frame, uint32_t result, const uint32_t *body)
{
	struct asked *asked;

	if (session->state == TALK_GREETED) {
		if (result == FRAME_RESULT_ACCEPTED && frame->status == CDRPC_OK) {
			session->state = TALK_OPEN;
			world->counts->opened[1]++;
		}
		return;
	}
	if (result != FRAME_RESULT_ACCEPTED)
		return;
	asked = hostile_note(world, session->token, frame->txn);
	MUST(world, ++asked->taken == 1, "a second reply to %llu is taken", (unsigned long long)frame->txn);
	read_reply(asked, frame, body);
	world->counts->answered++;
}

void
rules_apply(struct world *world, struct talk_session *session, const struct frame *frame, const uint32_t *body, uint32_t result)
{
	bool looked;

	if (!session)
		return;
	if (frame->type == FRAME_CHALLENGE) {
		if (result == FRAME_RESULT_ACCEPTED && session->state == TALK_NONE) {
			session->state = TALK_GREETED;
			memcpy(session->token, frame->token, sizeof session->token);
		}
		return;
	}
	if (session->state == TALK_DEAD)
		return;
	if (result == frame_result_refused(CDRPC_E_NO_SESSION) || (frame->type == FRAME_CLOSE && result == FRAME_RESULT_ACCEPTED)) {
		session->state = TALK_DEAD;
		return;
	}
	/* One that is refused for how deep it was, or that had no answer, may have been looked at or not. */
	looked = result != FRAME_RESULT_NONE && result != frame_result_refused(CDRPC_E_BUSY) &&
		 result != frame_result_refused(CDRPC_E_BAD_FRAME);
	if (frame->type == FRAME_REQUEST && session->state == TALK_OPEN) {
		if (looked && !txn_set_has(&session->requests, frame->txn)) {
			txn_set_add(&session->requests, frame->txn);
			if (result > FRAME_RESULT_DONE && result < 0x10000 && result != frame_result_refused(CDRPC_E_DUPLICATE))
				txn_set_add(&session->untouched, frame->txn);
		} else if (!looked) {
			session->requests.vague = true;
		}
	}
	if (frame->type == FRAME_OPEN && result == FRAME_RESULT_ACCEPTED)
		txn_set_add(&session->requests, frame->txn);
	if (frame->type == FRAME_RELEASE && !(frame->flags & FRAME_FLAG_OF_REPLY)) {
		if (looked && !txn_set_has(&session->requests, frame->txn)) {
			txn_set_add(&session->requests, frame->txn);
			/* Else a request that is under way has made it one of those too old to tell. */
			if (result == frame_result_refused(CDRPC_E_EXPIRED))
				txn_set_add(&session->untouched, frame->txn);
		} else if (!looked) {
			session->requests.vague = true;
		}
	}
	if (frame->type == FRAME_REPLY)
		apply_reply(world, session, frame, result, body);
}

/* ---- calls ---- */

static bool
is_one_of(cdrpc_status status, const cdrpc_status *of, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (of[i] == status)
			return true;
	}
	return false;
}

/* What this side may find by itself. */
static const cdrpc_status local[] = {
	CDRPC_E_TIMEOUT, CDRPC_E_HUNG, CDRPC_E_PEER_DIED, CDRPC_E_PEER_GONE, CDRPC_E_ACCESS, CDRPC_E_CLOSED, CDRPC_E_CANCELLED,
	CDRPC_E_PROTOCOL, CDRPC_E_TOO_LARGE, CDRPC_E_NOT_AVAILABLE, CDRPC_E_VERSION, CDRPC_E_STATE,
};

static void
outcome_hostile(struct world *world, const struct record *record, const struct asked *asked, cdrpc_status status,
		const struct rig_answer *answer)
{
	const struct cdrpc_method *method = &rig_interface.methods[record->index];
	cdrpc_status said = CDRPC_OK;

	if (record->cancelled || record->closed) {
		MUST(world, status != CDRPC_OK || asked, "a call that was given up has succeeded by itself");
		return;
	}
	if (is_one_of(status, local, sizeof local / sizeof local[0]))
		return;
	/* As the agreement says. */
	if (!answer && status == CDRPC_E_NO_INTERFACE)
		return;
	MUST(world, asked, "a call that never arrived ended with %d", (int)status);
	if (asked->anything)
		return;
	if (method->flags & CDRPC_METHOD_ONEWAY && status == CDRPC_OK)
		return;
	/* A refusal of the message, or its result. */
	if (!asked->taken) {
		MUST(world, asked->came && asked->returned, "a call that nobody has answered ended with %d", (int)status);
		if (asked->result == FRAME_RESULT_DONE)
			MUST(world, status == CDRPC_OK && !(method->flags & CDRPC_METHOD_OUTPUTS), "done, and %d", (int)status);
		else if (asked->result > 0x10000 && asked->result <= 0x1FFFF)
			MUST(world, status == (cdrpc_status)(asked->result - 0x10000), "an error, and %d", (int)status);
		else if (frame_result_is_refusal(asked->result, &said))
			MUST(world, status == said, "refused with %d, and %d", (int)said, (int)status);
		else if (asked->result == FRAME_RESULT_ACCEPTED && frame_result_is_refusal(asked->piece_result, &said))
			MUST(world, status == said, "a piece refused with %d, and %d", (int)said, (int)status);
		else
			fail(world, "a call whose message got %x ended with %d", asked->result, (int)status);
		return;
	}
	if (asked->status != CDRPC_OK) {
		MUST(world, status == asked->status, "the reply says %d, the call %d", (int)asked->status, (int)status);
		return;
	}
	MUST(world, status == CDRPC_OK || status == CDRPC_E_DECODE, "the reply says OK, the call %d", (int)status);
	if (status == CDRPC_OK && answer && method->flags & CDRPC_METHOD_OUTPUTS)
		MUST(world, asked->whole && asked->value == answer->value, "the reply says %u, the call %u", asked->value, answer->value);
}

static void
outcome_of_kept(struct world *world, const struct record *record, cdrpc_status status)
{
	if (record->answered)
		MUST(world, status == record->answer, "answered with %d, ended with %d", (int)record->answer, (int)status);
	else
		MUST(world, status == CDRPC_E_ABANDONED || status == CDRPC_E_TIMEOUT, "never answered, ended with %d", (int)status);
}

void
rules_outcome(struct world *world, const struct record *record, const struct asked *asked, cdrpc_status status,
	      const struct rig_answer *answer)
{
	const struct cdrpc_method *method = &rig_interface.methods[record->index];
	uint32_t number = (uint32_t)(record - world->records) + 1;
	bool outputs = (method->flags & CDRPC_METHOD_OUTPUTS) != 0;
	cdrpc_status wanted = CDRPC_OK;

	if (record->hostile) {
		outcome_hostile(world, record, asked, status, answer);
		return;
	}
	/* The server calls a client back that may serve nothing, or leave meanwhile. */
	if (record->by_server) {
		MUST(world, status <= 0, "a call of the server's to its client: %d", (int)status);
		return;
	}
	if (record->closed && status == CDRPC_E_CLOSED)
		return;
	if (record->cancelled) {
		MUST(world, status == CDRPC_E_CANCELLED, "cancelled, ended with %d", (int)status);
		return;
	}
	if (record->plan == PLAN_KEEP && record->index != RIG_ABSENT && record->index != RIG_LATER) {
		outcome_of_kept(world, record, status);
		return;
	}
	if (record->plan == PLAN_ERROR)
		wanted = (cdrpc_status)(number % 100 + 1);
	else if (record->plan == PLAN_FAIL || (record->plan == PLAN_SILENT && outputs))
		wanted = CDRPC_E_HANDLER;
	if (method->flags & CDRPC_METHOD_ONEWAY)
		wanted = CDRPC_OK;
	if (record->index == RIG_ABSENT)
		wanted = CDRPC_E_NOT_IMPLEMENTED;
	if (record->index == RIG_LATER)
		wanted = CDRPC_E_VERSION;
	MUST(world, status == wanted, "call %u of %s, plan %u, ended with %d, not %d", number, method->name, (unsigned)record->plan,
	     (int)status, (int)wanted);
	MUST(world, status != CDRPC_OK || !outputs || answer->value == number, "call %u got the answer to %u", number, answer->value);
	MUST(world, record->runs == (record->index != RIG_ABSENT && record->index != RIG_LATER) || method->flags & CDRPC_METHOD_ONEWAY,
	     "call %u has run %u times", number, record->runs);
}

void
rules_connected(struct world *world, bool must, cdrpc_status status, const struct cdrpc_client *client)
{
	/* What cdrpc.h lists, but for what needs a fault of the system. */
	static const cdrpc_status may[] = { CDRPC_E_NOT_FOUND, CDRPC_E_POLICY, CDRPC_E_REFUSED, CDRPC_E_VERSION, CDRPC_E_STOPPING,
					    CDRPC_E_REMOTE_NOMEM, CDRPC_E_ACCESS, CDRPC_E_BUSY, CDRPC_E_HUNG, CDRPC_E_TIMEOUT };

	tell(world, " connect: %d", (int)status);
	MUST(world, (status == CDRPC_OK) == (client != NULL), "connect returned %d and %s client", (int)status, client ? "a" : "no");
	MUST(world, status <= 0, "connect returned %d", (int)status);
	MUST(world, !must || status == CDRPC_OK, "connect returned %d, though the server is there and willing", (int)status);
	MUST(world, status == CDRPC_OK || is_one_of(status, may, sizeof may / sizeof may[0]), "connect returned %d", (int)status);
	world->counts->connects[status != CDRPC_OK ? 2 : !must]++;
}
