/*
 * What Microsoft's headers declare and Wine's 8 do not: included before each source of the library where that is compiled by the rules of
 * Microsoft's compiler. Newer ones of Wine may have it too, and say the same.
 */
#ifndef CDRPC_TESTS_MSVC_H
#define CDRPC_TESTS_MSVC_H

#include <windows.h>
#include <winternl.h>

typedef struct {
	ULONG Attributes;
	ACCESS_MASK GrantedAccess;
	ULONG HandleCount;
	ULONG PointerCount;
	ULONG Reserved[10];
} PUBLIC_OBJECT_BASIC_INFORMATION;

typedef struct {
	UNICODE_STRING TypeName;
	ULONG Reserved[22];
} PUBLIC_OBJECT_TYPE_INFORMATION;

BOOL WINAPI CallbackMayRunLong(PTP_CALLBACK_INSTANCE instance);
WINBASEAPI BOOL WINAPI QueryUnbiasedInterruptTime(PULONGLONG ret_time);

#ifndef _M_ARM64
void _ReadWriteBarrier(void);
#endif

#endif
