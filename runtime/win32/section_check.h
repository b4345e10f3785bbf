/* What is looked at in a section that another process made, before anything in it is. */
#ifndef CDRPC_WIN32_SECTION_CHECK_H
#define CDRPC_WIN32_SECTION_CHECK_H

#include "names.h"

#include <windows.h>

#include "base/system.h"

/* Whether it is a section of at least 'size' bytes of the paging file, all of them committed. */
bool section_is_sound(HANDLE handle, uint64_t size);

/* The same of its view, as the memory manager tells it: 'size' bytes of a section, committed, with that protection. */
bool view_is_sound(const uint8_t *view, size_t size, DWORD protection);

#endif
