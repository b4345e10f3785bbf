#include "calls/mistakes.h"

#include <stdio.h>

#include "base/env.h"
#include "base/pool.h"
#include "calls/call.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "session/client.h"
#include "session/endpoint.h"
#include "session/report.h"
#include "wire/wrong.h"

#define NAME_SIZE 32

/* "CDRPC_E_OS", or the number. */
static const char *
status_text(cdrpc_status status, char ret_text[NAME_SIZE])
{
	if (status <= 0)
		return status == CDRPC_KEPT ? "CDRPC_KEPT" : cdrpc_status_name(status);
	snprintf(ret_text, NAME_SIZE, "%ld", (long)status);
	return ret_text;
}

void
mistake_in_calling(const struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_method *method,
		   cdrpc_status status)
{
	uint16_t version;

	/* After any other status the client may be gone: freed where it was looked for another session. */
	switch (status) {
	case CDRPC_E_WRONG_THREAD:
		endpoint_wrong_thread(client->endpoint, iface->name, method->name);
		break;
	case CDRPC_E_NO_INTERFACE:
		env_log(&client->endpoint->env, CDRPC_LOG_ERROR, "%s.%s: the server does not serve this interface", iface->name, method->name);
		break;
	case CDRPC_E_VERSION:
		/* Else it is the protocol's, of a server that was looked for anew. */
		version = session_interface_version(client->session, iface->id);
		if (version != 0 && version < method->since)
			env_log(&client->endpoint->env, CDRPC_LOG_ERROR, "%s.%s: since version %u of the interface; the server has version %u",
				iface->name, method->name, (unsigned)method->since, (unsigned)version);
		break;
	default:
		break;
	}
}

/* What has arrived is over one of ours. */
static void
tell_limit(const struct report *report, const struct cdrpc_limits *limits, bool of_body)
{
	env_log(report->env, CDRPC_LOG_WARNING, "%s.%s: %s of process %lu is refused: %s %lu bytes", report->iface->name, report->method->name,
		report->outputs ? "reply" : "request", (unsigned long)report->process_id,
		of_body ? "it is over limits.body_max," : "to decode it takes more than limits.decode_max,",
		(unsigned long)(of_body ? limits->body_max : limits->decode_max));
}

void
mistake_in_reply(const struct cdrpc_pending *pending, const struct cdrpc_reader *r)
{
	const struct session *session = pending->session;
	const struct cdrpc_env *env = &session->endpoint->env;
	struct report report = { env, pending->iface, pending->method, true, session->peer.facts.process_id };

	if (!pending->iface)
		return;
	if (r->status == CDRPC_E_TOO_LARGE)
		tell_limit(&report, &session->endpoint->limits, pending->status == CDRPC_E_TOO_LARGE);
	else if (r->status == CDRPC_E_BAD_REQUEST)
		env_log(env, CDRPC_LOG_ERROR, "%s.%s: the server (process %lu) cannot read the request, and its log says what of it: has the "
			"interface been changed on one side?",
			pending->iface->name, pending->method->name, (unsigned long)session->peer.facts.process_id);
	else if (r->status == CDRPC_E_DECODE && pending->incoming)
		report_unreadable(&report, r, pending->incoming->body, pending->incoming->body_size);
	else if (r->status == CDRPC_E_DECODE)
		report_unreadable(&report, r, NULL, 0);
}

void
mistake_in_finishing(const struct cdrpc_pending *pending, const struct cdrpc_method *method)
{
	env_log(&pending->session->endpoint->env, CDRPC_LOG_ERROR, "%s.%s: the pending call of this method was passed to the _finish of '%s'",
		pending->iface->name, pending->method->name, method->name);
}

static void
tell_mistake(const struct cdrpc_call *call, enum cdrpc_log_level level, const char *text)
{
	env_log(&call->session->endpoint->env, level, "%s.%s: %s", call->service->iface->name, call_method(call)->name, text);
}

static bool
is_awaited(const struct cdrpc_call *call)
{
	return !atomic_bool_load(&call->cancelled) && session_state(call->session) != SESSION_ENDED;
}

void
mistake_in_handler(const struct cdrpc_call *call, cdrpc_status status, cdrpc_status sent, const char *whence)
{
	char name[NAME_SIZE], set[WRONG_PATH_SIZE], text[WRONG_PATH_SIZE + 128];
	const char *told = status_text(status, name);

	if (status > 0 && sent == status) {
		/* It goes to the peer as it is, who may be of a newer version. */
		if (!wrong_error(call_method(call), status, set))
			return;
		snprintf(text, sizeof text, set[0] ? "%s %s, which %s does not have" : "%s %s, and the method declares no errors%s", whence,
			 told, set);
	} else if (status == CDRPC_E_NOT_IMPLEMENTED) {
		snprintf(text, sizeof text, "there is no handler, or it returned CDRPC_E_NOT_IMPLEMENTED");
	} else if (status == CDRPC_E_ABANDONED) {
		if (is_awaited(call))
			tell_mistake(call, CDRPC_LOG_WARNING, "answered CDRPC_E_ABANDONED, as by a cdrpc::kept_call that is dropped unanswered");
		return;
	} else if (sent != CDRPC_E_HANDLER || (status != CDRPC_OK && (uint32_t)status == atomic_u32_load(&call->refused))) {
		/* The same; or a reply was refused, which is in the log, and this is the status of that. */
		return;
	} else if (status == CDRPC_OK) {
		snprintf(text, sizeof text, "%s CDRPC_OK without a reply: outputs are sent by the method's _reply function", whence);
	} else if (status == CDRPC_KEPT) {
		snprintf(text, sizeof text, "%s CDRPC_KEPT without cdrpc_call_keep()", whence);
	} else if (status > 0) {
		snprintf(text, sizeof text, "%s %s: errors are 1 to 65535", whence, told);
	} else if (status == CDRPC_E_HANDLER) {
		snprintf(text, sizeof text, "%s CDRPC_E_HANDLER", whence);
	} else {
		snprintf(text, sizeof text, "%s %s, which has a meaning on this side only: CDRPC_OK, CDRPC_KEPT or an error of the method is returned", whence, told);
	}
	tell_mistake(call, CDRPC_LOG_ERROR, text);
}

void
mistake_in_inputs(const struct cdrpc_call *call, const struct cdrpc_reader *r)
{
	const struct session *session = call->session;
	struct report report = { &session->endpoint->env, call->service->iface, call_method(call), false, session->peer.facts.process_id };

	if (r->status == CDRPC_E_TOO_LARGE)
		tell_limit(&report, &session->endpoint->limits, false);
	else
		report_unreadable(&report, r, call->incoming->body, call->incoming->body_size);
}

void
mistake_in_time(const struct cdrpc_call *call, bool answered)
{
	if (!is_awaited(call))
		return;
	tell_mistake(call, CDRPC_LOG_WARNING, answered ? "answered after its caller had given up" :
						 "kept, and not answered in time: its caller gets CDRPC_E_ABANDONED");
}

void
mistake_in_request(const struct session *session, const struct frame *frame, cdrpc_status status, const char *reason)
{
	const struct endpoint *endpoint = session->endpoint;
	const struct service *service = registry_find(&endpoint->registry, frame->interface_id);
	unsigned long process = session->peer.facts.process_id;
	uint32_t index;

	if (status == CDRPC_E_REMOTE_LIMIT && !reason)
		reason = "over limits.body_max";
	switch (status) {
	case CDRPC_E_STOPPING:
	case CDRPC_E_EXPIRED:
	case CDRPC_E_DUPLICATE:
		return;
	default:
		break;
	}
	if (!service) {
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "a call of process %lu is refused: %s: no interface of id 0x%016llx is served", process,
			cdrpc_status_name(status), (unsigned long long)frame->interface_id);
		return;
	}
	index = registry_method(service->iface, frame->method);
	if (index == service->iface->method_count)
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "%s: a call of process %lu is refused: %s: no method of ordinal %u", service->iface->name,
			process, cdrpc_status_name(status), (unsigned)frame->method);
	else
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "%s.%s: a call of process %lu is refused: %s%s%s", service->iface->name,
			service->iface->methods[index].name, process, cdrpc_status_name(status), reason ? ": " : "", reason ? reason : "");
}

void
mistake_in_freeing(struct endpoint *endpoint, const char *function)
{
	unsigned long replies = pool_held(endpoint->pool), kept = 0;
	char first[WRONG_PATH_SIZE] = "";
	const struct cdrpc_call *call;

	lock_take(&endpoint->lock);
	for (call = endpoint->calls->kept; call; call = call->next_kept) {
		/* It is the last in the list. */
		if (!call->next_kept)
			snprintf(first, sizeof first, "%s.%s", call->service->iface->name, call_method(call)->name);
		kept++;
	}
	lock_drop(&endpoint->lock);
	if (kept > 0)
		env_log(&endpoint->env, CDRPC_LOG_NOTE, "%s: calls kept and not answered: %lu, the first of them %s. Each leaks until it is "
			"answered", function, kept, first);
	if (replies > 0)
		env_log(&endpoint->env, CDRPC_LOG_NOTE, "%s: replies not given to cdrpc_reply_free(): %lu. Each leaks until it is", function,
			replies);
}
