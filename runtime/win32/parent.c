#include "parent.h"

#include <windows.h>
#include <winternl.h>

#include "process_handle.h"
#include "session/policy.h"

bool
parent_process_id(uint32_t *ret_id)
{
	/* PROCESS_BASIC_INFORMATION, whose members the headers name differently. */
	enum { MEMBERS = 6, INHERITED_FROM = 5 };
	ULONG_PTR info[MEMBERS];

	if (NtQueryInformationProcess(GetCurrentProcess(), ProcessBasicInformation, info, sizeof info, NULL) < 0)
		return false;
	*ret_id = (uint32_t)info[INHERITED_FROM];
	return true;
}

static bool
began_before_us(HANDLE process)
{
	FILETIME theirs, ours, unused;

	return GetProcessTimes(process, &theirs, &unused, &unused, &unused) &&
	       GetProcessTimes(GetCurrentProcess(), &ours, &unused, &unused, &unused) && CompareFileTime(&theirs, &ours) <= 0;
}

bool
parent_is_not_lower(void)
{
	struct cdrpc_peer_facts own, parent = { 0 };
	HANDLE process;
	uint32_t id;

	if (!parent_process_id(&id))
		return false;
	if (id == 0)
		return true;
	process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
	if (!process)
		return false;
	process_own_facts(&own);
	/* The handle keeps the id from being used again; that it was not before, the time of its beginning says. */
	if (began_before_us(process))
		facts_from_token(process, &parent);
	CloseHandle(process);
	return policy_is_not_lower(&own, &parent);
}
