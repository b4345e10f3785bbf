#include "section_check.h"

#include <winternl.h>

#include "handle.h"

/* From the WDK's headers, which neither SDK nor MinGW-w64 has. */
struct section_basic_information {
	void *base;
	ULONG attributes;
	LARGE_INTEGER maximum_size;
};
enum { SECTION_BASIC_INFORMATION_CLASS = 0 };
NTSYSAPI NTSTATUS NTAPI NtQuerySection(HANDLE section, int information_class, void *ret_information, SIZE_T size,
				       SIZE_T *ret_size);

/*
 * Only pages of the paging file that are there already: reading a reserved page, or one of a file that has been truncated or is
 * on a network, raises an exception in whoever reads.
 */
static bool
is_committed(HANDLE handle, uint64_t size)
{
	struct section_basic_information info = { 0 };

	if (NtQuerySection(handle, SECTION_BASIC_INFORMATION_CLASS, &info, sizeof info, NULL) < 0)
		return false;
	return (info.attributes & (SEC_COMMIT | SEC_RESERVE | SEC_FILE | SEC_IMAGE)) == SEC_COMMIT &&
	       info.maximum_size.QuadPart > 0 && (uint64_t)info.maximum_size.QuadPart >= size;
}

bool
section_is_sound(HANDLE handle, uint64_t size)
{
	return handle_has_type(handle, L"Section") && is_committed(handle, size);
}

bool
view_is_sound(const uint8_t *view, size_t size, DWORD protection)
{
	MEMORY_BASIC_INFORMATION info;
	size_t seen = 0;
	size_t left;

	while (seen < size) {
		if (VirtualQuery(view + seen, &info, sizeof info) == 0)
			return false;
		if (info.State != MEM_COMMIT || info.Type != MEM_MAPPED || info.Protect != protection)
			return false;
		/* The region may begin before the address that was asked for. */
		left = info.RegionSize - (size_t)(view + seen - (const uint8_t *)info.BaseAddress);
		if (left >= size - seen)
			return true;
		seen += left;
	}
	return true;
}
