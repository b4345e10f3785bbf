#include "session/report.h"

#include <stdio.h>

#include "base/env.h"
#include "wire/writer.h"
#include "wire/wrong.h"

#define LOOKED_AT_MOST (UINT32_C(16) << 20)     /* bytes of body that are written again to find an argument behind them */

static bool
is_of_size(const struct cdrpc_wrong *wrong)
{
	switch ((enum wrong)wrong->what) {
	case WRONG_BYTES:
	case WRONG_UNITS:
	case WRONG_ITEMS:
	case WRONG_END:
	case WRONG_REST:
		return true;
	default:
		return false;
	}
}

/* "acme.mist.Mist.echo: reply 'back': " */
static void
tell_report(const struct report *report, const void *body, size_t size, const struct cdrpc_wrong *wrong, const char *reason)
{
	const char *members = body ? wrong_section(report->method, report->outputs) : NULL;
	const char *what = report->method->flags & CDRPC_METHOD_EVENT ? "event" : report->outputs ? "reply" : "input";
	char path[WRONG_PATH_SIZE], text[WRONG_TEXT_SIZE], quoted[WRONG_PATH_SIZE + 4] = "", from[64] = "";
	/* Of an interface that is another on the other side, a value may be taken for a size. */
	bool hides = report->process_id && (report->method->flags & CDRPC_METHOD_SECRET);
	char kind = '\0';
	int length = 0;

	wrong_path(members, report->iface->records, body, size, wrong, path, &kind);
	if (path[0])
		snprintf(quoted, sizeof quoted, " '%s'", path);
	if (report->process_id)
		length = snprintf(from, sizeof from, " of process %lu cannot be read", (unsigned long)report->process_id);
	if (report->process_id && !hides)
		snprintf(from + length, sizeof from - (size_t)length, ": at byte %llu", (unsigned long long)wrong->at);
	if (hides && is_of_size(wrong))
		snprintf(text, sizeof text, "a size that does not fit");
	else
		wrong_text(wrong, kind, text);
	env_log(report->env, report->process_id ? CDRPC_LOG_WARNING : CDRPC_LOG_ERROR, "%s.%s: %s%s%s: %s%s", report->iface->name,
		report->method->name, what, quoted, from, reason ? reason : text,
		report->process_id ? ". Has the interface been changed on one side?" : "");
}

bool
report_refused(struct cdrpc_writer *w, const struct report *report)
{
	size_t size = w->wrong.at;
	void *memory = NULL;

	if (w->round == WRITER_ROUND_OF_REFUSED) {
		tell_report(report, w->base, size, &w->wrong, w->status == CDRPC_OK ? "changed while it was written" : NULL);
		env_wipe(w->base, size);
		env_free(report->env, w->base);
		w->base = NULL;
		w->capacity = 0;
		/* It has been refused once, whatever it is by now. */
		w->status = CDRPC_E_ARGUMENT;
		return false;
	}
	/* The last is what cdrpc_buffer_send() has refused, and told. */
	if (!report->method || w->status != CDRPC_E_ARGUMENT || (w->wrong.what == WRONG_BYTES && w->wrong.is == UINT32_MAX))
		return false;
	if (size <= LOOKED_AT_MOST)
		memory = env_alloc(report->env, size + 1);
	if (memory)
		writer_restart_in(w, memory, size);
	else
		tell_report(report, NULL, 0, &w->wrong, NULL);
	return memory != NULL;
}

void
report_too_large(const struct report *report, uint64_t size, uint64_t limit, const char *name)
{
	if (report->method)
		env_log(report->env, CDRPC_LOG_ERROR, "%s.%s: %s: %llu bytes in all, %s %llu", report->iface->name, report->method->name,
			report->method->flags & CDRPC_METHOD_EVENT ? "event" : report->outputs ? "reply" : "request",
			(unsigned long long)size, name, (unsigned long long)limit);
}

void
report_handle(const struct report *report, const void *body, size_t size, uint32_t number, const char *reason)
{
	struct cdrpc_wrong wrong = { .what = WRONG_HANDLE, .is = number };

	tell_report(report, body, size, &wrong, reason);
}

void
report_unreadable(const struct report *report, const struct cdrpc_reader *r, const void *body, size_t size)
{
	if (r->status == CDRPC_E_DECODE)
		tell_report(report, body, size, &r->wrong, NULL);
}
