#include "mistakes_server.h"

#include <stdio.h>
#include <string.h>

static struct cdrpc_server *server;
static struct proc *starter;
static char *said;
static const size_t said_size = (PROC_WORDS - MISTAKES_TEXT) * sizeof(uint64_t);

static void
mask(char *line, const char *before)
{
	size_t length = strlen(before), digits;
	char *at = line;

	while ((at = strstr(at, before)) != NULL) {
		at += length;
		digits = strspn(at, "0123456789abcdefABCDEF");
		if (digits == 0 || (at[0] > '9' && before[length - 1] != 'x'))
			continue;
		*at = '*';
		memmove(at + 1, at + digits, strlen(at + digits) + 1);
	}
}

void
mistakes_put(char *text, size_t size, const char *who, enum cdrpc_log_level level, const char *line)
{
	static const char *const levels[] = { "?", "error", "warning", "note" };
	char masked[600];
	size_t used = strlen(text);

	snprintf(masked, sizeof masked, "%s", line);
	mask(masked, "process ");
	mask(masked, "thread ");
	mask(masked, "test.mistakes-");
	mask(masked, "waited for ");
	mask(masked, "message 0x");
	mask(masked, "window ");
	proc_check(used + strlen(masked) + 40 < size);
	snprintf(text + used, size - used, "%s %s: %s\n", who, levels[level <= CDRPC_LOG_NOTE ? level : 0], masked);
}

void
mistakes_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.mistakes-%lu", (unsigned long)process_id);
}

static void
hear(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	mistakes_put(said, said_size, "  server", level, line);
}

/* What a function has returned. */
static cdrpc_status
got(const char *function, cdrpc_status status)
{
	size_t used = strlen(said);

	snprintf(said + used, said_size - used, "  server: %s: %s\n", function, cdrpc_status_name(status));
	return status;
}

static cdrpc_status
on_echo(struct cdrpc_call *call, void *self, const char *text)
{
	char long_text[200];

	(void)self;
	if (strcmp(text, "too long") == 0) {
		memset(long_text, 'x', 199);
		long_text[199] = '\0';
		return got("reply", mistakes_echo_reply(call, long_text));
	}
	if (strcmp(text, "no UTF-8") == 0)
		return got("reply", mistakes_echo_reply(call, "caf\xe9"));
	if (strcmp(text, "NULL") == 0)
		return got("reply", mistakes_echo_reply(call, NULL));
	if (strcmp(text, "die") == 0)
		TerminateProcess(GetCurrentProcess(), 7);
	return mistakes_echo_reply(call, text);
}

static cdrpc_status
on_area(struct cdrpc_call *call, void *self, const struct mistakes_size *size)
{
	(void)self;
	return mistakes_area_reply(call, size->width * size->height);
}

static cdrpc_status
on_paint(struct cdrpc_call *call, void *self, mistakes_colour_t colour)
{
	(void)call;
	(void)self;
	(void)colour;
	return CDRPC_OK;
}

static cdrpc_status
on_describe(struct cdrpc_call *call, void *self, const struct mistakes_info *info)
{
	struct mistakes_info infos[9];
	uint32_t i;

	(void)self;
	for (i = 0; i < 9; i++)
		infos[i] = *info;
	if (strcmp(info->title, "two") == 0)
		return mistakes_describe_reply(call, infos, 2);
	infos[2].title = "a title that is too long";
	return got("reply", mistakes_describe_reply(call, infos, strcmp(info->title, "nine") == 0 ? 9 : 3));
}

static cdrpc_status
on_store(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return mistakes_store_reply(call, data.size);
}

static DWORD WINAPI
emit_here(void *self)
{
	(void)self;
	got("emit", mistakes_emit_said(server, NULL, "hello"));
	return 0;
}

static void
emit_on_another_thread(void)
{
	HANDLE thread = CreateThread(NULL, 0, emit_here, NULL, 0, NULL);

	proc_check(thread != NULL);
	WaitForSingleObject(thread, INFINITE);
	CloseHandle(thread);
}

static void
handle_sent_messages(void)
{
	MSG message;

	while (!strstr(said, "work has waited")) {
		MsgWaitForMultipleObjects(0, NULL, FALSE, 100, QS_SENDMESSAGE);
		PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
	}
}

/* More than may wait. */
static void
emit_many(void)
{
	int i;

	for (i = 0; i < 300; i++)
		proc_check(mistakes_emit_said(server, NULL, "hello") == CDRPC_OK);
}

static cdrpc_status
emit_too_much(void)
{
	static char text[200000];

	memset(text, 'e', sizeof text - 1);
	return got("emit", mistakes_emit_said(server, NULL, text));
}

static const struct mistakes_handlers handlers;

static cdrpc_status
on_answer(struct cdrpc_call *call, void *self, uint32_t how)
{
	cdrpc_status status;

	(void)self;
	switch ((enum mistake)how) {
	case ANSWERS_NOTHING:
		return CDRPC_OK;
	case ANSWERS_TWICE:
		status = got("reply", mistakes_answer_reply(call, 1));
		got("reply", mistakes_answer_reply(call, 2));
		return status;
	case ANSWERS_BY_ANOTHER:
		return got("reply", mistakes_area_reply(call, 1));
	case RETURNS_KEPT:
		return CDRPC_KEPT;
	case KEEPS_AND_RETURNS_OK:
		cdrpc_call_keep(call);
		return CDRPC_OK;
	case KEEPS_AND_COMPLETES_OK:
		cdrpc_call_keep(call);
		got("complete", cdrpc_call_complete(call, CDRPC_OK));
		return CDRPC_KEPT;
	case KEEPS_FOR_EVER:
		return cdrpc_call_keep(call);
	case KEEPS_AND_DROPS:
		cdrpc_call_keep(call);
		got("complete", cdrpc_call_complete(call, CDRPC_E_ABANDONED));
		return CDRPC_KEPT;
	case RETURNS_OS:
		return CDRPC_E_OS;
	case RETURNS_70000:
		return 70000;
	case RETURNS_77:
		return 77;
	case RETURNS_BAD:
		return MISTAKES_TROUBLE_BAD;
	case RETURNS_HANDLER:
		return CDRPC_E_HANDLER;
	case HANDLES_SENT_MESSAGES:
		handle_sent_messages();
		break;
	case EMITS:
		got("emit", mistakes_emit_said(server, NULL, "hello"));
		break;
	case EMITS_MANY:
		emit_many();
		break;
	case EMITS_TOO_MUCH:
		emit_too_much();
		break;
	case EMITS_NO_UTF8:
		got("emit", mistakes_emit_said(server, NULL, "caf\xe9"));
		break;
	case EMITS_ON_ANOTHER_THREAD:
		emit_on_another_thread();
		got("post", cdrpc_server_post(server, NULL, NULL));
		break;
	case FREES_THE_SERVER:
		cdrpc_server_free(server);
		server = NULL;
		break;
	case SERVES_AGAIN:
		got("serve", mistakes_serve(server, &handlers, NULL));
		break;
	case STARTS_AGAIN:
		got("start", cdrpc_server_start(server));
		break;
	default:
		break;
	}
	return mistakes_answer_reply(call, 0);
}

static cdrpc_status
on_plain(struct cdrpc_call *call, void *self, uint32_t how)
{
	(void)call;
	(void)self;
	return how == RETURNS_77 ? 77 : CDRPC_OK;
}

static cdrpc_status
on_unlock(struct cdrpc_call *call, void *self, const char *key, mistakes_colour_t colour)
{
	(void)call;
	(void)self;
	(void)key;
	(void)colour;
	return CDRPC_OK;
}

static cdrpc_status
on_read(struct cdrpc_call *call, void *self, cdrpc_handle file)
{
	(void)call;
	(void)self;
	(void)file;
	return CDRPC_OK;
}

/* Handles no messages, until the starter signals. */
static cdrpc_status
on_hang(struct cdrpc_call *call, void *self)
{
	(void)call;
	(void)self;
	WaitForSingleObject(starter->event_in, INFINITE);
	return CDRPC_OK;
}

static void
on_stop(struct cdrpc_call *call, void *self)
{
	(void)call;
	(void)self;
	cdrpc_server_stop(server);
}

static const struct mistakes_handlers handlers = {
	.echo = on_echo,         .area = on_area,   .paint = on_paint, .describe = on_describe, .store = on_store, .answer = on_answer,
	.plain = on_plain, .read = on_read,   .unlock = on_unlock, .hang = on_hang,     .stop = on_stop,
};

int
mistakes_run_server(struct proc *who)
{
	static const struct cdrpc_env env = { .log = hear };
	const struct cdrpc_server_options options = { .env = &env };
	char name[CDRPC_NAME_MAX + 1];
	enum mistakes_mode mode;

	starter = who;
	proc_await(starter);
	mode = (enum mistakes_mode)starter->words[MISTAKES_MODE];
	said = (char *)(uintptr_t)&starter->words[MISTAKES_TEXT];
	mistakes_name(name, GetCurrentProcessId());
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	if (mode != MODE_SERVES_NOTHING)
		proc_check(mistakes_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	if (mode == MODE_NEVER_PUMPS) {
		WaitForSingleObject(starter->event_in, INFINITE);
	} else {
		proc_check(cdrpc_server_run(server) == CDRPC_OK);
		cdrpc_server_free(server);
	}
	return 0;
}
