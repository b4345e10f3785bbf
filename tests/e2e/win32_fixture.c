#include "win32_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/env.h"
#include "proc.h"

/* Inside of a message whose sender is blocked. */
static bool
in_message(void)
{
	return (InSendMessageEx(NULL) & (ISMEX_REPLIED | ISMEX_SEND)) == ISMEX_SEND;
}

static uint32_t
record_frame(void *owner, window_id sender, const void *bytes, size_t size)
{
	struct recorder *recorder = owner;

	recorder->frames++;
	recorder->sender = sender;
	recorder->bytes_at = bytes;
	recorder->size = size;
	if (size <= sizeof recorder->bytes && size > 0)
		memcpy(recorder->bytes, bytes, size);
	recorder->frame_in_message = in_message();
	if (recorder->on_frame)
		recorder->on_frame(recorder);
	return recorder->result;
}

static void
record_bell(void *owner)
{
	struct recorder *recorder = owner;

	recorder->bells++;
	recorder->bell_in_message = in_message();
	if (recorder->on_bell)
		recorder->on_bell(recorder);
}

static void
record_log(void *self, enum cdrpc_log_level level, const char *line)
{
	struct recorder *recorder = self;

	(void)level;
	recorder->log_lines++;
	snprintf(recorder->log, sizeof recorder->log, "%s", line);
	fprintf(stderr, "%s\n", line);
}

cdrpc_status
recorder_open(struct recorder *recorder, const char *service, cdrpc_window host)
{
	const struct cdrpc_env given = { .self = recorder, .log = record_log };
	struct port_options options = {
		.env = &recorder->env,
		.service = service,
		.host = host,
		.owner = recorder,
		.receive = record_frame,
		.bell = record_bell,
	};

	recorder->port = NULL;
	recorder->frames = recorder->bells = recorder->log_lines = 0;
	env_init(&recorder->env, &given);
	return port_new(&options, &recorder->port);
}

void
recorder_close(struct recorder *recorder)
{
	port_free(recorder->port);
	recorder->port = NULL;
}

void
service_name(char name[CDRPC_NAME_MAX + 1], const char *part, DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.%s.%lu", part, (unsigned long)process_id);
}

void
pump_now(void)
{
	MSG message;

	while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
		TranslateMessage(&message);
		DispatchMessageW(&message);
	}
}

void
pump_until(const volatile uint32_t *counter, uint32_t value)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	ULONGLONG now;

	pump_now();
	while (*counter < value && (now = GetTickCount64()) < end) {
		MsgWaitForMultipleObjectsEx(0, NULL, (DWORD)(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
		pump_now();
	}
	ck_assert_uint_ge(*counter, value);
}

void
add_case(Suite *suite, const char *name, const TTest *const *tests)
{
	TCase *tcase = tcase_create(name);

	while (*tests)
		tcase_add_test(tcase, *tests++);
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
}
