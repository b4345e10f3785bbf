/*
 * Whom one talks to: policies that refuse, and windows of other programs that look like the server's. A client passes over them and
 * finds the right one.
 */
#include <string.h>
#include <wchar.h>

#include "side.h"

#define TAG 0x63647270

static struct proc *helper;
static char name[CDRPC_NAME_MAX + 1];

/* ---- squatters: a foreign window of the same class and title ---- */

static const char *squatter;

static LRESULT CALLBACK
squatter_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	char noise[300];
	COPYDATASTRUCT data = { TAG, sizeof noise, noise };
	DWORD_PTR result;

	if (message != WM_COPYDATA)
		return DefWindowProcW(window, message, wparam, lparam);
	if (strcmp(squatter, "accepts") == 0)
		return 1;
	if (strcmp(squatter, "refuses") == 0)
		return 0x100 + 70;
	if (strcmp(squatter, "nonsense") == 0)
		return 0x7FFFFFFF;
	if (strcmp(squatter, "echoes") == 0) {
		/* The client's own HELLO, and then noise. */
		SendMessageTimeoutW((HWND)wparam, WM_COPYDATA, (WPARAM)window, lparam, SMTO_ABORTIFHUNG, 1000, &result);
		memset(noise, 0xA5, sizeof noise);
		memcpy(noise, ((COPYDATASTRUCT *)lparam)->lpData, 12);
		SendMessageTimeoutW((HWND)wparam, WM_COPYDATA, (WPARAM)window, (LPARAM)&data, SMTO_ABORTIFHUNG, 1000, &result);
		return 1;
	}
	return 0;
}

static int
squat(struct proc *tester, const char *how)
{
	WNDCLASSW class = { .lpfnWndProc = squatter_procedure, .lpszClassName = L"cdrpc.service.1" };
	wchar_t title[CDRPC_NAME_MAX + 1];
	HWND window;
	MSG message;

	squatter = how;
	side_name(name, tester->process_id);
	swprintf(title, CDRPC_NAME_MAX + 1, L"%hs", name);
	RegisterClassW(&class);
	window = CreateWindowExW(0, class.lpszClassName, title, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	proc_check(window != NULL);
	proc_signal(tester);
	/* The silent one does not even look at its messages. */
	if (strcmp(how, "silent") == 0) {
		WaitForSingleObject(tester->event_in, INFINITE);
		return 0;
	}
	while (MsgWaitForMultipleObjectsEx(1, &tester->event_in, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE) != WAIT_OBJECT_0)
		while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
			DispatchMessageW(&message);
	return 0;
}

static int
squat_silent(struct proc *tester)
{
	return squat(tester, "silent");
}

static int
squat_accepts(struct proc *tester)
{
	return squat(tester, "accepts");
}

static int
squat_refuses(struct proc *tester)
{
	return squat(tester, "refuses");
}

static int
squat_nonsense(struct proc *tester)
{
	return squat(tester, "nonsense");
}

static int
squat_echoes(struct proc *tester)
{
	return squat(tester, "echoes");
}

static int
squat_zero(struct proc *tester)
{
	return squat(tester, "zero");
}

static const struct {
	const char *role;
	cdrpc_status alone;     /* what a client is told where there is nobody else */
} squatters[] = {
	{ "silent", CDRPC_E_TIMEOUT },
	{ "accepts", CDRPC_E_TIMEOUT },
	{ "refuses", CDRPC_E_REFUSED },
	{ "nonsense", CDRPC_E_TIMEOUT },
	{ "echoes", CDRPC_E_TIMEOUT },
	{ "zero", CDRPC_E_TIMEOUT },
};

enum { SQUATTERS = sizeof squatters / sizeof squatters[0] };

static void
server_start(void)
{
	helper = proc_start("side");
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
}

/* The window of the server is older, and so is found last; at the end, the other way round. */
START_TEST(squatter_is_passed_over)
{
	struct cdrpc_client *client = NULL;
	struct proc *other = NULL;
	uint32_t process_id = 0, thread_id;

	if (_i / SQUATTERS) {
		other = proc_start(squatters[_i % SQUATTERS].role);
		proc_await(other);
	}
	server_start();
	if (!other) {
		other = proc_start(squatters[_i % SQUATTERS].role);
		proc_await(other);
	}
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	ck_assert_int_eq(duplex_where(client, &process_id, &thread_id), CDRPC_OK);
	ck_assert_uint_eq(process_id, helper->process_id);
	cdrpc_client_free(client);
	proc_signal(other);
	ck_assert_int_eq(proc_finish(other), 0);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

START_TEST(squatter_alone)
{
	/* Long enough for any answer that there is. */
	struct cdrpc_client_options options = { .connect_timeout_ms = 500, .call_timeout_ms = 500 };
	struct cdrpc_client *client = NULL;
	struct leaks before, after;
	struct proc *other = proc_start(squatters[_i].role);
	cdrpc_status status;

	proc_await(other);
	side_name(name, GetCurrentProcessId());
	status = cdrpc_client_connect(name, &options, &client);
	ck_assert(leaks_count(GetCurrentProcess(), &before));
	ck_assert_int_eq(status, squatters[_i].alone);
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), status);
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	ck_assert_ptr_null(client);
	proc_signal(other);
	ck_assert_int_eq(proc_finish(other), 0);
}
END_TEST

/* ---- policies ---- */

static struct {
	uint32_t count;
	uint32_t process_id;
	bool same_user;
	bool has_image;
	bool has_user;
	bool answer;
} asked;

static bool
authorise(void *self, const struct cdrpc_peer_facts *facts)
{
	wchar_t own[MAX_PATH] = L"";

	ck_assert_ptr_eq(self, &asked);
	GetModuleFileNameW(NULL, own, MAX_PATH);
	asked.count++;
	asked.process_id = facts->process_id;
	asked.same_user = facts->same_user;
	asked.has_image = facts->image && _wcsicmp(facts->image, own) == 0;
	asked.has_user = facts->user && strncmp(facts->user, "S-1-", 4) == 0;
	return asked.answer;
}

/* The test's own process serves; a helper tries to connect. */
static int
run_client(struct proc *tester)
{
	struct cdrpc_client *client = NULL;
	uint32_t sum;

	side_name(name, tester->process_id);
	tester->words[0] = (uint64_t)(int64_t)cdrpc_client_connect(name, NULL, &client);
	tester->words[1] = (uint64_t)(int64_t)(client ? duplex_add(client, 1, 2, &sum) : 1);
	cdrpc_client_free(client);
	return 0;
}

static const struct cdrpc_policy asking = { .authorise = authorise, .authorise_self = &asked };

/* By one thread, and by three: the one that asks is not always the one that would have the session. */
START_TEST(server_asks)
{
	struct cdrpc_server_options options = { .policy = &asking, .threads = _i / 2 ? 3 : 1 };
	struct side ours = { 0 };
	struct proc *client;

	memset(&asked, 0, sizeof asked);
	asked.answer = _i % 2;
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(side_new(&ours, name, &options), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(ours.server), CDRPC_OK);
	client = proc_start("client");
	side_pump_handle(client->process);
	ck_assert_int_eq((int)client->words[0], _i % 2 ? CDRPC_OK : CDRPC_E_REFUSED);
	ck_assert_int_eq((int)client->words[1], _i % 2 ? CDRPC_OK : 1);
	ck_assert_uint_eq(asked.count, 1);
	ck_assert_uint_eq(asked.process_id, client->process_id);
	ck_assert(asked.same_user && asked.has_image && asked.has_user);
	ck_assert_int_eq(proc_finish(client), 0);
	cdrpc_server_free(ours.server);
	DestroyWindow(ours.window);
}
END_TEST

START_TEST(client_asks)
{
	struct cdrpc_client_options options = { .policy = &asking };
	struct cdrpc_client *client = NULL;

	memset(&asked, 0, sizeof asked);
	server_start();
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), CDRPC_E_POLICY);
	ck_assert_uint_eq(asked.count, 1);
	ck_assert_uint_eq(asked.process_id, helper->process_id);
	ck_assert(asked.same_user && asked.has_image && asked.has_user);
	asked.answer = true;
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), CDRPC_OK);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("strangers");
	TCase *tcase = tcase_create("strangers");

	tcase_add_loop_test(tcase, server_asks, 0, 4);
	tcase_add_test(tcase, client_asks);
	tcase_add_loop_test(tcase, squatter_is_passed_over, 0, SQUATTERS + 1);
	tcase_add_loop_test(tcase, squatter_alone, 0, SQUATTERS);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = {
		{ "side", side_run },         { "client", run_client },     { "silent", squat_silent }, { "accepts", squat_accepts },
		{ "refuses", squat_refuses }, { "nonsense", squat_nonsense }, { "echoes", squat_echoes }, { "zero", squat_zero },
		{ 0 },
	};

	return proc_main(argc, argv, roles, make_suite);
}
