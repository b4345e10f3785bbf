/* Handles, and the sections and other things behind them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fake_world.h"

static void
object_unref(struct fake_object *object)
{
	struct fake_object **at;

	if (--object->refs > 0)
		return;
	for (at = &fake_world.objects; *at != object; at = &(*at)->next)
		;
	*at = object->next;
	free(object->memory);
	free(object);
}

static struct fake_object *
object_new(enum cdrpc_handle_kind kind, size_t size)
{
	struct fake_object *object = calloc(1, sizeof *object);

	assert(object);
	object->kind = kind;
	if (size) {
		object->size = (size + FAKE_PAGE - 1) / FAKE_PAGE * FAKE_PAGE;
		object->memory = calloc(1, object->size + 8);
		assert(object->memory);
		/* The system's begin at a page, the heap's of 32-bit Windows at a multiple of 8. */
		object->bytes = (uint8_t *)object->memory + ((uintptr_t)object->memory & 8);
	}
	object->next = fake_world.objects;
	fake_world.objects = object;
	return object;
}

struct fake_object *
fake_object_of(const struct fake_home *home, uint64_t value)
{
	const struct fake_handle *handle = home->handles;

	while (handle && handle->value != value)
		handle = handle->next;
	return handle ? handle->object : NULL;
}

uint64_t
fake_handle_add(struct fake_home *home, struct fake_object *object)
{
	struct fake_handle *handle = calloc(1, sizeof *handle);

	assert(handle);
	handle->value = home->next_value;
	home->next_value += 4;
	handle->object = object;
	object->refs++;
	handle->next = home->handles;
	home->handles = handle;
	return handle->value;
}

void
fake_handle_drop(struct fake_home *home, uint64_t value)
{
	struct fake_handle **at = &home->handles;
	struct fake_handle *handle;

	while (*at && (*at)->value != value)
		at = &(*at)->next;
	handle = *at;
	/* Closing what is not there is a bug, unless the process's end has closed it. */
	assert(handle || !home->alive);
	if (!handle)
		return;
	*at = handle->next;
	object_unref(handle->object);
	free(handle);
}

static cdrpc_handle
to_handle(uint64_t value)
{
	return (cdrpc_handle)(uintptr_t)value;
}

cdrpc_handle
fake_handle_new(enum cdrpc_handle_kind kind)
{
	struct fake_home *home = fake_world.current->home;

	return to_handle(fake_handle_add(home, object_new(kind, kind == CDRPC_HANDLE_SECTION ? 1 : 0)));
}

size_t
fake_handles(uint32_t thread)
{
	const struct fake_handle *handle = fake_thread_of(thread)->home->handles;
	size_t count = 0;

	for (; handle; handle = handle->next)
		count++;
	return count;
}

size_t
fake_views(uint32_t thread)
{
	return fake_thread_of(thread)->home->views;
}

uint64_t
fake_mapped(uint32_t thread)
{
	return fake_thread_of(thread)->home->mapped;
}

void
handle_close(cdrpc_handle handle)
{
	if (handle)
		fake_handle_drop(fake_world.current->home, (uint64_t)(uintptr_t)handle);
}

void
event_set(cdrpc_handle event)
{
	struct fake_object *object = fake_object_of(fake_world.current->home, (uint64_t)(uintptr_t)event);

	if (object)
		object->signalled = true;
}

static bool
value_is_plain(uint64_t value)
{
	return value > 0 && value <= INT32_MAX && value % 4 == 0;
}

const char *
handle_fault(cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights)
{
	struct fake_object *object = fake_object_of(fake_world.current->home, (uint64_t)(uintptr_t)handle);

	(void)rights;
	return object && object->kind == kind ? NULL : "a handle of another kind";
}

cdrpc_status
handle_push(cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights, struct process *peer, uint64_t *ret_value)
{
	struct fake_object *object = fake_object_of(fake_world.current->home, (uint64_t)(uintptr_t)handle);

	(void)rights;
	if (!object || object->kind != kind)
		return CDRPC_E_ARGUMENT;
	if (!process_may_duplicate(peer))
		return CDRPC_E_NOT_AVAILABLE;
	if (!peer->home->alive || !fake_world.current->home->alive || fake_world.faults.duplicate)
		return CDRPC_E_OS;
	*ret_value = fake_handle_add(peer->home, object);
	return CDRPC_OK;
}

cdrpc_status
handle_pull(struct process *peer, uint64_t value, enum cdrpc_handle_kind kind, uint32_t rights, cdrpc_handle *ret_handle)
{
	struct fake_object *object;

	(void)rights;
	if (!value_is_plain(value))
		return CDRPC_E_PROTOCOL;
	if (!process_may_duplicate(peer))
		return CDRPC_E_NOT_AVAILABLE;
	if (!fake_world.current->home->alive || fake_world.faults.duplicate)
		return CDRPC_E_OS;
	object = fake_object_of(peer->home, value);
	if (!object || object->kind != kind)
		return CDRPC_E_PROTOCOL;
	*ret_handle = to_handle(fake_handle_add(fake_world.current->home, object));
	return CDRPC_OK;
}

cdrpc_status
handle_accept(uint64_t value, enum cdrpc_handle_kind kind, uint32_t rights, cdrpc_handle *ret_handle)
{
	const struct fake_object *object = fake_object_of(fake_world.current->home, value);

	(void)rights;
	if (!value_is_plain(value) || !object || object->kind != kind)
		return CDRPC_E_PROTOCOL;
	*ret_handle = to_handle(value);
	return CDRPC_OK;
}

cdrpc_status
handle_copy(const struct cdrpc_env *env, cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights,
	    cdrpc_handle *ret_copy)
{
	struct fake_object *object = fake_object_of(fake_world.current->home, (uint64_t)(uintptr_t)handle);

	(void)env;
	(void)rights;
	if (!object || object->kind != kind)
		return CDRPC_E_ARGUMENT;
	*ret_copy = to_handle(fake_handle_add(fake_world.current->home, object));
	return CDRPC_OK;
}

void
handle_take_back(struct process *peer, uint64_t value)
{
	/* What has been ended does nothing any more, although its code runs on here. */
	if (!process_may_duplicate(peer) || !value_is_plain(value) || !peer->home->alive || !fake_world.current->home->alive)
		return;
	fake_handle_drop(peer->home, value);
}

static void
view_make(struct fake_home *home, struct fake_object *object, size_t size, struct section *ret_section)
{
	object->refs++;
	home->views++;
	home->mapped += size;
	ret_section->view = object->bytes;
	ret_section->size = size;
}

cdrpc_status
section_new(const struct cdrpc_env *env, size_t size, struct section *ret_section)
{
	struct fake_home *home = fake_world.current->home;
	struct fake_object *object;

	(void)env;
	if (size == 0)
		return CDRPC_E_ARGUMENT;
	if (!home->alive || fake_world.faults.section_new)
		return CDRPC_E_OS;
	object = object_new(CDRPC_HANDLE_SECTION, size);
	view_make(home, object, size, ret_section);
	ret_section->handle = to_handle(fake_handle_add(home, object));
	return CDRPC_OK;
}

static cdrpc_status
map_part(cdrpc_handle handle, uint64_t size, size_t part, struct section *ret_section)
{
	struct fake_home *home = fake_world.current->home;
	struct fake_object *object = fake_object_of(home, (uint64_t)(uintptr_t)handle);

	if (!object || object->kind != CDRPC_HANDLE_SECTION || part == 0 || part > size || size > object->size)
		return CDRPC_E_PROTOCOL;
	if (fake_world.faults.section_map)
		return CDRPC_E_NOMEM;
	view_make(home, object, part, ret_section);
	ret_section->handle = handle;
	return CDRPC_OK;
}

cdrpc_status
section_map(const struct cdrpc_env *env, cdrpc_handle handle, size_t size, bool writable, struct section *ret_section)
{
	(void)env;
	(void)writable;
	return map_part(handle, size, size, ret_section);
}

void
section_unmap(struct section *section)
{
	struct fake_object *object = fake_world.objects;

	if (section->view) {
		while (object && object->bytes != section->view)
			object = object->next;
		assert(object && fake_world.current->home->views > 0);
		fake_world.current->home->views--;
		fake_world.current->home->mapped -= section->size;
		object_unref(object);
	}
	section->view = NULL;
}

void
section_done(struct section *section)
{
	section_unmap(section);
	handle_close(section->handle);
	memset(section, 0, sizeof *section);
}

cdrpc_status
section_push(const struct section *section, struct process *peer, uint64_t *ret_value)
{
	cdrpc_status status = handle_push(section->handle, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, peer, ret_value);

	fake_world.counts.pushed += status == CDRPC_OK;
	return status;
}

void
section_take_back(struct process *peer, uint64_t value)
{
	handle_take_back(peer, value);
	fake_world.counts.taken_back++;
}

cdrpc_status
section_pull(const struct cdrpc_env *env, struct process *peer, uint64_t value, uint64_t size, size_t part,
	     struct section *ret_section)
{
	cdrpc_handle handle;
	cdrpc_status status;

	(void)env;
	status = handle_pull(peer, value, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, &handle);
	if (status != CDRPC_OK)
		return status;
	status = map_part(handle, size, part, ret_section);
	if (status != CDRPC_OK)
		handle_close(handle);
	fake_world.counts.pulled += status == CDRPC_OK;
	return status;
}

cdrpc_status
section_accept(const struct cdrpc_env *env, uint64_t value, uint64_t size, size_t part, struct section *ret_section)
{
	cdrpc_status status = CDRPC_E_PROTOCOL;

	(void)env;
	if (value_is_plain(value))
		status = map_part(to_handle(value), size, part, ret_section);
	fake_world.counts.accepted += status == CDRPC_OK;
	return status;
}
