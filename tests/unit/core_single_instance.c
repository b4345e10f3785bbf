/* A program that runs once: whoever starts it hands over to the instance, or becomes it, whatever happens to that meanwhile. */
#include <cdrpc/single_instance.h>

#include <stdio.h>
#include <string.h>

#include "fake_world.h"
#include "rig_check.h"
#include "wire/frame.h"

/* The start is on the client's thread, the instance, if there is one, on the server's: rig.server. */
static struct {
	struct cdrpc_server *server;    /* what became of the start */
	uint32_t handed_over, became;
	cdrpc_status hands, becomes;    /* what these return, if it is not OK */
	const char *name;               /* of the server that it makes */
	bool makes_started, makes_none;
	uint32_t let_come;              /* before it handed over */
} this;

static cdrpc_status
hand_over(void *self, struct cdrpc_client *client)
{
	cdrpc_status status;

	ck_assert_ptr_eq(self, &this);
	this.handed_over++;
	this.let_come = fake_counts()->let_come;
	rig.client = client;
	status = rig_call(&rig, RIG_STATUS, (uint32_t)this.hands, rig_nothing, NULL);
	rig.client = NULL;
	return status;
}

static cdrpc_status
become(void *self, struct cdrpc_server **ret_server)
{
	struct cdrpc_server *server = NULL;
	cdrpc_status status = this.becomes;

	ck_assert_ptr_eq(self, &this);
	ck_assert_uint_eq(fake_turns(TURN_SERVE)->taken, 1);
	this.became++;
	if (this.makes_none)
		return CDRPC_OK;
	if (status == CDRPC_OK)
		status = rig_make(&rig, this.name, &rig.server_options, NULL, &server);
	if (status == CDRPC_OK && this.makes_started)
		status = cdrpc_server_start(server);
	if (status == CDRPC_OK)
		*ret_server = server;
	else
		cdrpc_server_free(server);
	return status;
}

static cdrpc_status
start(void)
{
	return cdrpc_single_instance(RIG_SERVICE, &rig.client_options, hand_over, become, &this, &this.server);
}

static void
prepare(bool instance)
{
	rig_prepared();
	memset(&this, 0, sizeof this);
	this.name = RIG_SERVICE;
	if (instance)
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
}

static void
check(uint32_t handed_over, uint32_t became)
{
	ck_assert_uint_eq(this.handed_over, handed_over);
	ck_assert_uint_eq(this.became, became);
	ck_assert_int_eq(this.server != NULL, became);
}

static void
end(void)
{
	fake_judge(NULL, NULL);
	cdrpc_server_free(this.server);
	rig_stopped();
}

START_TEST(the_first_becomes_it)
{
	window_id window = 0;

	prepare(false);
	ck_assert_int_eq(start(), CDRPC_OK);
	check(0, 1);
	ck_assert_uint_eq(fake_counts()->let_come, 0);
	ck_assert_uint_eq(fake_turns(TURN_SERVE)->taken, 0);
	ck_assert_uint_eq(port_find(NULL, RIG_SERVICE, &window, 1), 1);
	end();
}
END_TEST

/* Which has been allowed to come to the front before. */
START_TEST(the_next_hands_over)
{
	prepare(true);
	ck_assert_int_eq(start(), CDRPC_OK);
	check(1, 0);
	ck_assert_uint_eq(rig.runs, 1);
	ck_assert_uint_eq(this.let_come, 1);
	ck_assert_uint_eq(fake_counts()->last_let, fake_thread_of(rig.server_thread)->home->id);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	/* What the interface says is for the program. */
	this.hands = 7;
	ck_assert_int_eq(start(), 7);
	check(2, 0);
	end();
}
END_TEST

/* It is not the instance: a process of the name that is not ours is neither given anything nor waited for. */
START_TEST(squatters_get_nothing)
{
	prepare(true);
	fake_process_of(rig.server_thread)->integrity = CDRPC_INTEGRITY_MEDIUM;
	ck_assert_int_eq(start(), CDRPC_OK);
	check(0, 1);
	ck_assert_uint_eq(rig_stats(&rig).calls, 0);
	ck_assert_uint_eq(fake_counts()->let_come, 0);
	end();
}
END_TEST

/* Nor where there is an instance besides, whichever of them is found first. */
START_TEST(squatters_get_nothing_of_the_next)
{
	struct cdrpc_server *instance;

	prepare(_i == 0);
	fake_process_of(rig.server_thread)->same_user = false;
	ck_assert_int_eq(start(), CDRPC_OK);
	check(0, 1);
	instance = this.server;
	if (_i == 1)
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	fake_enter(fake_process());
	ck_assert_int_eq(start(), CDRPC_OK);
	ck_assert_uint_eq(this.handed_over, 1);
	ck_assert_uint_eq(rig_stats(&rig).calls, 0);
	ck_assert_uint_eq(fake_counts()->last_let, fake_thread_of(rig.client_thread)->home->id);
	fake_enter(rig.client_thread);
	this.server = instance;
	end();
}
END_TEST

static bool
nobody(void *self, const struct cdrpc_peer_facts *facts)
{
	(void)facts;
	++*(uint32_t *)self;
	return false;
}

/* An instance that the program does not want to know is still one. */
START_TEST(an_instance_that_is_not_admitted)
{
	uint32_t asked = 0;
	const struct cdrpc_policy policy = { .authorise = nobody, .authorise_self = &asked };

	prepare(true);
	rig.client_options.policy = &policy;
	ck_assert_int_eq(start(), CDRPC_E_POLICY);
	check(0, 0);
	ck_assert_uint_eq(asked, 1);
	end();
}
END_TEST

/* ---- an instance that ends meanwhile ---- */

enum how { STOPS, IS_FREED, DIES, HOWS };

static enum how how;
static uint32_t frames, last;   /* it ends at that frame of the start's */

static void
end_instance(void)
{
	if (how == DIES) {
		fake_kill(rig.server_thread);
	} else if (how == STOPS) {
		cdrpc_server_stop(rig.server);
	} else {
		struct fake_thread *before = fake_visit(fake_thread_of(rig.server_thread));

		cdrpc_server_free(rig.server);
		rig.server = NULL;
		fake_leave(before);
	}
}

static enum fake_fate
end_at_frame(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	if (fake_world.current->home == fake_thread_of(rig.client_thread)->home && ++frames == last)
		end_instance();
	return FAKE_DELIVER;
}

/* At each frame of the start's, from the first: it hands over, or becomes the instance, and the file is never lost. */
START_TEST(one_that_ends_at_any_time)
{
	uint32_t became = 0, taken = 0;
	cdrpc_status status;

	how = (enum how)_i;
	last = 0;
	do {
		prepare(true);
		frames = 0;
		last++;
		fake_judge(end_at_frame, NULL);
		status = start();
		ck_assert_int_eq(status, CDRPC_OK);
		ck_assert(this.server || rig.runs == 1);
		ck_assert_uint_eq(this.became, this.server != NULL);
		became += this.server != NULL;
		taken += !this.server;
		end();
	} while (frames >= last);
	ck_assert_uint_ge(became, how == STOPS ? 3 : 4);
	ck_assert_uint_ge(taken, 1);
}
END_TEST

static cdrpc_status
die(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	fake_kill(r->server_thread);
	return rig_keep(r, call, index, value, data);
}

/* It has begun to open what it was given: whether it has done so nobody knows, so it is opened again. */
START_TEST(one_that_dies_of_it)
{
	prepare(true);
	rig.handler = die;
	ck_assert_int_eq(start(), CDRPC_OK);
	check(1, 1);
	/* Its memory. */
	fake_enter(rig.server_thread);
	cdrpc_call_complete(rig_kept, CDRPC_OK);
	fake_enter(rig.client_thread);
	end();
}
END_TEST

/* ---- what the program does wrong, and what is not to be had ---- */

static char line[512];

static void
keep_line(void *self, enum cdrpc_log_level level, const char *told)
{
	(void)self;
	ck_assert_int_eq(level, CDRPC_LOG_ERROR);
	snprintf(line, sizeof line, "%s", told);
}

START_TEST(a_server_that_is_not_to_be_had)
{
	prepare(false);
	rig.env.log = keep_line;
	this.becomes = CDRPC_E_OS;
	ck_assert_int_eq(start(), CDRPC_E_OS);
	ck_assert_ptr_null(this.server);
	this.becomes = CDRPC_OK;
	this.name = "another";
	ck_assert_int_eq(start(), CDRPC_E_ARGUMENT);
	ck_assert_ptr_null(this.server);
	ck_assert_str_eq(line, "cdrpc_single_instance() of 'rig' was given a server of 'another'");
	this.server = (struct cdrpc_server *)&this;
	ck_assert_int_eq(cdrpc_single_instance("a b", &rig.client_options, hand_over, become, &this, &this.server), CDRPC_E_ARGUMENT);
	ck_assert_str_eq(line, "cdrpc_single_instance: 'a b' names no service: 1 to 64 letters, digits, '.', '-' and '_'");
	ck_assert_ptr_null(this.server);
	this.name = RIG_SERVICE;
	this.makes_started = true;
	ck_assert_int_eq(start(), CDRPC_E_STATE);
	ck_assert_str_eq(line, "cdrpc_server_start: started already");
	ck_assert_ptr_null(this.server);
	this.makes_none = true;
	ck_assert_int_eq(start(), CDRPC_E_ARGUMENT);
	ck_assert_str_eq(line, "cdrpc_single_instance() of 'rig': become() has returned CDRPC_OK and no server");
	ck_assert_uint_eq(this.became, 4);
	end();
}
END_TEST

/* One that becomes deaf when it has proved that it is there: it is not known whether it has what it was given. */
static enum fake_fate
hang_at_call(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REQUEST)
		fake_hang(rig.server_thread, true);
	return FAKE_DELIVER;
}

START_TEST(one_that_hangs)
{
	prepare(true);
	rig.client_options.connect_timeout_ms = rig.client_options.call_timeout_ms = 2000;
	fake_judge(hang_at_call, NULL);
	ck_assert_int_eq(start(), CDRPC_E_HUNG);
	check(1, 0);
	fake_hang(rig.server_thread, false);
	end();
}
END_TEST

/* Each allocation in turn, with an instance and without: nothing is lost that the program is not told of. */
START_TEST(without_memory)
{
	uint32_t at = 0;
	cdrpc_status status;
	bool failed;

	do {
		prepare(_i == 1);
		rig.heap.fail_at = ++at;
		status = start();
		failed = rig.heap.fail_at == 0;
		rig.heap.fail_at = 0;
		ck_assert(status == CDRPC_E_NOMEM || status == CDRPC_E_BUSY || status == CDRPC_E_REMOTE_NOMEM || status == CDRPC_OK);
		if (status == CDRPC_OK)
			ck_assert(this.server || rig.runs == 1);
		end();
	} while (failed);
	ck_assert_uint_gt(at, 10);
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, the_first_becomes_it);
	tcase_add_test(tcase, the_next_hands_over);
	tcase_add_test(tcase, squatters_get_nothing);
	tcase_add_loop_test(tcase, squatters_get_nothing_of_the_next, 0, 2);
	tcase_add_test(tcase, an_instance_that_is_not_admitted);
	tcase_add_loop_test(tcase, one_that_ends_at_any_time, 0, HOWS);
	tcase_add_test(tcase, one_that_dies_of_it);
	tcase_add_test(tcase, a_server_that_is_not_to_be_had);
	tcase_add_test(tcase, one_that_hangs);
	tcase_add_loop_test(tcase, without_memory, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("single_instance", add));
}
