/*
 * A handle that a peer was given is no more than it says: whoever has one of the library's own objects cannot duplicate it into one with
 * more access. Both processes try on every handle that the library comes to map or to set, when it does so.
 */
#include <stdlib.h>
#include <string.h>

#include "inject.h"
#include "powers.h"

#include <winternl.h>

#define LARGE (3 << 20)

/* ---- trying ---- */

static volatile LONG sections, events, gained, unguarded;
static bool trying;

static DWORD
granted(HANDLE handle)
{
	PUBLIC_OBJECT_BASIC_INFORMATION info = { 0 };

	NtQueryObject(handle, ObjectBasicInformation, &info, sizeof info, NULL);
	return info.GrantedAccess;
}

/* What is the kind's own: Wine 8 does not know OWNER RIGHTS, and lets owners have WRITE_DAC. */
#define SPECIFIC_RIGHTS 0xFFFF

static void
try_to_raise(HANDLE handle, DWORD has)
{
	static const DWORD wanted[] = { 0x1, 0x2, 0x4, 0x8, 0x10, 0x1F, 0x000F001F, GENERIC_WRITE, GENERIC_ALL, MAXIMUM_ALLOWED };
	HANDLE more;
	size_t i;

	for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		if (!DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &more, wanted[i], FALSE, 0))
			continue;
		if (granted(more) & SPECIFIC_RIGHTS & ~has)
			InterlockedIncrement(&gained);
		CloseHandle(more);
	}
}

/* One of our own has all access; a peer's, what the protocol says. */
static void *WINAPI
map_view(HANDLE section, DWORD access, DWORD high, DWORD low, SIZE_T size)
{
	DWORD has = granted(section) & SPECIFIC_RIGHTS;

	if (trying && (has == (SECTION_QUERY | SECTION_MAP_READ) || has == (SECTION_QUERY | SECTION_MAP_READ | SECTION_MAP_WRITE))) {
		InterlockedIncrement(&sections);
		try_to_raise(section, has);
	}
	return INJECT_REAL("kernel32.dll", MapViewOfFile)(section, access, high, low, size);
}

INJECT(MapViewOfFile, 5, map_view);

static BOOL WINAPI
set_event(HANDLE event)
{
	DWORD has = granted(event) & SPECIFIC_RIGHTS;

	if (trying && has == EVENT_MODIFY_STATE) {
		InterlockedIncrement(&events);
		try_to_raise(event, has);
	}
	return INJECT_REAL("kernel32.dll", SetEvent)(event);
}

INJECT(SetEvent, 1, set_event);

/* Nobody is let in, not even as the owner, whom a list without this entry would let change it. */
static bool
is_guarded(const SECURITY_ATTRIBUTES *attributes)
{
	static const SID owner_rights = { SID_REVISION, 1, { SECURITY_CREATOR_SID_AUTHORITY }, { SECURITY_CREATOR_OWNER_RIGHTS_RID } };
	BOOL present = FALSE, by_default = TRUE;
	ACCESS_ALLOWED_ACE *entry = NULL;
	PACL list = NULL;

	return attributes && attributes->lpSecurityDescriptor && IsValidSecurityDescriptor(attributes->lpSecurityDescriptor) &&
	       GetSecurityDescriptorDacl(attributes->lpSecurityDescriptor, &present, &list, &by_default) && present && !by_default &&
	       list && IsValidAcl(list) && list->AceCount == 1 && GetAce(list, 0, (void **)&entry) &&
	       entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && entry->Header.AceFlags == 0 && entry->Mask == READ_CONTROL &&
	       EqualSid((PSID)&entry->SidStart, (PSID)(uintptr_t)&owner_rights);
}

static HANDLE WINAPI
create_section(HANDLE file, SECURITY_ATTRIBUTES *attributes, DWORD protection, DWORD high, DWORD low, const WCHAR *name)
{
	if (trying && !is_guarded(attributes))
		InterlockedIncrement(&unguarded);
	return INJECT_REAL("kernel32.dll", CreateFileMappingW)(file, attributes, protection, high, low, name);
}

INJECT(CreateFileMappingW, 6, create_section);

static HANDLE WINAPI
create_event(SECURITY_ATTRIBUTES *attributes, BOOL manual, BOOL set, const WCHAR *name)
{
	if (trying && !is_guarded(attributes))
		InterlockedIncrement(&unguarded);
	return INJECT_REAL("kernel32.dll", CreateEventW)(attributes, manual, set, name);
}

INJECT(CreateEventW, 4, create_event);

/* ---- the server ---- */

static cdrpc_status
on_noted(struct cdrpc_call *call, void *self)
{
	struct proc *starter = self;

	starter->words[0] = (uint64_t)sections;
	starter->words[1] = (uint64_t)events;
	starter->words[2] = (uint64_t)gained;
	starter->words[3] = (uint64_t)unguarded;
	return echo_noted_reply(call, 0);
}

static struct cdrpc_call *kept;

static DWORD WINAPI
answer_when_told(void *starter)
{
	proc_await(starter);
	proc_check(echo_keep_reply(kept, 9) == CDRPC_OK);
	return 0;
}

static cdrpc_status
on_keep(struct cdrpc_call *call, void *self, uint32_t value)
{
	cdrpc_status status = cdrpc_call_keep(call);

	(void)value;
	kept = call;
	CloseHandle(CreateThread(NULL, 0, answer_when_told, self, 0, NULL));
	return status;
}

static const struct echo_handlers handlers = { .send = powers_on_send, .keep = on_keep, .noted = on_noted };
static int
run_powerful(struct proc *starter)
{
	trying = true;
	return powers_serve(starter, true, &handlers, NULL);
}

static int
run_powerless(struct proc *starter)
{
	trying = true;
	return powers_serve(starter, false, &handlers, NULL);
}

/* ---- the tests ---- */

/* Who may duplicate: handles are fetched by both, or pushed by the client, or by the server. With arenas, that grow, and without. */
static const struct {
	bool client_may, server_may, arenas;
} cases[] = {
	{ true, true, true },  { true, false, true },  { false, true, true },
	{ true, true, false }, { true, false, false }, { false, true, false },
};

/* Answered while the client is in no function of the library's, so the server sets the event that it was given for that. */
static void
await_by_event(struct cdrpc_client *client, struct proc *helper)
{
	struct cdrpc_pending *pending = NULL;
	cdrpc_handle event = NULL;
	uint32_t value = 0;

	ck_assert_int_eq(echo_keep_begin(client, 0, &pending), CDRPC_OK);
	ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_OK);
	proc_signal(helper);
	while (!cdrpc_pending_is_done(pending))
		proc_await_handle(event);
	ck_assert_int_eq(echo_keep_finish(pending, &value), CDRPC_OK);
	ck_assert_uint_eq(value, 9);
}

START_TEST(nobody_gets_more_than_he_was_given)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_client_options options = { 0 };
	struct cdrpc_bytes data = service_data(LARGE), same;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_client *client = NULL;
	struct proc *helper = powers_start(cases[_i].server_may);
	uint32_t value;
	int i;

	sections = events = gained = unguarded = 0;
	trying = true;
	if (!cases[_i].arenas)
		options.limits = &no_arenas;
	powers_connect(cases[_i].client_may, &options, &client);
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(echo_send(client, data, &same, &reply), CDRPC_OK);
		ck_assert(service_data_equal(same, data));
		cdrpc_reply_free(&reply);
	}
	if (cases[_i].arenas)
		await_by_event(client, helper);
	ck_assert_int_eq(echo_noted(client, &value), CDRPC_OK);
	trying = false;
	/* The server was given an arena, a control page, and what the arena grew by; or a section for each request. */
	ck_assert_uint_ge(helper->words[0], cases[_i].arenas ? 3 : 2);
	ck_assert((helper->words[1] > 0) == cases[_i].arenas);
	ck_assert_int_ge(sections, 2);
	ck_assert_uint_eq(helper->words[2], 0);
	ck_assert_int_eq(gained, 0);
	ck_assert_uint_eq(helper->words[3], 0);
	ck_assert_int_eq(unguarded, 0);
	free((void *)(uintptr_t)data.data);
	powers_end(helper, client);
}
END_TEST

/* What the documents say of the application's objects. */
START_TEST(objects_of_the_applications_own)
{
	SECURITY_DESCRIPTOR descriptor;
	SECURITY_ATTRIBUTES attributes = { sizeof attributes, &descriptor, FALSE };
	ACL nobody;
	HANDLE whole, given;

	ck_assert(InitializeAcl(&nobody, sizeof nobody, ACL_REVISION));
	ck_assert(InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION));
	ck_assert(SetSecurityDescriptorDacl(&descriptor, TRUE, &nobody, FALSE));
	whole = CreateEventW(_i ? &attributes : NULL, TRUE, FALSE, NULL);
	ck_assert(DuplicateHandle(GetCurrentProcess(), whole, GetCurrentProcess(), &given, SYNCHRONIZE, FALSE, 0));
	gained = 0;
	try_to_raise(given, 0);
	ck_assert_int_eq(gained != 0, _i == 0);
	CloseHandle(given);
	CloseHandle(whole);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("raised");
	TCase *tcase = tcase_create("raised");

	tcase_add_loop_test(tcase, nobody_gets_more_than_he_was_given, 0, sizeof cases / sizeof cases[0]);
	tcase_add_loop_test(tcase, objects_of_the_applications_own, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "powerful", run_powerful }, { "powerless", run_powerless }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
