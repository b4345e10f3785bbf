/* The process that the mistakes are made with, and what both processes say. */
#ifndef CDRPC_TESTS_MISTAKES_SERVER_H
#define CDRPC_TESTS_MISTAKES_SERVER_H

#include "mistakes.h"
#include "proc.h"

/* Words of struct proc. */
enum {
	MISTAKES_MODE,
	MISTAKES_TEXT           /* what the server has said, a string, from here to the end */
};

enum mistakes_mode {
	MODE_SERVES,
	MODE_SERVES_NOTHING,
	MODE_NEVER_PUMPS
};

/* What the handler of answer() does wrong, or of plain() or keep(). */
enum mistake {
	ANSWERS_NOTHING,
	ANSWERS_TWICE,
	ANSWERS_BY_ANOTHER,
	RETURNS_KEPT,
	KEEPS_AND_RETURNS_OK,
	KEEPS_AND_COMPLETES_OK,
	KEEPS_FOR_EVER,
	KEEPS_AND_DROPS,
	RETURNS_OS,
	RETURNS_70000,
	RETURNS_77,
	RETURNS_BAD,
	RETURNS_HANDLER,
	HANDLES_SENT_MESSAGES,          /* only, until that is in the log */
	EMITS,
	EMITS_MANY,
	EMITS_TOO_MUCH,
	EMITS_NO_UTF8,
	EMITS_ON_ANOTHER_THREAD,
	FREES_THE_SERVER,
	SERVES_AGAIN,
	STARTS_AGAIN
};

/* Appends a line of the log, process and thread ids masked. */
void mistakes_put(char *text, size_t size, const char *who, enum cdrpc_log_level level, const char *line);
void mistakes_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id);
int mistakes_run_server(struct proc *starter);
/* Calls what mistakes_changed.cdidl says that the server has, whose names are those of the same module, so that it has a file of its own. */
void mistakes_call_changed(struct cdrpc_client *client, void (*got)(cdrpc_status status));

#endif
