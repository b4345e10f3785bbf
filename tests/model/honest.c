/* The server and its honest client: what they do by themselves, and that each of their calls ends once, as it should. */
#include <stdlib.h>
#include <string.h>

#include "calls/pending.h"
#include "calls/serve.h"
#include "model.h"
#include "service/server.h"
#include "session/client.h"


#define CALL_MS 600000          /* more than all that the hostile process can take of the time of a sequence */
#define CONNECT_MS 60000
#define HOSTILE_CALL_MS 700

/* What a call's blob holds. */
static struct cdrpc_bytes
blob_of(const struct world *world, const struct record *record)
{
	uint32_t number = (uint32_t)(record - world->records) + 1, i;
	uint8_t *data = malloc(record->size ? record->size : 1);

	for (i = 0; i < record->size; i++)
		data[i] = (uint8_t)(number * 37 + i * 11 + i / 256);
	return (struct cdrpc_bytes){ data, record->size };
}

static bool
blob_is(const struct world *world, const struct record *record, struct cdrpc_bytes data)
{
	struct cdrpc_bytes wanted = blob_of(world, record);
	bool is = rig_data_equal(wanted, data);

	rig_data_free(wanted);
	return is;
}

static uint32_t
flags_of(const struct record *record)
{
	return rig_interface.methods[record->index].flags;
}

/* ---- calls ---- */

static struct record *
record_new(struct world *world, uint32_t index)
{
	static const uint32_t sizes[] = { 0, 0, 8, 100, 1000, 3000, 5000, BLOB_MAX };
	struct record *record;

	if (world->record_count == RECORDS_MAX)
		return NULL;
	record = &world->records[world->record_count++];
	record->index = index;
	record->size = index == RIG_SHORT ? dice_below(&world->dice, 2) * 8 : sizes[dice_below(&world->dice, 8)];
	record->plan = PLAN_ANSWER;
	record->timeout_ms = CALL_MS;
	record->slot = CLIENTS;
	return record;
}

static cdrpc_status
begin(struct world *world, struct cdrpc_client *client, struct record *record)
{
	struct cdrpc_client *before = world->rig.client;
	struct cdrpc_bytes data = blob_of(world, record);
	struct session *session = session_ref(client->session);
	cdrpc_status status;
	uint64_t txn;

	world->counts->calls++;
	txn = session->next_txn + 1;
	record->began_us = clock_us();
	record->hostile = client->session->peer.facts.process_id == world->hostile_process;
	cdrpc_client_set_timeout(client, record->timeout_ms);
	world->rig.client = client;
	tell(world, " %s calls %s, number %u, plan %u, %u bytes%s", record->by_server ? "server" : "client",
	     rig_interface.methods[record->index].name, (uint32_t)(record - world->records) + 1, (unsigned)record->plan, record->size,
	     record->hostile ? ", of the hostile one" : "");
	status = rig_begin(&world->rig, record->index, (uint32_t)(record - world->records) + 1, data, &record->pending);
	world->rig.client = before;
	rig_data_free(data);
	record->ended = status != CDRPC_OK || !record->pending;
	/* A oneway, or one that did not begin. */
	if (record->ended)
		rules_outcome(world, record, hostile_asked(world, session->token, txn), status, NULL);
	session_unref(session);
	return status;
}

static void
told(void *self, struct cdrpc_pending *pending)
{
	struct record *record = self;

	(void)pending;
	record->told++;
}

static void
finish(struct world *world, struct record *record)
{
	struct cdrpc_pending *pending = record->pending;
	uint64_t txn = pending->txn;
	struct rig_answer answer = { 0 };
	uint8_t token[16];
	cdrpc_status status;

	memcpy(token, pending->session->token, sizeof token);
	status = rig_finish(&world->rig, record->index, pending, &answer);
	tell(world, " number %u ends with %d", (uint32_t)(record - world->records) + 1, (int)status);
	record->pending = NULL;
	record->ended = true;
	MUST(world, record->told <= 1, "the end of a call was told %u times", record->told);
	MUST(world, status != CDRPC_OK || !(flags_of(record) & CDRPC_METHOD_OUTPUTS) || record->hostile ||
		    blob_is(world, record, answer.data), "an answer of other bytes than those that were sent");
	rules_outcome(world, record, hostile_asked(world, token, txn), status, &answer);
	cdrpc_reply_free(&world->rig.reply);
	if (record->client)
		cdrpc_client_free(record->client);
	record->client = NULL;
}

static void
call_now(struct world *world, struct cdrpc_client *client, struct record *record)
{
	if (begin(world, client, record) == CDRPC_OK && !record->ended)
		finish(world, record);
}

/* ---- handlers ---- */

static struct cdrpc_peer *
peer_of(const struct world *world, bool hostile, uint32_t choice)
{
	uint32_t i;

	for (i = 0; i < world->peer_count; i++) {
		struct cdrpc_peer *peer = world->peers[(i + choice) % world->peer_count];

		if ((session_of(peer)->peer.facts.process_id == world->hostile_process) == hostile)
			return peer;
	}
	return NULL;
}

/* On the server's thread: a call to whoever has called it before, inside of a handler or not. */
static void
call_peer(struct world *world, bool hostile, bool later)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE, RIG_STATUS, RIG_STATUS_INLINE, RIG_SHARED, RIG_SECRET };
	struct cdrpc_peer *peer = peer_of(world, hostile, dice_below(&world->dice, PEERS_MAX));
	struct cdrpc_client_options options = { 0 };
	struct cdrpc_client *client = NULL;
	struct record *record;

	/* With one real thread only an [inline] method of the client's can run while its own call waits. */
	record = peer ? record_new(world, hostile ? indices[dice_below(&world->dice, 6)] : RIG_ECHO_INLINE) : NULL;
	if (!record)
		return;
	record->by_server = true;
	/* Neither does it in a message if the body comes in pieces. */
	if (!hostile && record->size > 5000)
		record->size = 5000;
	record->timeout_ms = hostile ? HOSTILE_CALL_MS : CALL_MS;
	if (cdrpc_peer_client(peer, &options, &client) != CDRPC_OK) {
		record->ended = true;
		return;
	}
	if (!later) {
		call_now(world, client, record);
		cdrpc_client_free(client);
		return;
	}
	record->client = client;
	if (begin(world, client, record) == CDRPC_OK && dice_chance(&world->dice, 50))
		record->watched = cdrpc_pending_notify(record->pending, told, record) == CDRPC_OK;
	if (record->ended) {
		cdrpc_client_free(client);
		record->client = NULL;
	}
}

static void
emit(struct world *world)
{
	uint8_t data[64] = { 0 };
	uint32_t index = dice_chance(&world->dice, 70) ? RIG_EVENT : RIG_LATEST;

	world->counts->events++;
	rig_emit(world->rig.server, NULL, index, ++world->emitted, (struct cdrpc_bytes){ data, sizeof data });
}

static cdrpc_status
answer(struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	return rig_interface.methods[index].flags & CDRPC_METHOD_OUTPUTS ? rig_reply(call, value, data) : CDRPC_OK;
}

static cdrpc_status
handle_hostile(struct world *world, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	world->counts->hostile_runs++;
	MUST(world, ++world->hostile_runs <= world->hostile_fresh, "a request of the hostile process ran twice, or was never accepted");
	switch (dice_below(&world->dice, 6)) {
	case 0:
		if (world->kept_count == sizeof world->kept / sizeof world->kept[0] || thread_own_id() != world->rig.server_thread ||
		    rig_interface.methods[index].flags & CDRPC_METHOD_ONEWAY)
			return 5;
		world->kept[world->kept_count++] = call;
		return cdrpc_call_keep(call);
	case 1:
		return 7;
	case 2:
		call_peer(world, true, false);
		return answer(call, index, value, data);
	default:
		return answer(call, index, value, data);
	}
}

static cdrpc_status
handle(struct rig *rig, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct world *world = (struct world *)rig;
	struct cdrpc_peer_facts facts;
	struct record *record;

	world->counts->runs++;
	cdrpc_call_peer_facts(call, &facts);
	if (facts.process_id == world->hostile_process)
		return handle_hostile(world, call, index, value, data);
	MUST(world, value > 0 && value <= world->record_count, "call %u runs, which nobody has made", value);
	record = &world->records[value - 1];
	MUST(world, !record->hostile && record->by_server == (facts.process_id == world->server_process),
	     "call %u runs where it was not sent to", value);
	MUST(world, record->index == index && blob_is(world, record, data), "call %u runs with other inputs", value);
	MUST(world, ++record->runs == 1, "call %u runs twice", value);
	switch (record->plan) {
	case PLAN_ERROR:
		return (cdrpc_status)(value % 100 + 1);
	case PLAN_FAIL:
		return CDRPC_E_PEER_DIED;
	case PLAN_SILENT:
		return CDRPC_OK;
	case PLAN_KEEP:
		record->kept = call;
		return cdrpc_call_keep(call);
	case PLAN_CALL_HOSTILE:
		call_peer(world, true, false);
		break;
	case PLAN_CALL_BACK:
		call_peer(world, false, false);
		break;
	case PLAN_EMIT:
		emit(world);
		break;
	default:
		break;
	}
	return answer(call, index, value, data);
}

static void
opened(void *self, struct cdrpc_peer *peer)
{
	struct world *world = self;

	MUST(world, world->peer_count < PEERS_MAX, "more sessions than the limit");
	world->peers[world->peer_count++] = peer;
}

static void
ended(void *self, struct cdrpc_peer *peer)
{
	struct world *world = self;
	uint32_t i;

	for (i = 0; i < world->peer_count && world->peers[i] != peer; i++)
		;
	MUST(world, i < world->peer_count, "the end of a session is told that was not opened, or twice");
	world->peers[i] = world->peers[--world->peer_count];
}

static void
heard(struct rig *rig, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct world *world = (struct world *)rig;
	bool latest = index == RIG_LATEST;
	uint32_t *last = &world->clients[0].heard[latest];

	/* The latest is sent again where the answer to it was late. */
	tell(world, " heard %s %u", rig_interface.methods[index].name, value);
	MUST(world, (value > *last || (latest && value == *last)) && value <= world->emitted && data.size == 64, "event %u after %u of %u", value, *last,
	     world->emitted);
	*last = value;
}

void
honest_begin(struct world *world)
{
	world->rig.handler = handle;
	world->rig.heard = heard;
	world->rig.server_options.session_opened = opened;
	world->rig.server_options.session_ended = ended;
	world->rig.server_options.session_self = world;
}

/* ---- steps ---- */

static bool
is_the_server(void *self, const struct cdrpc_peer_facts *facts)
{
	const struct world *world = self;

	return facts->process_id == world->server_process;
}

static bool
is_the_hostile_one(void *self, const struct cdrpc_peer_facts *facts)
{
	const struct world *world = self;

	return facts->process_id == world->hostile_process;
}

static void
connect(struct world *world, uint32_t slot)
{
	static const uint32_t timeouts[] = { 1, 20, 500, CONNECT_MS, CONNECT_MS, CONNECT_MS, CONNECT_MS, CONNECT_MS };
	struct cdrpc_client_options options = world->rig.client_options;
	struct cdrpc_policy policy = world->rig.client_policy;
	struct honest *honest = &world->clients[slot];
	cdrpc_status status;

	options.connect_timeout_ms = options.call_timeout_ms = timeouts[dice_below(&world->dice, 8)];
	options.server = world->rig.back && dice_chance(&world->dice, 50) ? world->rig.back : NULL;
	options.limits = &world->rig.server_limits;
	options.policy = &policy;
	if (slot == 0 || dice_chance(&world->dice, 30)) {
		policy.authorise = is_the_server;
	} else if (dice_chance(&world->dice, 20)) {
		policy.authorise = is_the_hostile_one;
	}
	policy.authorise_self = world;
	memset(honest, 0, sizeof *honest);
	status = client_connect(RIG_SERVICE, &options, &world->rig.client_hooks, &honest->client);
	rules_connected(world, options.connect_timeout_ms == CONNECT_MS && policy.authorise != is_the_hostile_one, status, honest->client);
	if (status != CDRPC_OK)
		return;
	honest->hostile = honest->client->session->peer.facts.process_id == world->hostile_process;
	MUST(world, !policy.authorise || honest->hostile == (policy.authorise == is_the_hostile_one), "a session with a process that the policy does not admit");
}

static bool
waits(const struct session *session, const uint8_t token[16], uint64_t txn)
{
	const struct cdrpc_pending *pending;

	if (memcmp(session->token, token, sizeof session->token) != 0)
		return false;
	for (pending = session->calls->pendings; pending; pending = pending->next) {
		if (pending->txn == txn && !pending->done)
			return true;
	}
	return false;
}

bool
honest_waits(const struct world *world, const uint8_t token[16], uint64_t txn)
{
	uint32_t i;

	for (i = 0; i < world->peer_count; i++) {
		if (waits(session_of(world->peers[i]), token, txn))
			return true;
	}
	for (i = 0; i < CLIENTS; i++) {
		if (world->clients[i].client && waits(world->clients[i].client->session, token, txn))
			return true;
	}
	return false;
}

static void
disconnect(struct world *world, uint32_t slot)
{
	uint32_t i;

	for (i = 0; i < world->record_count; i++)
		world->records[i].closed |= world->records[i].pending && world->records[i].slot == slot;
	cdrpc_client_free(world->clients[slot].client);
	world->clients[slot].client = NULL;
}

static enum plan
plan_for(struct world *world, uint32_t index, bool later)
{
	enum plan plan = (enum plan)dice_below(&world->dice, PLANS);
	uint32_t flags = rig_interface.methods[index].flags;

	if (dice_chance(&world->dice, 40) || (plan == PLAN_KEEP && (!later || flags & CDRPC_METHOD_ONEWAY)))
		return PLAN_ANSWER;
	/* Inside of a sent message there is no calling back whoever waits for its end. */
	if (flags & CDRPC_METHOD_INLINE && plan == PLAN_CALL_BACK)
		return PLAN_ANSWER;
	return plan;
}

static void
call(struct world *world, uint32_t slot)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO, RIG_ECHO_INLINE, RIG_STATUS, RIG_STATUS_INLINE,
					    RIG_NOTE, RIG_ABSENT, RIG_SECRET, RIG_SHORT, RIG_SHARED, RIG_LATER };
	uint32_t index = indices[dice_below(&world->dice, 11)], open = 0, i;
	struct honest *honest = &world->clients[slot];
	bool later = dice_chance(&world->dice, 40);
	struct record *record;

	/* Fewer than the limits of a session. */
	for (i = 0; i < world->record_count; i++)
		open += world->records[i].pending != NULL && world->records[i].slot == slot;
	record = open < 3 ? record_new(world, index) : NULL;
	if (!record)
		return;
	record->slot = slot;
	record->plan = plan_for(world, index, later);
	record->timeout_ms = honest->hostile ? HOSTILE_CALL_MS : CALL_MS;
	if (!later) {
		call_now(world, honest->client, record);
		return;
	}
	if (begin(world, honest->client, record) == CDRPC_OK && !record->ended && dice_chance(&world->dice, 50))
		record->watched = cdrpc_pending_notify(record->pending, told, record) == CDRPC_OK;
}

/* One that has begun: cancelled, finished, or only looked at. */
static void
go_on(struct world *world, bool by_server)
{
	struct record *record = NULL;
	uint32_t i, from = dice_below(&world->dice, RECORDS_MAX);

	for (i = 0; i < world->record_count && !record; i++) {
		record = &world->records[(i + from) % world->record_count];
		if (!record->pending || record->by_server != by_server)
			record = NULL;
	}
	if (!record)
		return;
	switch (dice_below(&world->dice, 4)) {
	case 0:
		if (!cdrpc_pending_is_done(record->pending)) {
			cdrpc_pending_cancel(record->pending);
			record->cancelled = true;
		}
		break;
	case 1:
		cdrpc_pending_is_done(record->pending);
		break;
	default:
		/* What its handler keeps would be waited for until the deadline. */
		if (record->plan != PLAN_KEEP || record->answered || record->cancelled)
			finish(world, record);
		break;
	}
}

static void
answer_kept(struct world *world, struct record *record)
{
	struct cdrpc_bytes data = blob_of(world, record);
	struct cdrpc_call *kept = record->kept;

	record->kept = NULL;
	record->answer = (cdrpc_status)dice_below(&world->dice, 3);
	if (record->answer == CDRPC_OK && flags_of(record) & CDRPC_METHOD_OUTPUTS)
		record->answered = rig_reply(kept, (uint32_t)(record - world->records) + 1, data) == CDRPC_OK;
	else
		record->answered = cdrpc_call_complete(kept, record->answer) == CDRPC_OK;
	rig_data_free(data);
}

static void
answer_one(struct world *world)
{
	uint32_t i;

	for (i = 0; i < world->record_count; i++) {
		if (world->records[i].kept && dice_chance(&world->dice, 50)) {
			answer_kept(world, &world->records[i]);
			return;
		}
	}
	if (world->kept_count)
		cdrpc_call_complete(world->kept[--world->kept_count], (cdrpc_status)dice_below(&world->dice, 3));
}

static void
step_of_client(struct world *world)
{
	uint32_t slot = dice_below(&world->dice, CLIENTS), choice = dice_below(&world->dice, 20);
	struct honest *honest = &world->clients[slot];

	if (!honest->client) {
		connect(world, slot);
	} else if (choice == 0) {
		disconnect(world, slot);
	} else if (choice == 1 && slot == 0) {
		bool event = dice_chance(&world->dice, 50);
		cdrpc_status status;

		honest->heard[0] = honest->heard[1] = 0;
		cdrpc_client_set_timeout(honest->client, CALL_MS);
		status = rig_listen(&world->rig, honest->client, event, !event);
		MUST(world, status == CDRPC_OK, "listening: %s", cdrpc_status_name(status));
	} else if (choice < 7) {
		go_on(world, false);
	} else {
		call(world, slot);
	}
}

static void
step_of_server(struct world *world)
{
	switch (dice_below(&world->dice, 10)) {
	case 0:
		emit(world);
		break;
	case 1:
	case 2:
		answer_one(world);
		break;
	case 3:
	case 4:
		go_on(world, true);
		break;
	case 5:
		call_peer(world, false, false);
		break;
	default:
		call_peer(world, true, dice_chance(&world->dice, 80));
		break;
	}
}

void
honest_step(struct world *world)
{
	if (dice_chance(&world->dice, 60)) {
		step_of_client(world);
		return;
	}
	fake_enter(world->rig.server_thread);
	step_of_server(world);
	fake_enter(world->rig.client_thread);
}

void
honest_end(struct world *world)
{
	uint32_t i;

	rig_settle(&world->rig);
	fake_enter(world->rig.server_thread);
	for (i = 0; i < world->record_count; i++) {
		if (world->records[i].kept)
			answer_kept(world, &world->records[i]);
	}
	while (world->kept_count)
		cdrpc_call_complete(world->kept[--world->kept_count], CDRPC_OK);
	rig_settle(&world->rig);
	for (i = 0; i < world->record_count; i++) {
		const struct record *record = &world->records[i];

		MUST(world, !record->pending || !record->watched || record->closed || record->told == record->pending->done,
		     "a call %s, and its callback was called %u times", record->pending->done ? "has ended" : "goes on", record->told);
	}
	for (i = 0; i < world->record_count; i++) {
		struct record *record = &world->records[i];

		if (!record->pending)
			continue;
		fake_enter(record->by_server ? world->rig.server_thread : world->rig.client_thread);
		finish(world, record);
	}
	fake_enter(world->rig.client_thread);
	for (i = 0; i < CLIENTS; i++)
		disconnect(world, i);
	rig_settle(&world->rig);
}
