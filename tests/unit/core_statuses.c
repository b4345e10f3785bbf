/*
 * What each public function returns when something goes wrong at any point of a session: allocations, the system, frames, the other side.
 * Nothing is asserted of it here: support/held.c looks at each status, and ends the program at one that cdrpc.h does not list.
 */
#include <string.h>

#include "rig_check.h"

static struct cdrpc_bytes big;
static struct cdrpc_call *kept;
static struct cdrpc_client *back;

static cdrpc_status
handle(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	void *buffer = NULL;

	(void)r;
	if (index == RIG_STATUS) {
		kept = call;
		return cdrpc_call_keep(call);
	}
	if (index == RIG_NOTE || index == RIG_STATUS_INLINE)
		return (cdrpc_status)value;
	if (cdrpc_call_buffer(call, big.size, &buffer) == CDRPC_OK)
		memcpy(buffer, big.data, big.size);
	return rig_reply(call, value, buffer ? (struct cdrpc_bytes){ buffer, big.size } : data);
}

static void
opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	cdrpc_peer_client(peer, NULL, &back);
}

static void
ended(void *self, struct cdrpc_pending *pending)
{
	*(bool *)self = true;
	rig_finish(&rig, RIG_STATUS, pending, NULL);
}

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
}

/* On the server's thread. */
static void
answer_and_emit(void)
{
	fake_enter(rig.server_thread);
	if (kept)
		cdrpc_call_complete(kept, 5);
	kept = NULL;
	rig_emit(rig.server, NULL, RIG_EVENT, 1, rig_nothing);
	rig_emit(rig.server, NULL, RIG_LATEST, 1, big);
	fake_enter(rig.client_thread);
}

static void
call_back(void)
{
	struct cdrpc_client *front = rig.client;

	if (!back)
		return;
	fake_enter(rig.server_thread);
	rig.client = back;
	rig_call(&rig, RIG_STATUS_INLINE, 3, rig_nothing, NULL);
	cdrpc_client_free(back);
	rig.client = front;
	fake_enter(rig.client_thread);
}

/* One that is to be the only one, as the first is. */
static void
start_another(void)
{
	struct cdrpc_server *another = NULL;

	fake_enter(rig.idle_thread);
	rig_serve_too(&rig, RIG_SERVICE, &rig.server_options, &another);
	cdrpc_server_free(another);
	fake_enter(rig.client_thread);
}

static void
use_all(void)
{
	struct cdrpc_pending *pending = NULL;
	struct rig_answer answer;
	cdrpc_handle event;
	struct cdrpc_buffer *buffer = NULL;
	bool told = false;

	rig_listen(&rig, rig.client, true, true);
	rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer);
	if (cdrpc_buffer_new(rig.client, big.size, &buffer) == CDRPC_OK) {
		memcpy(cdrpc_buffer_data(buffer), big.data, big.size);
		rig_call(&rig, RIG_ECHO_INLINE, 2, cdrpc_buffer_send(buffer, big.size), &answer);
		cdrpc_buffer_free(buffer);
	}
	rig_call(&rig, RIG_SECRET, 2, big, &answer);
	rig_call(&rig, RIG_STATUS_INLINE, 4, rig_nothing, NULL);
	rig_call(&rig, RIG_ABSENT, 4, rig_nothing, &answer);
	rig_call(&rig, RIG_SHORT, 4, big, &answer);
	rig_call(&rig, RIG_LATER, 4, rig_nothing, NULL);
	rig_call(&rig, RIG_NOTE, 4, big, NULL);
	if (rig_begin(&rig, RIG_STATUS, 5, rig_nothing, &pending) == CDRPC_OK) {
		cdrpc_pending_event(pending, &event);
		cdrpc_pending_notify(pending, ended, &told);
	}
	rig_settle(&rig);
	answer_and_emit();
	call_back();
	rig_settle(&rig);
	if (pending && !told)
		rig_finish(&rig, RIG_STATUS, pending, NULL);
	rig_listen(&rig, rig.client, false, false);
	start_another();
}

/* ---- what goes wrong ---- */

enum wrong { NO_SECTION, NO_VIEW, NO_DUPLICATE, NO_RANDOM, NO_RING, NO_WATCH, NO_WAIT, DIES, HANGS, LOST_WINDOW, REFUSED, SILENT, WRONGS };

static struct {
	uint32_t at, sent;      /* which frame; 0: none */
	enum wrong what;
} plan;

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static window_id
window_of_server(void)
{
	window_id window = 0;

	port_find(NULL, RIG_SERVICE, &window, 1);
	return window;
}

static void
go_wrong(void)
{
	struct fake_faults *faults = fake_faults();
	window_id window = window_of_server();

	faults->section_new = plan.what == NO_SECTION;
	faults->section_map = plan.what == NO_VIEW;
	faults->duplicate = plan.what == NO_DUPLICATE;
	faults->random = plan.what == NO_RANDOM;
	faults->ring = plan.what == NO_RING;
	faults->watch = plan.what == NO_WATCH;
	faults->wait = plan.what == NO_WAIT;
	faults->hung_at_once = plan.what == HANGS;
	if (plan.what == DIES)
		fake_kill(rig.server_thread);
	if (plan.what == HANGS)
		fake_hang(rig.server_thread, true);
	if (plan.what == LOST_WINDOW && window)
		fake_lose_window(window);
}

static enum fake_fate
judge(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	if (plan.at == 0 || ++plan.sent < plan.at)
		return FAKE_DELIVER;
	if (plan.sent == plan.at)
		go_wrong();
	return plan.what == REFUSED ? FAKE_DENY : plan.what == SILENT ? FAKE_DROP : FAKE_DELIVER;
}

/* One session; whether the plan was reached. */
static bool
run(uint32_t fail_at, bool for_good, bool pushes)
{
	bool reached;

	rig_prepared();
	kept = NULL;
	back = NULL;
	rig.handler = handle;
	rig.heard = hear;
	rig.client_options.connect_timeout_ms = rig.client_options.call_timeout_ms = 3000;
	rig.server_options.session_opened = opened;
	rig.server_options.exclusive = true;
	if (pushes)
		rig.client_hooks.may_duplicate = rig.server_hooks.may_duplicate = may_not;
	rig.heap.fail_at = fail_at;
	rig.heap.for_good = for_good;
	fake_judge(judge, NULL);
	if (rig_start(&rig) == CDRPC_OK && rig_connect(&rig) == CDRPC_OK)
		use_all();
	reached = plan.at ? plan.sent >= plan.at : fail_at && rig.heap.fail_at == 0;
	plan.at = 0;
	rig.heap.fail_at = 0;
	rig.heap.exhausted = false;
	fake_hang(rig.server_thread, false);
	rig_stop(&rig);
	return reached;
}

START_TEST(each_allocation_fails)
{
	uint32_t at = 0;

	big = rig_data(100000);
	memset(&plan, 0, sizeof plan);
	while (run(++at, _i & 1, _i & 2))
		;
	ck_assert_uint_gt(at, 40);
	rig_data_free(big);
}
END_TEST

START_TEST(all_goes_wrong_from_each_frame_on)
{
	uint32_t at = 0;

	big = rig_data(100000);
	do {
		memset(&plan, 0, sizeof plan);
		plan.at = ++at;
		plan.what = (enum wrong)(_i / 2);
	} while (run(0, false, _i % 2));
	ck_assert_uint_gt(at, 10);
	rig_data_free(big);
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, each_allocation_fails, 0, 4);
	tcase_add_loop_test(tcase, all_goes_wrong_from_each_frame_on, 0, 2 * WRONGS);
}

int
main(void)
{
	return check_main(rig_suite("statuses", add));
}
