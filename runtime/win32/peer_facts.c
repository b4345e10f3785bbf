#include "process_handle.h"

#include <sddl.h>

/* From Windows 8 on; MinGW-w64 names it for those only. */
#define TOKEN_IS_APP_CONTAINER ((TOKEN_INFORMATION_CLASS)29)

/* Large enough for TokenUser and TokenIntegrityLevel: a header and one SID. */
union token_info {
	TOKEN_USER user;
	TOKEN_MANDATORY_LABEL label;
	unsigned char space[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
};

static bool
token_read(HANDLE token, TOKEN_INFORMATION_CLASS what, union token_info *ret_info)
{
	DWORD size;

	return GetTokenInformation(token, what, ret_info, sizeof *ret_info, &size) != FALSE;
}

static union token_info own_user;

static BOOL CALLBACK
read_own_user(INIT_ONCE *once, void *parameter, void **context)
{
	HANDLE token = NULL;
	BOOL done;

	(void)once;
	(void)parameter;
	(void)context;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return FALSE;
	done = token_read(token, TokenUser, &own_user);
	CloseHandle(token);
	return done;
}

/* A process does not change its user. */
static bool
same_user(PSID theirs)
{
	static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

	return InitOnceExecuteOnce(&once, read_own_user, NULL, NULL) && EqualSid(theirs, own_user.user.User.Sid);
}

/* The levels between the named ones, such as "medium plus", count as the one below. Untrusted is below all that a policy can
 * ask for, so it is told like an unknown one. */
static enum cdrpc_integrity
name_of(DWORD level)
{
	if (level >= SECURITY_MANDATORY_SYSTEM_RID)
		return CDRPC_INTEGRITY_SYSTEM;
	if (level >= SECURITY_MANDATORY_HIGH_RID)
		return CDRPC_INTEGRITY_HIGH;
	if (level >= SECURITY_MANDATORY_MEDIUM_RID)
		return CDRPC_INTEGRITY_MEDIUM;
	if (level >= SECURITY_MANDATORY_LOW_RID)
		return CDRPC_INTEGRITY_LOW;
	return CDRPC_INTEGRITY_ANY;
}

static void
read_integrity(HANDLE token, struct cdrpc_peer_facts *facts)
{
	union token_info info;
	PSID sid;

	if (!token_read(token, TokenIntegrityLevel, &info))
		return;
	sid = info.label.Label.Sid;
	if (*GetSidSubAuthorityCount(sid) == 0)
		return;
	facts->integrity_rid = *GetSidSubAuthority(sid, (DWORD)*GetSidSubAuthorityCount(sid) - 1);
	facts->integrity = name_of(facts->integrity_rid);
}

static enum cdrpc_known
in_app_container(HANDLE token)
{
	DWORD inside = 0;
	DWORD size;

	/* Before Windows 8 there are none, and the question is not known either. */
	if (!GetTokenInformation(token, TOKEN_IS_APP_CONTAINER, &inside, sizeof inside, &size))
		return CDRPC_UNKNOWN;
	return inside ? CDRPC_YES : CDRPC_NO;
}

/* 'user' is to be freed with LocalFree(); NULL where it is not known. */
static void
read_user(HANDLE token, struct cdrpc_peer_facts *facts)
{
	union token_info info;
	char *text = NULL;

	if (!token_read(token, TokenUser, &info))
		return;
	facts->same_user = same_user(info.user.User.Sid);
	if (ConvertSidToStringSidA(info.user.User.Sid, &text))
		facts->user = text;
}

void
facts_from_token(HANDLE process, struct cdrpc_peer_facts *facts)
{
	HANDLE token = NULL;

	/* A process of a lower level may not open the token of an elevated one, and need not complain about it. */
	if (!OpenProcessToken(process, TOKEN_QUERY, &token))
		return;
	read_user(token, facts);
	read_integrity(token, facts);
	facts->app_container = in_app_container(token);
	CloseHandle(token);
}

void
process_own_facts(struct cdrpc_peer_facts *ret_facts)
{
	HANDLE token = NULL;

	*ret_facts = (struct cdrpc_peer_facts){
		.process_id = GetCurrentProcessId(),
		.thread_id = GetCurrentThreadId(),
	};
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return;
	read_integrity(token, ret_facts);
	CloseHandle(token);
}
