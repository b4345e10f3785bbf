#include "rig_check.h"
#include "session/client.h"


struct rig rig;
bool rig_resident;
struct cdrpc_call *rig_kept;
struct rig_done rig_done;
const struct cdrpc_bytes rig_nothing = { NULL, 0 };

void
rig_prepared(void)
{
	rig_init(&rig);
	rig_kept = NULL;
	rig_done = (struct rig_done){ 0 };
	if (!rig_resident)
		rig.server_limits.resident_max = CDRPC_RESIDENT_NONE;
}

void
rig_started(void)
{
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
}

void
rig_connected(void)
{
	rig_prepared();
	rig_started();
}

void
rig_stopped(void)
{
	ck_assert_str_eq(rig_stop(&rig), "");
}

cdrpc_status
rig_keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
	rig_kept = call;
	return cdrpc_call_keep(call);
}

struct cdrpc_pending *
rig_begun(uint32_t index, uint32_t value)
{
	struct cdrpc_pending *pending = NULL;

	ck_assert_int_eq(rig_begin(&rig, index, value, rig_nothing, &pending), CDRPC_OK);
	return pending;
}

void
rig_on_done(void *self, struct cdrpc_pending *pending)
{
	ck_assert_ptr_eq(self, &rig_done);
	ck_assert_uint_eq(rig.client->endpoint->thread.shared->nesting, 0);
	rig_done.count++;
	rig_done.pending = pending;
	rig_done.status = rig_finish(&rig, RIG_STATUS, pending, NULL);
}

struct cdrpc_pending *
rig_notified(uint32_t index, uint32_t value)
{
	struct cdrpc_pending *pending = rig_begun(index, value);

	ck_assert_int_eq(cdrpc_pending_notify(pending, rig_on_done, &rig_done), CDRPC_OK);
	return pending;
}

void
rig_check_done(uint32_t count, cdrpc_status status)
{
	ck_assert_uint_eq(rig_done.count, count);
	ck_assert_int_eq(rig_done.status, status);
}

enum cdrpc_route
rig_small_reply(void)
{
	return rig_resident ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE;
}

static void
with_arenas(void)
{
	rig_resident = true;
}

static void
without_arenas(void)
{
	rig_resident = false;
}

Suite *
rig_suite(const char *name, void (*add)(TCase *tcase))
{
	Suite *suite = suite_create(name);
	TCase *messages = tcase_create("messages");
	TCase *arenas = tcase_create("arenas");

	tcase_add_unchecked_fixture(messages, without_arenas, NULL);
	add(messages);
	suite_add_tcase(suite, messages);
	tcase_add_unchecked_fixture(arenas, with_arenas, NULL);
	add(arenas);
	suite_add_tcase(suite, arenas);
	return suite;
}
