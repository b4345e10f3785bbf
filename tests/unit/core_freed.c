/* A server that the application frees while a client that works through it waits for something else. */
#include <string.h>

#include "fake_world.h"
#include "rig_check.h"

/* As a message to the client's thread would do it that comes while that sends. */
static void
free_the_server(void)
{
	struct fake_thread *before = fake_visit(fake_thread_of(rig.client_thread));
	struct cdrpc_server *server = rig.back;

	rig.back = NULL;
	cdrpc_server_free(server);
	fake_leave(before);
}

static uint32_t
free_and_answer(void *self, window_id sender, const void *bytes, size_t size)
{
	(void)sender;
	(void)bytes;
	(void)size;
	if (rig.back)
		free_the_server();
	return *(const uint32_t *)self;
}

static void
nothing(void *self)
{
	(void)self;
}

/* In the send of HELLO, whatever comes back. A second window of the service is not tried any more. */
START_TEST(while_it_greets)
{
	static const uint32_t results[] = { FRAME_RESULT_NONE, FRAME_RESULT_ACCEPTED, 0x100 - CDRPC_E_BUSY, 0x100 - CDRPC_E_NO_SESSION };
	struct port_options options = { .env = &rig.env, .service = RIG_SERVICE, .receive = free_and_answer, .bell = nothing };
	uint32_t result = results[_i];
	struct port *port;

	rig_prepared();
	options.owner = &result;
	fake_enter(rig.idle_thread);
	ck_assert_int_eq(port_new(&options, &port), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_CLOSED);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	fake_enter(rig.idle_thread);
	port_free(port);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static bool
free_and_admit(void *self, const struct cdrpc_peer_facts *facts)
{
	(void)self;
	(void)facts;
	if (rig.back)
		free_the_server();
	return true;
}

/* In the function that is asked about the peer. */
START_TEST(while_a_peer_is_looked_at)
{
	rig_prepared();
	rig.client_policy.authorise = free_and_admit;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_CLOSED);
	rig_stopped();
}
END_TEST

static enum fake_fate
free_in_the_send(void *self, const struct fake_send *send)
{
	struct frame frame;

	if (frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == *(const uint16_t *)self && rig.back)
		free_the_server();
	return FAKE_DELIVER;
}

/* In the sends of OPEN and of a REQUEST. */
START_TEST(while_it_opens_or_calls)
{
	static const uint16_t types[] = { FRAME_OPEN, FRAME_REQUEST };
	uint16_t type = types[_i];
	struct rig_answer answer;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	fake_judge(free_in_the_send, &type);
	ck_assert_int_eq(rig_connect(&rig), type == FRAME_OPEN ? CDRPC_E_CLOSED : CDRPC_OK);
	if (rig.client)
		ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_E_CLOSED);
	fake_judge(NULL, NULL);
	ck_assert_ptr_null(rig.back);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, while_it_greets, 0, 4);
	tcase_add_test(tcase, while_a_peer_is_looked_at);
	tcase_add_loop_test(tcase, while_it_opens_or_calls, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("freed", add));
}
