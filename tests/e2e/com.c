/*
 * A handler may call out through COM, because it runs from a posted message. The only program here that knows COM: a handler of it
 * calls an object in another process. [inline] handlers run inside a sent message, in which the COM of Windows refuses to call out;
 * that of Wine 8 does not look. So what makes the difference, whether a message is under way, is looked at as well.
 *
 * The object is a class factory, which the system can marshal, and which is registered by its process for as long as that lives.
 */
#define COBJMACROS
#define CONST_VTABLE
#include "service.h"

#include <stdio.h>

#include <objbase.h>

/* Of this test alone: {6f1b2f6e-0d0c-4a9e-9a55-5c3f0d1e7a41}, with the process id of the test as its first part. */
static GUID
class_of(DWORD process_id)
{
	GUID id = { 0, 0x0d0c, 0x4a9e, { 0x9a, 0x55, 0x5c, 0x3f, 0x0d, 0x1e, 0x7a, 0x41 } };

	id.Data1 = process_id;
	return id;
}

/* ---- the process with the object ---- */

static struct proc *tester;

static HRESULT STDMETHODCALLTYPE
factory_query(IClassFactory *self, REFIID iid, void **ret_object)
{
	if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IClassFactory)) {
		*ret_object = NULL;
		return E_NOINTERFACE;
	}
	*ret_object = self;
	return S_OK;
}

static ULONG STDMETHODCALLTYPE
factory_count(IClassFactory *self)
{
	(void)self;
	return 1;
}

/* What the handlers call: it counts, says where it is, and gives itself. */
static HRESULT STDMETHODCALLTYPE
factory_create(IClassFactory *self, IUnknown *outer, REFIID iid, void **ret_object)
{
	(void)outer;
	tester->words[0]++;
	tester->words[1] = GetCurrentProcessId();
	return factory_query(self, iid, ret_object);
}

static HRESULT STDMETHODCALLTYPE
factory_lock(IClassFactory *self, BOOL lock)
{
	(void)self;
	(void)lock;
	return S_OK;
}

static int
run_object(struct proc *starter)
{
	static IClassFactoryVtbl table = { factory_query, factory_count, factory_count, factory_create, factory_lock };
	static IClassFactory factory = { &table };
	GUID id = class_of(starter->process_id);
	DWORD cookie;

	tester = starter;
	proc_check(SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED)));
	proc_check(SUCCEEDED(CoRegisterClassObject(&id, (IUnknown *)&factory, CLSCTX_LOCAL_SERVER, REGCLS_MULTIPLEUSE, &cookie)));
	proc_signal(starter);
	proc_await(starter);
	CoRevokeClassObject(cookie);
	CoUninitialize();
	return 0;
}

/* ---- the process that serves, and whose handlers call the object ---- */

static struct cdrpc_server *server;
static IClassFactory *object;

static cdrpc_status
on_end(struct cdrpc_call *call, void *self, int32_t value)
{
	IUnknown *made = NULL;

	(void)call;
	(void)self;
	(void)value;
	tester->words[1] = (InSendMessageEx(NULL) & (ISMEX_REPLIED | ISMEX_SEND)) == ISMEX_SEND;
	tester->words[0] = (uint32_t)IClassFactory_CreateInstance(object, NULL, &IID_IUnknown, (void **)&made);
	if (made)
		IUnknown_Release(made);
	return CDRPC_OK;
}

static void
client_went(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	cdrpc_server_stop(server);
}

static void
name_of(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.com.%lu", (unsigned long)process_id);
}

static int
run_server(struct proc *starter)
{
	static const struct echo_handlers handlers = { .end = on_end, .end_inline = on_end };
	struct cdrpc_server_options options = { .session_ended = client_went };
	GUID id = class_of(starter->process_id);
	char name[CDRPC_NAME_MAX + 1];

	tester = starter;
	name_of(name, starter->process_id);
	proc_check(SUCCEEDED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED)));
	proc_check(SUCCEEDED(CoGetClassObject(&id, CLSCTX_LOCAL_SERVER, NULL, &IID_IClassFactory, (void **)&object)));
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	proc_check(echo_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	cdrpc_server_free(server);
	IClassFactory_Release(object);
	CoUninitialize();
	return 0;
}

/* ---- the test ---- */

static bool
com_looks(void)
{
	return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") == NULL;
}

START_TEST(a_handler_calls_out)
{
	HRESULT from_inline = com_looks() ? RPC_E_CANTCALLOUT_ININPUTSYNCCALL : S_OK;
	struct proc *holder = proc_start("object"), *helper;
	struct cdrpc_client *client;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t calls = 0, i;

	proc_await(holder);
	helper = proc_start("server");
	proc_await(helper);
	name_of(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	for (i = 1; i <= 10; i++) {
		ck_assert_int_eq(echo_end(client, 0), CDRPC_OK);
		ck_assert_uint_eq(helper->words[0], (uint32_t)S_OK);
		ck_assert_uint_eq(helper->words[1], 0);
		calls++;
		ck_assert_uint_eq(holder->words[0], calls);
		ck_assert_uint_eq(holder->words[1], holder->process_id);
		ck_assert_int_eq(echo_end_inline(client, 0), CDRPC_OK);
		ck_assert_uint_eq(helper->words[0], (uint32_t)from_inline);
		ck_assert_uint_eq(helper->words[1], 1);
		calls += from_inline == S_OK;
		ck_assert_uint_eq(holder->words[0], calls);
	}
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
	proc_signal(holder);
	ck_assert_int_eq(proc_finish(holder), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("com");
	TCase *tcase = tcase_create("com");

	tcase_add_test(tcase, a_handler_calls_out);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "object", run_object }, { "server", run_server }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
