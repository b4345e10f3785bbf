#include "message/release.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "base/fault.h"
#include "message/outbox.h"
#include "session/endpoint.h"
#include "session/handles.h"
#include "session/trace.h"

#define RETRY_SEND_MS   20      /* a window that does not take it at once is not waited for */
#define PATIENCE_MS     2000    /* then it waits until the peer shows up */

struct release {
	struct sender_job job;          /* first: the sender gives it back */
	struct release *next;           /* the session's list, under the endpoint's lock */
	struct session *session;        /* a reference */
	struct section section;         /* ours, kept open while the peer may still want to duplicate it */
	struct frame about;
	struct frame frame;             /* the question */
	uint32_t copies;                /* as the outbox's */
	uint64_t until_us;              /* until when it is asked again and again */
	uint8_t bytes[FRAME_HEADER_SIZE];
};

static void release_done(struct sender_job *job, const struct send_outcome *outcome);

static void
release_free(struct release *release)
{
	struct session *session = release->session;

	section_done(&release->section);
	handles_withdraw(&release->about, release->copies);
	atomic_u32_sub(&session->messages->asked, 1);
	env_free(&session->endpoint->env, release);
	session_unref(session);
}

static void
post(struct release *release, uint32_t timeout_ms)
{
	struct session *session = release->session;

	release->job.to = session->peer.window;
	release->job.bytes = release->bytes;
	release->job.size = FRAME_HEADER_SIZE;
	release->job.timeout_ms = timeout_ms;
	release->job.done = release_done;
	release->job.last = endpoint_is_slow(session);
	endpoint_post_job(session->endpoint, &release->job);
}

static void
ask(struct release *release)
{
	release->until_us = deadline_in(PATIENCE_MS);
	post(release, REPLY_SEND_MS);
}

/* False: the session has ended, and with it what could still be told. */
static bool
park(struct release *release)
{
	struct session *session = release->session;
	bool parked = false;

	lock_take(&session->endpoint->lock);
	if (session_state(session) != SESSION_ENDED) {
		release->next = session->messages->releases;
		session->messages->releases = release;
		parked = true;
	}
	lock_drop(&session->endpoint->lock);
	return parked;
}

static void
release_done(struct sender_job *job, const struct send_outcome *outcome)
{
	struct release *release = (struct release *)job;
	struct session *session = release->session;
	cdrpc_status status = outcome->answered ? frame_result_status(FRAME_RELEASE, NULL, outcome->result) : CDRPC_E_TIMEOUT;

	trace_write(session->endpoint, &(struct trace_line){ .direction = TRACE_OUT, .frame = &release->frame,
							     .route = CDRPC_ROUTE_MESSAGE, .size = FRAME_HEADER_SIZE,
							     .status = status });
	if (outcome->answered)
		fault_point(FAULT_POSTED, FRAME_RELEASE);
	if (outcome->answered && outcome->result != FRAME_RESULT_NONE) {
		/* Refused as unseen, and from now on it never will be seen: the handles are untouched. */
		if (outcome->result == frame_result_refused(CDRPC_E_EXPIRED))
			handles_take_back(session, &release->about);
	} else if (endpoint_posts_again(session, job, outcome, release->until_us)) {
		post(release, RETRY_SEND_MS);
		return;
	} else if (!peer_has_ended(&session->peer) && park(release)) {
		return;
	}
	release_free(release);
}

void
release_post(struct outbox *outbox)
{
	struct session *session = outbox->session;
	struct release *release = env_alloc(&session->endpoint->env, sizeof *release);

	if (!release)
		return;
	memset(release, 0, sizeof *release);
	release->session = session_ref(session);
	atomic_u32_add(&session->messages->asked, 1);
	release->about = outbox->frame;
	release->section = outbox->place.section;
	memset(&outbox->place.section, 0, sizeof outbox->place.section);
	section_unmap(&release->section);
	release->copies = outbox->copies;
	outbox->copies = 0;
	session_frame(session, FRAME_RELEASE, &release->frame);
	release->frame.txn = outbox->frame.txn;
	if (outbox->frame.type == FRAME_REPLY)
		release->frame.flags |= FRAME_FLAG_OF_REPLY;
	frame_arrange(&release->frame, 0);
	frame_encode(&release->frame, release->bytes);
	ask(release);
}

static struct release *
parked(struct session *session)
{
	struct release *first;

	lock_take(&session->endpoint->lock);
	first = session->messages->releases;
	session->messages->releases = NULL;
	lock_drop(&session->endpoint->lock);
	return first;
}

void
release_resume(struct session *session)
{
	struct release *release, *next;

	for (release = parked(session); release; release = next) {
		next = release->next;
		ask(release);
	}
}

void
release_drop(struct session *session)
{
	struct release *release, *next;

	for (release = parked(session); release; release = next) {
		next = release->next;
		release_free(release);
	}
}
