#include "offers.h"

#include <string.h>

#include "pass.h"

static void
fill(HANDLE section, const struct frame *frame, bool commit, const void *body, size_t body_size)
{
	uint8_t *view = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0);

	proc_check(view != NULL);
	if (commit)
		proc_check(VirtualAlloc(view, (SIZE_T)frame->section_size, MEM_COMMIT, PAGE_READWRITE) != NULL);
	memcpy(view, frame->nonce, sizeof frame->nonce);
	memcpy(view + OFFER_BODY_AT, body, body_size);
	UnmapViewOfFile(view);
}

static HANDLE
make_section(enum offer offer, const struct frame *frame)
{
	HANDLE of = offer == OFFER_FILE ? pass_file() : INVALID_HANDLE_VALUE, section;
	DWORD attributes = offer == OFFER_RESERVED ? SEC_RESERVE : SEC_COMMIT;
	DWORD size = (DWORD)frame->section_size;

	section = CreateFileMappingW(of, NULL, PAGE_READWRITE | attributes, 0, offer == OFFER_SMALLER ? size / 2 : size, NULL);
	proc_check(section != NULL);
	if (offer == OFFER_FILE)
		CloseHandle(of);
	return section;
}

HANDLE
offer_make(enum offer offer, struct frame *frame, const void *body, size_t body_size)
{
	HANDLE made = offer == OFFER_EVENT ? CreateEventW(NULL, TRUE, FALSE, NULL) : make_section(offer, frame);

	if (offer != OFFER_EVENT)
		fill(made, frame, offer == OFFER_RESERVED, body, body_size);
	if (offer == OFFER_OTHER_NONCE)
		frame->nonce[15] ^= 1;
	frame->section_handle = (uint32_t)(uintptr_t)made;
	if (offer == OFFER_PSEUDO)
		frame->section_handle = UINT32_MAX;
	if (offer == OFFER_FAR)
		frame->section_handle = 0x7FFFFFFC;
	if (offer != OFFER_CLOSED)
		return made;
	CloseHandle(made);
	return NULL;
}
