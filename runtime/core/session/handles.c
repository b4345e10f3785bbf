#include "session/handles.h"

#include <string.h>

#include "session/endpoint.h"
#include "session/session.h"

static bool
push_fails(const struct session *session)
{
	const struct endpoint_hooks *hooks = &session->endpoint->hooks;

	return hooks->push_fails && hooks->push_fails(hooks->self);
}

static cdrpc_status
offer_handle(const struct session *session, const struct cdrpc_handle_item *item, bool push, uint64_t *ret_value)
{
	enum cdrpc_handle_kind kind = (enum cdrpc_handle_kind)item->kind;
	cdrpc_handle copy = NULL;
	cdrpc_status status;

	if (push && push_fails(session))
		return CDRPC_E_OS;
	if (push)
		return handle_push(item->handle, kind, item->rights, session->peer.process, ret_value);
	status = handle_copy(&session->endpoint->env, item->handle, kind, item->rights, &copy);
	if (status == CDRPC_OK)
		*ret_value = (uint64_t)(uintptr_t)copy;
	return status;
}

static cdrpc_status
offer_section(const struct session *session, const struct section *section, bool push, uint64_t *ret_value)
{
	if (push && push_fails(session))
		return CDRPC_E_OS;
	if (push)
		return section_push(section, session->peer.process, ret_value);
	*ret_value = (uint64_t)(uintptr_t)section->handle;
	return CDRPC_OK;
}

static cdrpc_status
offer(const struct session *session, const struct section *section, const struct cdrpc_handle_item *items, uint32_t count,
      bool push, struct frame *frame)
{
	struct frame_handle *named = &frame->handles[frame->handle_count - count];
	cdrpc_status status = CDRPC_OK;
	uint32_t i;

	for (i = 0; i < count && status == CDRPC_OK; i++) {
		named[i].kind = items[i].kind;
		named[i].rights = items[i].rights;
		status = offer_handle(session, &items[i], push, &named[i].value);
	}
	if (status != CDRPC_OK)
		i--;
	else if (section)
		status = offer_section(session, section, push, &frame->section_handle);
	if (status == CDRPC_OK) {
		frame->flags |= push ? FRAME_FLAG_PUSHED : 0;
		return CDRPC_OK;
	}
	while (i > 0) {
		i--;
		if (push)
			handle_take_back(session->peer.process, named[i].value);
		else
			handle_close((cdrpc_handle)(uintptr_t)named[i].value);
	}
	return status;
}

cdrpc_status
handles_attach(const struct session *session, const struct section *section, const struct cdrpc_handle_item *items,
	      uint32_t count, struct frame *frame)
{
	/* What the peer fetches by itself cannot be left behind in a peer that never looked. */
	bool push = !session->peer.may_pull;
	cdrpc_status status;

	if (count == 0 && !section)
		return CDRPC_OK;
	if (push && !session->peer.may_push)
		return CDRPC_E_NOT_AVAILABLE;
	status = offer(session, section, items, count, push, frame);
	if (status == CDRPC_E_OS && peer_has_ended(&session->peer))
		status = CDRPC_E_PEER_DIED;
	return status;
}

void
handles_take_back(const struct session *session, const struct frame *frame)
{
	uint32_t i;

	if (!(frame->flags & FRAME_FLAG_PUSHED))
		return;
	if (frame->section_handle)
		section_take_back(session->peer.process, frame->section_handle);
	for (i = 0; i < frame->handle_count; i++)
		handle_take_back(session->peer.process, frame->handles[i].value);
}

void
handles_withdraw(const struct frame *frame, uint32_t count)
{
	uint32_t i;

	for (i = frame->handle_count - count; i < frame->handle_count; i++)
		handle_close((cdrpc_handle)(uintptr_t)frame->handles[i].value);
}

/* One value twice would be closed twice, the second time whatever has come to bear it. */
static bool
named_twice(const struct frame *frame, uint32_t index)
{
	uint64_t value = frame->handles[index].value;
	uint32_t i;

	for (i = 0; i < index; i++) {
		if (frame->handles[i].value == value)
			return true;
	}
	return value == frame->section_handle;
}

cdrpc_status
handles_receive_one(const struct session *session, const struct frame *frame, uint32_t index, cdrpc_handle *ret_handle)
{
	const struct frame_handle *named = &frame->handles[index];
	enum cdrpc_handle_kind kind = (enum cdrpc_handle_kind)named->kind;

	if (!(frame->flags & FRAME_FLAG_PUSHED))
		return handle_pull(session->peer.process, named->value, kind, named->rights, ret_handle);
	if (named_twice(frame, index) || !policy_believes(&session->endpoint->own, &session->peer.facts))
		return CDRPC_E_PROTOCOL;
	return handle_accept(named->value, kind, named->rights, ret_handle);
}

cdrpc_status
handles_receive(const struct session *session, const struct frame *frame,
		struct cdrpc_handle_item ret_items[CDRPC_HANDLES_MAX])
{
	struct cdrpc_handle_item items[CDRPC_HANDLES_MAX];
	cdrpc_status status;
	uint32_t i;

	for (i = 0; i < frame->handle_count; i++) {
		items[i].kind = frame->handles[i].kind;
		items[i].rights = frame->handles[i].rights;
		status = handles_receive_one(session, frame, i, &items[i].handle);
		if (status != CDRPC_OK) {
			if (!(frame->flags & FRAME_FLAG_PUSHED))
				handles_close(items, i);
			return status == CDRPC_E_NOMEM ? CDRPC_E_REMOTE_NOMEM : CDRPC_E_BAD_FRAME;
		}
	}
	memcpy(ret_items, items, frame->handle_count * sizeof items[0]);
	return CDRPC_OK;
}

void
handles_close(struct cdrpc_handle_item *items, uint32_t count)
{
	uint32_t i;

	for (i = 0; i < count; i++) {
		handle_close(items[i].handle);
		items[i].handle = NULL;
	}
}

cdrpc_handle
handles_take(struct cdrpc_handle_item *items, uint32_t count, cdrpc_handle handle)
{
	uint32_t i;

	for (i = 0; handle && i < count; i++) {
		if (items[i].handle == handle) {
			items[i].handle = NULL;
			return handle;
		}
	}
	return NULL;
}
