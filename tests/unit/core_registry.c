#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "check_main.h"
#include "session/registry.h"

static const struct cdrpc_method methods[] = {
	{ .name = "one", .ordinal = 1, .since = 1 },
	{ .name = "seven", .ordinal = 7, .since = 1 },
	{ .name = "eight", .ordinal = 8, .since = 1 },
	{ .name = "last", .ordinal = 65535, .since = 1 },
};

static struct cdrpc_interface
interface_of(uint64_t id)
{
	return (struct cdrpc_interface){ .id = id, .name = "t.I", .version = 1, .method_count = 4, .methods = methods };
}

START_TEST(found_by_id_whatever_the_order)
{
	static const uint64_t ids[] = { 50, 10, UINT64_MAX, 30, 1, 40, 20 };
	enum { COUNT = sizeof ids / sizeof ids[0] };
	struct cdrpc_interface interfaces[COUNT];
	struct cdrpc_env env;
	struct registry registry = { .env = &env };
	uint32_t i;

	env_init(&env, NULL);
	ck_assert_ptr_null(registry_find(&registry, 1));
	for (i = 0; i < COUNT; i++) {
		interfaces[i] = interface_of(ids[i]);
		ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &interfaces[i] }), CDRPC_OK);
	}
	ck_assert_uint_eq(registry.count, COUNT);
	for (i = 0; i < COUNT; i++)
		ck_assert_ptr_eq(registry_find(&registry, ids[i])->iface, &interfaces[i]);
	for (i = 1; i < COUNT; i++)
		ck_assert(registry.services[i - 1].iface->id < registry.services[i].iface->id);
	ck_assert_ptr_null(registry_find(&registry, 0));
	ck_assert_ptr_null(registry_find(&registry, 35));
	ck_assert_ptr_null(registry_find(&registry, UINT64_MAX - 1));
	registry_done(&registry);
}
END_TEST

START_TEST(an_id_is_added_once)
{
	struct cdrpc_interface first = interface_of(5);
	struct cdrpc_interface second = interface_of(5);
	struct cdrpc_env env;
	struct registry registry = { .env = &env };

	env_init(&env, NULL);
	ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &first }), CDRPC_OK);
	ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &second }), CDRPC_E_STATE);
	ck_assert_uint_eq(registry.count, 1);
	ck_assert_ptr_eq(registry_find(&registry, 5)->iface, &first);
	registry_done(&registry);
}
END_TEST

START_TEST(full_at_the_limit)
{
	struct cdrpc_interface *interfaces = calloc(CDRPC_INTERFACES_MAX + 1, sizeof *interfaces);
	struct cdrpc_env env;
	struct registry registry = { .env = &env };
	uint32_t i;

	ck_assert_ptr_nonnull(interfaces);
	env_init(&env, NULL);
	for (i = 0; i <= CDRPC_INTERFACES_MAX; i++) {
		interfaces[i] = interface_of((uint64_t)i * UINT64_C(0x9E3779B97F4A7C15));
		ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &interfaces[i] }),
				 i < CDRPC_INTERFACES_MAX ? CDRPC_OK : CDRPC_E_TOO_LARGE);
	}
	for (i = 0; i < CDRPC_INTERFACES_MAX; i++)
		ck_assert_ptr_eq(registry_find(&registry, interfaces[i].id)->iface, &interfaces[i]);
	registry_done(&registry);
	free(interfaces);
}
END_TEST

struct stingy {
	size_t left;
};

static void *
stingy_alloc(void *self, size_t size)
{
	struct stingy *stingy = self;

	if (stingy->left == 0)
		return NULL;
	stingy->left--;
	return malloc(size);
}

static void
stingy_free(void *self, void *memory)
{
	(void)self;
	free(memory);
}

/* What was there stays, and the next attempt succeeds. */
START_TEST(no_memory_loses_nothing)
{
	struct stingy stingy = { 1 };
	struct cdrpc_env env = { .self = &stingy, .alloc = stingy_alloc, .free = stingy_free };
	struct registry registry = { .env = &env };
	struct cdrpc_interface interfaces[5];
	uint32_t i;

	for (i = 0; i < 5; i++)
		interfaces[i] = interface_of(10 - i);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &interfaces[i] }), CDRPC_OK);
	ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &interfaces[4] }), CDRPC_E_NOMEM);
	ck_assert_uint_eq(registry.count, 4);
	ck_assert_ptr_null(registry_find(&registry, 6));
	stingy.left = 1;
	ck_assert_int_eq(registry_add(&registry, &(struct service){ .iface = &interfaces[4] }), CDRPC_OK);
	for (i = 0; i < 5; i++)
		ck_assert_ptr_eq(registry_find(&registry, 10 - i)->iface, &interfaces[i]);
	registry_done(&registry);
}
END_TEST

START_TEST(methods_by_ordinal)
{
	struct cdrpc_interface iface = interface_of(1);
	struct cdrpc_interface empty = { .id = 2, .name = "t.E", .version = 1 };

	ck_assert_uint_eq(registry_method(&iface, 1), 0);
	ck_assert_uint_eq(registry_method(&iface, 7), 1);
	ck_assert_uint_eq(registry_method(&iface, 8), 2);
	ck_assert_uint_eq(registry_method(&iface, 65535), 3);
	ck_assert_uint_eq(registry_method(&iface, 0), 4);
	ck_assert_uint_eq(registry_method(&iface, 2), 4);
	ck_assert_uint_eq(registry_method(&iface, 9), 4);
	ck_assert_uint_eq(registry_method(&empty, 1), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("registry");
	TCase *tcase = tcase_create("registry");

	tcase_add_test(tcase, found_by_id_whatever_the_order);
	tcase_add_test(tcase, an_id_is_added_once);
	tcase_add_test(tcase, full_at_the_limit);
	tcase_add_test(tcase, no_memory_loses_nothing);
	tcase_add_test(tcase, methods_by_ordinal);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(void)
{
	return check_main(make_suite());
}
