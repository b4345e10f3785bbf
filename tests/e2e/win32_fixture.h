/* A port whose owner writes down what happens to it. */
#ifndef CDRPC_TESTS_WIN32_FIXTURE_H
#define CDRPC_TESTS_WIN32_FIXTURE_H

#include <stdbool.h>

#include <windows.h>

#include "base/system.h"
#include "check_main.h"

/* dwData of the library's frames, as PROTOCOL.md states it. */
#define FRAME_TAG 0x63647270u

struct recorder {
	struct cdrpc_env env;
	struct port *port;
	uint32_t frames;                /* received */
	window_id sender;               /* of the last one, as are the next four */
	const void *bytes_at;
	size_t size;
	uint8_t bytes[1 << 16];
	bool frame_in_message;
	uint32_t result;                /* what receiving returns */
	uint32_t bells;
	bool bell_in_message;
	uint32_t log_lines;
	char log[256];                  /* the last line */
	void (*on_frame)(struct recorder *recorder);
	void (*on_bell)(struct recorder *recorder);
};

/* Everything but on_frame, on_bell and result is set; the port belongs to the calling thread. */
cdrpc_status recorder_open(struct recorder *recorder, const char *service, cdrpc_window host);
void recorder_close(struct recorder *recorder);

/* "test.PART.PID" with the id of a process, so that tests that run at the same time do not meet. */
void service_name(char name[CDRPC_NAME_MAX + 1], const char *part, DWORD process_id);

/* Runs the thread's messages until *counter is at least 'value'; PROC_PATIENCE_MS without that fails the test. */
void pump_until(const volatile uint32_t *counter, uint32_t value);
/* Runs the messages that are there now. */
void pump_now(void);

/* Adds the tests, which end with NULL, to the suite. */
void add_case(Suite *suite, const char *name, const TTest *const *tests);

#endif
