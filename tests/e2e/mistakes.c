/*
 * Mistakes that people make, and what they are told: statuses and lines of the log, of both processes, compared whole with mistakes.txt.
 * Whoever reads only that must be able to mend each within a minute.
 *
 *
 *	what goes wrong                                                 function here
 *	no server; a name that is wrong, has a blank, is NULL           wrong_names, nearly_named
 *	two servers of one name                                         named_alike
 *	a server without a message loop; with one for sent messages     never_pumps, wrong_handlers
 *	without _serve; _serve or start twice                           serves_nothing, wrong_handlers
 *	a policy that does not admit                                    policies
 *	inputs: NULL, not UTF-8, over a bound, no such value, members   wrong_inputs
 *	bodies and events that are too large, limits too low            wrong_inputs, wrong_handlers, too_low_limits
 *	handles that are closed, of another kind, without rights        wrong_handles
 *	handlers: no reply, two, another's, KEPT and not, odd statuses  wrong_handlers
 *	replies: over a bound, not UTF-8, NULL, items                   wrong_handlers
 *	handlers that do not return; calls that are kept for ever       wrong_handlers, ends_of_the_server
 *	listening without a message loop                                never_hears
 *	calls, emit and run on another thread                           wrong_threads, wrong_handlers
 *	a window that is not this thread's                              wrong_windows
 *	_finish twice, of another method, never; replies, buffers kept  wrong_finishes, forgotten
 *	an interface that was changed; a newer client                   changed_interfaces
 *	cdrpc_server_free() in a handler                                ends_of_the_server
 *	a server that dies in a call, or between calls                  ends_of_the_server
 *
 * Not here, because C cannot see it: NULL for a client or for where an output is to go, and a struct cdrpc_reply that is not {0}, crash
 * where a debugger shows it; a client that is freed twice; an interface that was changed so that what is sent can still be read. Not here,
 * because nothing is wrong: a client that is freed in its event listener or in a completion (unit/core_drop.c), a handler that calls its own
 * service (unit/core_reentry.c), a server that is started again, by whoever connects again (unit/core_reconnect.c, sessions.c). Nor what the
 * compiler, the linker or cdidl says: golden/errors has mistakes in interface files, `cdidl diff` tells of interfaces that were changed and of
 * a forgotten [since] (golden/diff), and names that C has already are compiled in golden/gen.
 */
#include <stdio.h>
#include <string.h>

#include "golden.h"
#include "mistakes_server.h"

enum { TEXT_SIZE = 64 * 1024 };

static char text[TEXT_SIZE];
static struct proc *helper;
static struct cdrpc_client *client;
static struct cdrpc_client_options options;

static void
say(const char *who, const char *what)
{
	size_t used = strlen(text);

	snprintf(text + used, sizeof text - used, "%s: %s\n", who, what);
}

static void
hear(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	mistakes_put(text, sizeof text, "  client", level, line);
}

/* What the client's function has returned. */
static void
got(cdrpc_status status)
{
	const char *name = status > 0 ? mistakes_trouble_name(status) : cdrpc_status_name(status);
	char number[16];

	snprintf(number, sizeof number, "%ld", (long)status);
	say("  client", name ? name : number);
}

/* Moves over what the server has said. */
static void
take_said(void)
{
	char *said = (char *)(uintptr_t)&helper->words[MISTAKES_TEXT];
	size_t used = strlen(text);

	snprintf(text + used, sizeof text - used, "%s", said);
	said[0] = '\0';
}

/* ---- CDRPC_LOG, where a line also goes that no client can be named for ---- */

static char file_path[MAX_PATH];

static void
begin_file(void)
{
	ck_assert_uint_gt(GetTempPathA(MAX_PATH - 40, file_path), 0);
	snprintf(file_path + strlen(file_path), 40, "mistakes-%lu.log", (unsigned long)GetCurrentProcessId());
	DeleteFileA(file_path);
	ck_assert(SetEnvironmentVariableA("CDRPC_LOG", file_path));
}

/* Without the time and the process of each line. */
static void
take_file(void)
{
	char line[700];
	const char *level;
	FILE *file = fopen(file_path, "rb");

	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		level = strchr(line, 'Z');
		ck_assert_ptr_nonnull(level);
		level += strspn(level, "Z 0123456789");
		say("  CDRPC_LOG", level);
	}
	fclose(file);
	DeleteFileA(file_path);
	SetEnvironmentVariableA("CDRPC_LOG", NULL);
}

/* A mistake begins: what the server has said of the one before is complete once it has answered again. */
static void
mistake(const char *title)
{
	struct cdrpc_reply reply = { 0 };
	const char *back;

	if (client)
		ck_assert_int_eq(mistakes_echo(client, "", &back, &reply), CDRPC_OK);
	cdrpc_reply_free(&reply);
	if (helper)
		take_said();
	snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n", title);
}

static cdrpc_status
connect_to(const char *name)
{
	client = NULL;
	return cdrpc_client_connect(name, &options, &client);
}

static void
start(enum mistakes_mode mode)
{
	char name[CDRPC_NAME_MAX + 1];

	helper = proc_start("server");
	helper->words[MISTAKES_MODE] = mode;
	proc_signal(helper);
	proc_await(helper);
	mistakes_name(name, helper->process_id);
	if (mode != MODE_NEVER_PUMPS)
		ck_assert_int_eq(connect_to(name), CDRPC_OK);
}

static void
stop(void)
{
	if (client)
		mistakes_stop(client);
	cdrpc_client_free(client);
	client = NULL;
	proc_await_handle(helper->process);
	take_said();
	proc_finish(helper);
	helper = NULL;
}

static void
echo(const char *input)
{
	struct cdrpc_reply reply = { 0 };
	const char *back;

	got(mistakes_echo(client, input, &back, &reply));
	cdrpc_reply_free(&reply);
}

/* ---- names and connecting ---- */

static void
wrong_names(void)
{
	struct cdrpc_server *server = NULL;
	const struct cdrpc_server_options server_options = { .env = options.env };

	mistake("a server that has not been started");
	got(connect_to("test.mistakes.nobody"));
	mistake("a name with a blank in it");
	got(connect_to("test mistakes"));
	got(cdrpc_server_new("test mistakes", &server_options, &server));
	mistake("no name");
	got(connect_to(NULL));
}

static void
never_pumps(void)
{
	char name[CDRPC_NAME_MAX + 1];

	mistake("a server whose thread gets no messages");
	start(MODE_NEVER_PUMPS);
	mistakes_name(name, helper->process_id);
	options.connect_timeout_ms = 300;
	got(connect_to(name));
	options.connect_timeout_ms = 0;
	proc_signal(helper);
	stop();
}

static void
serves_nothing(void)
{
	struct mistakes_size size = { 1, 2 };
	uint32_t area;

	mistake("a server without NAME_serve()");
	start(MODE_SERVES_NOTHING);
	got(mistakes_area(client, &size, &area));
	cdrpc_client_free(client);
	client = NULL;
	proc_kill(helper);
	stop();
}

static void
nearly_named(const char *name)
{
	char nearly[CDRPC_NAME_MAX + 1];
	struct cdrpc_client *first = client;

	mistake("a name that is nearly right");
	snprintf(nearly, sizeof nearly, "%s.", name);
	got(connect_to(nearly));
	client = first;
}

static void
named_alike(const char *name)
{
	struct cdrpc_server_options server_options = { .env = options.env };
	struct cdrpc_server *server = NULL;
	int i;

	mistake("a second server of a name, which is not exclusive, and which is");
	for (i = 0; i < 2; i++) {
		server_options.exclusive = i == 1;
		ck_assert_int_eq(cdrpc_server_new(name, &server_options, &server), CDRPC_OK);
		got(cdrpc_server_start(server));
		cdrpc_server_free(server);
	}
}

static bool
nobody(void *self, const struct cdrpc_peer_facts *facts)
{
	(void)self;
	(void)facts;
	return false;
}

static void
policies(const char *name)
{
	static const struct cdrpc_policy admits_nobody = { .authorise = nobody };
	static const struct cdrpc_policy admits_the_system = { .min_integrity = CDRPC_INTEGRITY_SYSTEM };
	struct cdrpc_client *first = client;

	mistake("a policy that does not admit the server");
	options.policy = &admits_nobody;
	got(connect_to(name));
	options.policy = &admits_the_system;
	got(connect_to(name));
	options.policy = NULL;
	client = first;
}

/* ---- inputs ---- */

static void
describe(const struct mistakes_info *info)
{
	struct cdrpc_reply reply = { 0 };
	const struct mistakes_info *infos;
	uint32_t count;

	got(mistakes_describe(client, info, &infos, &count, &reply));
	cdrpc_reply_free(&reply);
}

static void
wrong_inputs(void)
{
	static const char *const tags[] = { "good", "too long a tag", "five", "tags", "here" };
	struct cdrpc_bytes much = { "", 600u << 20 };
	struct cdrpc_bytes nothing = { NULL, 5 };
	char long_text[71];
	uint32_t value;

	memset(long_text, 'x', 70);
	long_text[70] = '\0';
	mistake("a string that is NULL");
	echo(NULL);
	mistake("a string that is not UTF-8");
	echo("caf\xe9");
	mistake("a string over its bound");
	echo(long_text);
	mistake("a value that a strict enum does not have");
	got(mistakes_paint(client, 7));
	mistake("a struct that is NULL");
	got(mistakes_area(client, NULL, &value));
	mistake("a table that is NULL");
	describe(NULL);
	mistake("members of a table: a string over its bound, an enum, an item of a list, too many of them, NULL for them");
	describe(&(struct mistakes_info){ .title = long_text });
	describe(&(struct mistakes_info){ .title = "a", .colour = 9 });
	describe(&(struct mistakes_info){ .title = "a", .colour = MISTAKES_COLOUR_RED, .tags = tags, .tags_count = 2 });
	describe(&(struct mistakes_info){ .title = "a", .tags = tags, .tags_count = 5 });
	describe(&(struct mistakes_info){ .title = "a", .tags_count = 2 });
	mistake("bytes over their bound, and without data");
	got(mistakes_store(client, much, &value));
	got(mistakes_store(client, nothing, &value));
	mistake("a body over limits.body_max");
	much.size = 300u << 20;
	got(mistakes_store(client, much, &value));
	mistake("a [secret] input: its value is not told");
	got(mistakes_unlock(client, "correct horse", MISTAKES_COLOUR_RED));
	got(mistakes_unlock(client, "secret", 7));
}

static void
too_low_limits(const char *name)
{
	static const struct cdrpc_limits limits = { .decode_max = 16, .body_max = 1000 };
	static const uint8_t zeros[2000];
	struct cdrpc_client *first = client;

	mistake("a reply that needs more than limits.decode_max, and a request over limits.body_max of a client that has set both too low");
	options.limits = &limits;
	ck_assert_int_eq(connect_to(name), CDRPC_OK);
	describe(&(struct mistakes_info){ .title = "two" });
	got(mistakes_store(client, (struct cdrpc_bytes){ zeros, sizeof zeros }, &(uint32_t){ 0 }));
	cdrpc_client_free(client);
	options.limits = NULL;
	client = first;
}

static void
wrong_handles(void)
{
	wchar_t folder[MAX_PATH], path[MAX_PATH];
	HANDLE file, event = CreateEventW(NULL, TRUE, FALSE, NULL);

	GetTempPathW(MAX_PATH, folder);
	GetTempFileNameW(folder, L"mis", 0, path);
	file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
	ck_assert(file != INVALID_HANDLE_VALUE);
	mistake("a file that was opened for writing, a closed one, an event, none, INVALID_HANDLE_VALUE");
	got(mistakes_read(client, file));
	CloseHandle(file);
	got(mistakes_read(client, file));
	got(mistakes_read(client, event));
	got(mistakes_read(client, NULL));
	got(mistakes_read(client, INVALID_HANDLE_VALUE));
	CloseHandle(event);
}

/* ---- handlers ---- */

static void
answer(enum mistake how)
{
	uint32_t value;

	got(mistakes_answer(client, how, &value));
}

static void
wrong_handlers(void)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t value;

	mistake("a handler that returns CDRPC_OK without a reply");
	answer(ANSWERS_NOTHING);
	mistake("a handler that replies twice");
	answer(ANSWERS_TWICE);
	mistake("a handler that replies by another method's function");
	answer(ANSWERS_BY_ANOTHER);
	mistake("CDRPC_KEPT without cdrpc_call_keep()");
	answer(RETURNS_KEPT);
	mistake("CDRPC_OK after cdrpc_call_keep(), and a call with outputs that is completed without them");
	answer(KEEPS_AND_RETURNS_OK);
	answer(KEEPS_AND_COMPLETES_OK);
	mistake("a call that is kept and never answered; one that is answered CDRPC_E_ABANDONED");
	cdrpc_client_set_timeout(client, 300);
	answer(KEEPS_FOR_EVER);
	cdrpc_client_set_timeout(client, 0);
	answer(KEEPS_AND_DROPS);
	mistake("a handler that returns what is none of its errors: -3, 70000, 77, 77 of a method without errors, CDRPC_E_HANDLER; then one of them");
	answer(RETURNS_OS);
	answer(RETURNS_70000);
	answer(RETURNS_77);
	got(mistakes_plain(client, RETURNS_77));
	answer(RETURNS_HANDLER);
	answer(RETURNS_BAD);
	mistake("a reply over its bound, not UTF-8, NULL");
	echo("too long");
	echo("no UTF-8");
	echo("NULL");
	mistake("a reply with 9 items of 4, and with an item that holds a string over its bound");
	describe(&(struct mistakes_info){ .title = "nine" });
	describe(&(struct mistakes_info){ .title = "three" });
	mistake("a method without a handler");
	got(mistakes_keep(client, 0, &(uint32_t){ 0 }));
	mistake("a handler that does not return, the next call meanwhile, and when it has");
	cdrpc_client_set_timeout(client, 100);
	got(mistakes_hang(client));
	echo("hello");
	cdrpc_client_set_timeout(client, 0);
	proc_signal(helper);
	mistake("a server's thread that handles sent messages only, for seconds");
	ck_assert_int_eq(mistakes_answer_begin(client, HANDLES_SENT_MESSAGES, &pending), CDRPC_OK);
	echo("hello");
	got(mistakes_answer_finish(pending, &value));
	mistake("events: over limits.inline_max, not UTF-8; one that another thread emits is as good; a post without a function");
	answer(EMITS_TOO_MUCH);
	answer(EMITS_NO_UTF8);
	answer(EMITS_ON_ANOTHER_THREAD);
	mistake("_serve and cdrpc_server_start() twice");
	answer(SERVES_AGAIN);
	answer(STARTS_AGAIN);
}

/* ---- events without a message loop ---- */

static bool told;

static void
say_lost(void *self, const char *interface_name, const char *event_name)
{
	(void)self;
	(void)interface_name;
	say("  client, event_lost", event_name);
	told = true;
}

static void
say_ended(void *self, struct cdrpc_client *ended, cdrpc_status why)
{
	(void)self;
	(void)ended;
	say("  client, disconnected", cdrpc_status_name(why));
	told = true;
}

static void
pump_until_told(void)
{
	MSG message;

	while (!told && GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	told = false;
}

static void
on_said(void *self, const char *text_said)
{
	(void)self;
	(void)text_said;
}

static void
never_hears(const char *name)
{
	static const struct mistakes_events events = { .said = on_said };
	struct cdrpc_client *first = client;

	mistake("a client that listens and has no message loop; one that has it too late");
	options.event_lost = say_lost;
	ck_assert_int_eq(connect_to(name), CDRPC_OK);
	got(mistakes_listen(client, &events, NULL));
	answer(EMITS);
	cdrpc_client_free(client);
	ck_assert_int_eq(connect_to(name), CDRPC_OK);
	got(mistakes_listen(client, &events, NULL));
	answer(EMITS_MANY);
	pump_until_told();
	cdrpc_client_free(client);
	options.event_lost = NULL;
	client = first;
}

/* ---- threads, pending calls ---- */

static DWORD WINAPI
call_here(void *self)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t value;

	(void)self;
	got(mistakes_answer(client, RETURNS_BAD, &value));
	got(mistakes_answer_begin(client, RETURNS_BAD, &pending));
	got(mistakes_listen(client, NULL, NULL));
	return 0;
}

static DWORD WINAPI
run_here(void *self)
{
	got(cdrpc_server_run(self));
	return 0;
}

static void
on_thread(LPTHREAD_START_ROUTINE run, void *self)
{
	HANDLE thread = CreateThread(NULL, 0, run, self, 0, NULL);

	ck_assert_ptr_nonnull(thread);
	proc_await_handle(thread);
	CloseHandle(thread);
}

static void
wrong_threads(void)
{
	const struct cdrpc_server_options server_options = { .env = options.env };
	struct cdrpc_server *server = NULL;

	mistake("a client that is called on another thread");
	on_thread(call_here, NULL);
	mistake("a server that is run on another thread than it was started on");
	ck_assert_int_eq(cdrpc_server_new(NULL, &server_options, &server), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(server), CDRPC_OK);
	on_thread(run_here, server);
	cdrpc_server_free(server);
}

static HWND
make_window(void)
{
	return CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
}

static HANDLE window_made, window_seen;

static DWORD WINAPI
have_window(void *self)
{
	HWND window = make_window();

	*(HWND *)self = window;
	SetEvent(window_made);
	WaitForSingleObject(window_seen, INFINITE);
	DestroyWindow(window);
	return 0;
}

static void
use_window(HWND window, const char *name)
{
	struct cdrpc_server_options server_options = { .env = options.env, .window = window };
	struct cdrpc_server *server = NULL;

	ck_assert_int_eq(cdrpc_server_new(NULL, &server_options, &server), CDRPC_OK);
	got(cdrpc_server_start(server));
	got(cdrpc_server_run(server));
	cdrpc_server_free(server);
	options.window = window;
	got(connect_to(name));
	options.window = NULL;
}

static void
wrong_windows(const char *name)
{
	struct cdrpc_client *first = client;
	HWND window = make_window();
	HANDLE thread;

	mistake("options.window: one that was destroyed, another process's, another thread's; cdrpc_server_start, _run, cdrpc_client_connect");
	DestroyWindow(window);
	use_window(window, name);
	use_window(GetDesktopWindow(), name);
	window_made = CreateEventW(NULL, FALSE, FALSE, NULL);
	window_seen = CreateEventW(NULL, FALSE, FALSE, NULL);
	thread = CreateThread(NULL, 0, have_window, &window, 0, NULL);
	ck_assert(window_made && window_seen && thread);
	proc_await_handle(window_made);
	use_window(window, name);
	SetEvent(window_seen);
	proc_await_handle(thread);
	CloseHandle(thread);
	CloseHandle(window_made);
	CloseHandle(window_seen);
	client = first;
}

static void
wrong_finishes(void)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t value;

	mistake("_finish of another method, the right one, and once more");
	ck_assert_int_eq(mistakes_answer_begin(client, RETURNS_BAD, &pending), CDRPC_OK);
	got(mistakes_area_finish(pending, &value));
	got(mistakes_answer_finish(pending, &value));
	begin_file();
	got(mistakes_answer_finish(pending, &value));
	take_file();
}

static void
forgotten(const char *name)
{
	struct cdrpc_client *first = client;
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_buffer *buffer = NULL;
	struct cdrpc_reply reply = { 0 };
	const char *back;

	mistake("a reply and a buffer that are not freed, and a call that is not finished, when the client is freed; then in order");
	ck_assert_int_eq(connect_to(name), CDRPC_OK);
	got(mistakes_echo(client, "hello", &back, &reply));
	got(mistakes_answer_begin(client, KEEPS_FOR_EVER, &pending));
	got(cdrpc_buffer_new(client, 100, &buffer));
	cdrpc_client_free(client);
	cdrpc_buffer_free(buffer);
	got(mistakes_answer_finish(pending, &(uint32_t){ 0 }));
	cdrpc_reply_free(&reply);
	ck_assert_int_eq(connect_to(name), CDRPC_OK);
	got(mistakes_echo(client, "hello", &back, &reply));
	cdrpc_reply_free(&reply);
	cdrpc_client_free(client);
	client = first;
}

/* ---- interfaces that are not the same on both sides ---- */

static void
changed_interfaces(void)
{
	mistake("an interface that was changed: a longer input, another output, the next version's method, one that was there");
	mistakes_call_changed(client, got);
}

/* ---- the server's end ---- */

static void
ends_of_the_server(void)
{
	uint32_t value;

	mistake("calls that are kept and were never answered, when the server is freed");
	stop();
	start(MODE_SERVES);
	mistake("cdrpc_server_free() in a handler");
	got(mistakes_answer(client, FREES_THE_SERVER, &value));
	proc_await_handle(helper->process);
	cdrpc_client_free(client);
	client = NULL;
	stop();
	start(MODE_SERVES);
	mistake("a server that dies in a call, and the next call");
	echo("die");
	echo("hello");
	cdrpc_client_free(client);
	client = NULL;
	stop();
	mistake("a server that ends while nobody calls, and the next call");
	options.disconnected = say_ended;
	start(MODE_SERVES);
	proc_kill(helper);
	pump_until_told();
	echo("hello");
	cdrpc_client_free(client);
	client = NULL;
	stop();
}

START_TEST(what_people_are_told)
{
	static const struct cdrpc_env env = { .log = hear };
	char name[CDRPC_NAME_MAX + 1];

	options.env = &env;
	wrong_names();
	never_pumps();
	serves_nothing();
	start(MODE_SERVES);
	mistakes_name(name, helper->process_id);
	nearly_named(name);
	named_alike(name);
	policies(name);
	wrong_inputs();
	too_low_limits(name);
	wrong_handles();
	wrong_handlers();
	never_hears(name);
	wrong_threads();
	wrong_windows(name);
	wrong_finishes();
	forgotten(name);
	changed_interfaces();
	ends_of_the_server();
	golden_check(MISTAKES_GOLDEN, text, strlen(text));
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("mistakes");
	TCase *tcase = tcase_create("mistakes");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, what_people_are_told);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "server", mistakes_run_server }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
