#include "kept.h"

#include <string.h>

#define ROOM (SIZE_MOST + 4096)

static void
map(HANDLE section, struct kept *ret_kept)
{
	uint8_t *view = section ? MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0) : NULL;

	program_check(view != NULL, "a section");
	ret_kept->header = (struct kept_request *)(void *)view;
	ret_kept->request = view + 4096;
	ret_kept->answer = view + ROOM;
}

void
kept_make(const wchar_t *name, struct kept *ret_kept)
{
	map(CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 2 * ROOM, name), ret_kept);
}

void
kept_open(const wchar_t *name, struct kept *ret_kept)
{
	map(OpenFileMappingW(FILE_MAP_WRITE, FALSE, name), ret_kept);
}

void
kept_serve(const struct kept *kept, const struct kept_request *request)
{
	uint32_t size = (uint32_t)request->size;

	program_check(request->size <= SIZE_MOST, "a size");
	switch (request->task) {
	case KEPT_ECHO:
		payload_check(kept->request, size);
		memcpy(kept->answer, kept->request, size);
		break;
	case KEPT_STORE:
		payload_check(kept->request, size);
		break;
	default:
		payload_write(kept->answer, size, request->seed);
		break;
	}
}

void
kept_call(const struct kept *kept, enum kept_task task, uint32_t size, void (*ring)(const struct kept_request *request))
{
	struct kept_request request = { task, size, payload_seed() };

	if (task != KEPT_FETCH)
		payload_write(kept->request, size, request.seed);
	ring(&request);
	if (task != KEPT_STORE)
		payload_check_seed(kept->answer, size, request.seed);
}
