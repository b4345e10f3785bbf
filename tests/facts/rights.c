/* Whether whoever was given a handle with few rights can have one with more: for unnamed objects without a descriptor, and with an empty DACL. */
#include "fact.h"

#include <stdio.h>

static HANDLE
make_section(SECURITY_ATTRIBUTES *attributes)
{
	return CreateFileMappingW(INVALID_HANDLE_VALUE, attributes, PAGE_READWRITE, 0, 4096, NULL);
}

static HANDLE
make_event(SECURITY_ATTRIBUTES *attributes)
{
	return CreateEventW(attributes, FALSE, FALSE, NULL);
}

static HANDLE
make_mutex(SECURITY_ATTRIBUTES *attributes)
{
	return CreateMutexW(attributes, FALSE, NULL);
}

static HANDLE
make_semaphore(SECURITY_ATTRIBUTES *attributes)
{
	return CreateSemaphoreW(attributes, 0, 1, NULL);
}

static void
try(const char *kind, HANDLE (*make)(SECURITY_ATTRIBUTES *attributes), DWORD few, DWORD more, bool empty, const char *wine)
{
	SECURITY_DESCRIPTOR descriptor;
	SECURITY_ATTRIBUTES attributes = { sizeof attributes, &descriptor, FALSE };
	HANDLE own, given = NULL, raised = NULL;
	ACL none;
	char name[100];

	InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION);
	InitializeAcl(&none, sizeof none, ACL_REVISION);
	SetSecurityDescriptorDacl(&descriptor, TRUE, &none, FALSE);
	own = make(empty ? &attributes : NULL);
	DuplicateHandle(GetCurrentProcess(), own, GetCurrentProcess(), &given, few, FALSE, 0);
	SetLastError(0);
	DuplicateHandle(GetCurrentProcess(), given, GetCurrentProcess(), &raised, more, FALSE, 0);
	snprintf(name, sizeof name, "more rights to a%s %s %s", kind[0] == 'e' ? "n" : "", kind, empty ? "with an empty DACL" : "without a descriptor");
	fact(name, empty ? "refused, error 5" : "given, error 0", wine, "%s, error %lu", raised ? "given" : "refused", raised ? 0 : GetLastError());
	if (raised)
		CloseHandle(raised);
	CloseHandle(given);
	CloseHandle(own);
}

int
main(void)
{
	facts_begin(8);
	try("section", make_section, SECTION_MAP_READ, SECTION_MAP_READ | SECTION_MAP_WRITE, false, "given, error 0");
	try("section", make_section, SECTION_MAP_READ, SECTION_MAP_READ | SECTION_MAP_WRITE, true, "refused, error 5");
	try("event", make_event, SYNCHRONIZE, EVENT_MODIFY_STATE | SYNCHRONIZE, false, "given, error 0");
	try("event", make_event, SYNCHRONIZE, EVENT_MODIFY_STATE | SYNCHRONIZE, true, "refused, error 5");
	try("mutex", make_mutex, SYNCHRONIZE, MUTEX_ALL_ACCESS, false, "given, error 0");
	try("mutex", make_mutex, SYNCHRONIZE, MUTEX_ALL_ACCESS, true, "refused, error 5");
	try("semaphore", make_semaphore, SYNCHRONIZE, SEMAPHORE_ALL_ACCESS, false, "given, error 0");
	try("semaphore", make_semaphore, SYNCHRONIZE, SEMAPHORE_ALL_ACCESS, true, "refused, error 5");
	return facts_end();
}
