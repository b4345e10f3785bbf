/* Two processes of different integrity levels, or users: what reaches whom, who is told what, and who is believed. */
#include <stdio.h>
#include <string.h>

#include "raw.h"
#include "rig_check.h"

/* A level by its name and how far it is above that: plain ones, and those of UIAccess. */
struct level {
	enum cdrpc_integrity name;
	uint32_t above;
};

static const struct level levels[] = {
	{ CDRPC_INTEGRITY_LOW, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0x10 },
	{ CDRPC_INTEGRITY_MEDIUM, 0x100 }, { CDRPC_INTEGRITY_HIGH, 0 },
};
enum { LEVELS = sizeof levels / sizeof levels[0], ASKED = CDRPC_INTEGRITY_HIGH + 1 };

static uint32_t
number_of(struct level level)
{
	return (uint32_t)level.name * 0x1000 + level.above;
}

/* Whether that side's window lets in what comes from below: what it asks for is below itself. */
static bool
opens(struct level level, int asked)
{
	return asked != CDRPC_INTEGRITY_ANY && (uint32_t)asked * 0x1000 < number_of(level);
}

static cdrpc_status
expected(struct level client, int client_asks, struct level server, int server_asks)
{
	if ((int)server.name < client_asks)
		return CDRPC_E_POLICY;
	if (number_of(server) < number_of(client) && !opens(client, client_asks))
		return CDRPC_E_ACCESS;
	if (number_of(client) < number_of(server) && !opens(server, server_asks))
		return CDRPC_E_ACCESS;
	return (int)client.name < server_asks ? CDRPC_E_REFUSED : CDRPC_OK;
}

static uint32_t sends;

static enum fake_fate
count_sends(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	sends++;
	return FAKE_DELIVER;
}

static char first_wrong[160];
static uint32_t wrong;

/* Nobody waits for what the system keeps away; and a server that could not be heard is not even asked. */
static void
connect_at(struct level client, int client_asks, struct level server, int server_asks)
{
	cdrpc_status status, must = expected(client, client_asks, server, server_asks);
	bool unheard = must == CDRPC_E_ACCESS && number_of(server) < number_of(client);
	uint64_t began_us;

	rig_prepared();
	fake_process_of(rig.client_thread)->integrity = client.name;
	fake_process_of(rig.client_thread)->above = client.above;
	fake_process_of(rig.server_thread)->integrity = server.name;
	fake_process_of(rig.server_thread)->above = server.above;
	rig.client_options.connect_timeout_ms = rig.client_options.call_timeout_ms = 500;
	rig.client_policy.min_integrity = (enum cdrpc_integrity)client_asks;
	rig.server_policy.min_integrity = (enum cdrpc_integrity)server_asks;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	sends = 0;
	fake_judge(count_sends, NULL);
	began_us = clock_us();
	status = rig_connect(&rig);
	fake_judge(NULL, NULL);
	if (status != must || (must == CDRPC_E_ACCESS && (sends != !unheard || clock_us() - began_us > 100000))) {
		if (wrong++ == 0)
			snprintf(first_wrong, sizeof first_wrong, "client 0x%x asks %d, server 0x%x asks %d: %s for %s, %u sends",
				 (unsigned int)number_of(client), client_asks, (unsigned int)number_of(server), server_asks,
				 cdrpc_status_name(status), cdrpc_status_name(must), (unsigned int)sends);
	}
	rig_stopped();
}

START_TEST(every_pair_of_levels)
{
	int client, server, client_asks, server_asks;

	wrong = 0;
	first_wrong[0] = '\0';
	for (client = 0; client < LEVELS; client++) {
		for (server = 0; server < LEVELS; server++) {
			for (client_asks = 0; client_asks < ASKED; client_asks++) {
				for (server_asks = 0; server_asks < ASKED; server_asks++)
					connect_at(levels[client], client_asks, levels[server], server_asks);
			}
		}
	}
	ck_assert_str_eq(first_wrong, "");
}
END_TEST

/* The log names the way out. */
static uint32_t named;

static void
look_for_the_way_out(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	named += strstr(line, "0x2000") && strstr(line, "0x3000") && strstr(line, "min_integrity");
}

START_TEST(who_cannot_be_heard_is_logged)
{
	struct cdrpc_env env = { .log = look_for_the_way_out };

	named = 0;
	rig_prepared();
	fake_process_of(rig.server_thread)->integrity = CDRPC_INTEGRITY_MEDIUM;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	rig.client_options.env = &env;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_ACCESS);
	ck_assert_uint_eq(named, 1);
	rig.client_options.env = &rig.env;
	rig_stopped();
}
END_TEST

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

/* An ordinary process may neither look at an elevated one, nor do anything to it. */
static void
is_not_known(void *self, struct cdrpc_peer_facts *facts)
{
	(void)self;
	facts->same_user = false;
	facts->integrity = CDRPC_INTEGRITY_ANY;
	facts->integrity_rid = 0;
}

/* The elevated client fetches what it gets, and what it sends goes in pieces: it is not believed. */
START_TEST(bodies_between_ordinary_and_elevated)
{
	struct cdrpc_bytes data = rig_data(300000);
	struct rig_answer answer;

	rig_prepared();
	fake_process_of(rig.server_thread)->integrity = CDRPC_INTEGRITY_MEDIUM;
	rig.client_policy.min_integrity = CDRPC_INTEGRITY_MEDIUM;
	rig.server_hooks.may_duplicate = may_not;
	rig.server_hooks.facts = is_not_known;
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 7, data, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 7);
	ck_assert(rig_data_equal(answer.data, data));
	ck_assert_int_eq(rig.trace.request_route, CDRPC_ROUTE_CHUNKS);
	ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_SECTION);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* ---- handles that are said to be the receiver's own ---- */

static const struct {
	struct level sender, receiver;
	bool same_user;
	bool believed;
} pushes[] = {
	{ { CDRPC_INTEGRITY_MEDIUM, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, true, true },
	{ { CDRPC_INTEGRITY_HIGH, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, true, true },
	{ { CDRPC_INTEGRITY_MEDIUM, 0x10 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, true, true },
	{ { CDRPC_INTEGRITY_MEDIUM, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0x10 }, true, false },
	{ { CDRPC_INTEGRITY_MEDIUM, 0x10 }, { CDRPC_INTEGRITY_MEDIUM, 0x100 }, true, false },
	{ { CDRPC_INTEGRITY_MEDIUM, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, false, false },
	{ { CDRPC_INTEGRITY_HIGH, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, false, false },
	{ { CDRPC_INTEGRITY_ANY, 0 }, { CDRPC_INTEGRITY_MEDIUM, 0 }, true, false },
};

/* A section that is as it must be in everything else. */
START_TEST(who_is_believed)
{
	static const uint8_t nonce[FRAME_TOKEN_SIZE] = { 7, 7, 7 };
	struct raw raw;
	struct section section;
	struct process *server;
	struct frame frame;
	uint64_t value;

	rig_prepared();
	fake_process_of(rig.client_thread)->integrity = pushes[_i].sender.name;
	fake_process_of(rig.client_thread)->above = pushes[_i].sender.above;
	fake_process_of(rig.client_thread)->same_user = pushes[_i].same_user;
	fake_process_of(rig.server_thread)->integrity = pushes[_i].receiver.name;
	fake_process_of(rig.server_thread)->above = pushes[_i].receiver.above;
	rig.server_policy.min_integrity = pushes[_i].sender.name;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw));
	ck_assert(raw_open(&raw));
	ck_assert_int_eq(process_open(&rig.env, raw.server, &server), CDRPC_OK);
	ck_assert_int_eq(section_new(&rig.env, 4096, &section), CDRPC_OK);
	memcpy(section.view, nonce, sizeof nonce);
	ck_assert_int_eq(section_push(&section, server, &value), CDRPC_OK);
	frame = raw_request(&raw, RIG_INTERFACE, RIG_STATUS_INLINE + 1);
	frame.route = FRAME_ROUTE_SECTION;
	frame.flags = FRAME_FLAG_PUSHED;
	memcpy(frame.nonce, nonce, sizeof nonce);
	frame.section_handle = value;
	frame.section_size = 4096;
	frame.body_offset = 32;
	frame.body_size = 8;
	section.view[32] = 5;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, NULL),
			  pushes[_i].believed ? frame_result_error(5) : frame_result_refused(CDRPC_E_BAD_FRAME));
	if (!pushes[_i].believed)
		section_take_back(server, value);
	section_done(&section);
	process_close(server);
	raw_end(&raw);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, every_pair_of_levels);
	tcase_add_test(tcase, who_cannot_be_heard_is_logged);
	tcase_add_test(tcase, bodies_between_ordinary_and_elevated);
	tcase_add_loop_test(tcase, who_is_believed, 0, sizeof pushes / sizeof pushes[0]);
}

int
main(void)
{
	return check_main(rig_suite("levels", add));
}
