/* Events as an application emits them: written once, and put into every session that has subscribed. */
#include <string.h>

#include "base/env.h"
#include "events/events.h"
#include "session/endpoint.h"
#include "session/mail.h"
#include "session/report.h"
#include "session/resident.h"
#include "session/trace.h"
#include "wire/writer.h"

/* An event that is being written: once, whoever many listen. */
struct emission {
	struct mail mail;               /* first: other workers of the service get copies */
	struct endpoint *endpoint;      /* a reference, while it is being written; where it is to be emitted, while it is posted */
	struct session *to;             /* NULL: all; a reference, while it is posted */
	const struct cdrpc_interface *iface;
	const struct cdrpc_method *method;
	struct frame frame;
	uint64_t bytes[];               /* room for a header, then the body */
};

static struct report
report_of_event(const struct emission *emission)
{
	return (struct report){ .env = &emission->endpoint->env, .iface = emission->iface, .method = emission->method };
}

static bool
event_refused(struct cdrpc_writer *w)
{
	struct report report = report_of_event((const struct emission *)w->target);

	return report_refused(w, &report);
}

cdrpc_status
emit_begin(struct cdrpc_writer *w, struct endpoint *endpoint, struct cdrpc_peer *to, const struct cdrpc_interface *iface, uint32_t index)
{
	uint32_t room = endpoint->limits.inline_max;
	struct emission *emission = env_alloc(&endpoint->env, sizeof *emission + FRAME_HEADER_SIZE + room);

	if (!emission) {
		endpoint_unref(endpoint);
		return CDRPC_E_NOMEM;
	}
	emission->endpoint = endpoint;
	emission->to = to ? session_of(to) : NULL;
	emission->iface = iface;
	emission->method = &iface->methods[index];
	cdrpc_writer_init(w, (uint8_t *)emission->bytes + FRAME_HEADER_SIZE, room, NULL, emission);
	w->refused = event_refused;
	return CDRPC_OK;
}

static void
emit(struct session *session, struct emission *emission)
{
	const struct frame *frame = &emission->frame;
	enum put_how how = emission->method->flags & CDRPC_METHOD_COALESCE ? PUT_LATEST : PUT_QUEUED;

	if (session_state(session) != SESSION_OPEN || !events_subscription(session, frame->interface_id, frame->method))
		return;
	/* Anybody may subscribe. */
	if (!policy_admits_to(emission->iface, &session->peer.facts))
		return;
	if (event_put(session, frame, (uint8_t *)emission->bytes + FRAME_HEADER_SIZE, how))
		atomic_u64_add(&session->endpoint->counters.events, 1);
	else
		event_note_lost(session, frame->interface_id, frame->method);
}

/* The blob area comes behind the body, if there is room. */
static cdrpc_status
complete_emission(const struct cdrpc_writer *w, struct emission *emission)
{
	if (w->status != CDRPC_OK)
		return w->status;
	if (frame_padded(w->at) + w->blob_size > emission->endpoint->limits.inline_max)
		return CDRPC_E_TOO_LARGE;
	if (w->blob_size)
		writer_store_blobs(w, w->base);
	emission->frame = (struct frame){
		.interface_id = emission->iface->id, .interface_version = emission->iface->version, .method = emission->method->ordinal,
		.body_size = (uint32_t)w->at, .blob_size = (uint32_t)w->blob_size,
	};
	return CDRPC_OK;
}

static void
emit_to_all(struct endpoint *endpoint, struct emission *emission)
{
	struct session *session;

	for (session = endpoint->sessions.first; session; session = session->next)
		emit(session, emission);
}

static void
emission_read(struct endpoint *endpoint, struct mail *mail)
{
	emit_to_all(endpoint, (struct emission *)mail);
	env_free(&endpoint->env, mail);
}

static struct mail *
emission_copy(void *self)
{
	const struct emission *emission = (const struct emission *)self;
	size_t size = sizeof *emission + FRAME_HEADER_SIZE + frame_padded(emission->frame.body_size) +
		      emission->frame.blob_size;
	struct emission *copy = env_alloc(&emission->endpoint->env, size);

	if (!copy)
		return NULL;
	memcpy(copy, emission, size);
	copy->mail.read = emission_read;
	copy->mail.anyones_us = 0;
	copy->endpoint = NULL;
	return &copy->mail;
}

/* On the endpoint's thread. */
static void
emit_here(struct endpoint *endpoint, struct emission *emission)
{
	if (emission->to) {
		emit(emission->to, emission);
		return;
	}
	emit_to_all(endpoint, emission);
	mail_tell_others(endpoint, emission_copy, emission);
}

static void
emission_free(struct emission *emission)
{
	session_unref(emission->to);
	env_free(&emission->endpoint->env, emission);
}

/* What was posted; the endpoint outlives that. */
static void
emission_posted(void *self, cdrpc_status status)
{
	struct emission *emission = (struct emission *)self;
	struct endpoint *endpoint = endpoint_ref(emission->endpoint);

	if (status == CDRPC_OK)
		emit_here(endpoint, emission);
	emission_free(emission);
	endpoint_unref(endpoint);
}

static cdrpc_status
emit_at(struct endpoint *endpoint, struct emission *emission)
{
	struct emission *copy;
	cdrpc_status status;

	if (endpoint_on_thread(endpoint)) {
		emit_here(endpoint, emission);
		return CDRPC_OK;
	}
	copy = (struct emission *)emission_copy(emission);
	if (!copy)
		return CDRPC_E_NOMEM;
	copy->endpoint = endpoint;
	if (copy->to)
		session_ref(copy->to);
	status = posts_add(endpoint, NULL, emission_posted, copy);
	if (status != CDRPC_OK)
		emission_free(copy);
	return status;
}

cdrpc_status
cdrpc_event_send(struct cdrpc_writer *w)
{
	struct emission *emission = (struct emission *)w->target;
	struct endpoint *endpoint;
	struct report report;
	cdrpc_status status;

	if (!emission)
		return w->status;
	endpoint = emission->endpoint;
	status = complete_emission(w, emission);
	if (status == CDRPC_E_TOO_LARGE) {
		report = report_of_event(emission);
		report_too_large(&report, frame_padded(w->at) + w->blob_size, endpoint->limits.inline_max, "limits.inline_max");
	}
	if (status == CDRPC_OK)
		status = emit_at(emission->to ? emission->to->endpoint : endpoint, emission);
	env_free(&endpoint->env, emission);
	endpoint_unref(endpoint);
	return status;
}
