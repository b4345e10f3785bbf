/*
 * A fact of Windows in place of Wine's: a program that defines the pointer through which the library calls a function of the system has
 * its own function there, and the library is as it is.
 *
 *	static LRESULT WINAPI
 *	refuse(HWND to, UINT message, WPARAM wparam, LPARAM lparam, UINT flags, UINT timeout_ms, PDWORD_PTR result)
 *	{
 *		if (uipi) {
 *			SetLastError(ERROR_ACCESS_DENIED);
 *			return 0;
 *		}
 *		return INJECT_REAL("user32.dll", SendMessageTimeoutW)(to, message, wparam, lparam, flags, timeout_ms, result);
 *	}
 *
 *	INJECT(SendMessageTimeoutW, 7, refuse);
 *
 * It holds for the whole program, calls of the test's own and of all threads included, from its start to its end: let the replacement
 * look whether it is wanted, or put another function into inject_SendMessageTimeoutW.
 */
#ifndef CDRPC_TESTS_INJECT_H
#define CDRPC_TESTS_INJECT_H

#include <stdint.h>

#include <windows.h>

#define INJECT_TEXT(number)     INJECT_TEXT_OF(number)
#define INJECT_TEXT_OF(number)  #number

/* The import library's name for the pointer. That of 32-bit Windows says how many bytes the arguments take. */
#ifdef _WIN64
#define INJECT_SYMBOL(name, words) "__imp_" name
#else
#define INJECT_BYTES_0  0
#define INJECT_BYTES_1  4
#define INJECT_BYTES_2  8
#define INJECT_BYTES_3  12
#define INJECT_BYTES_4  16
#define INJECT_BYTES_5  20
#define INJECT_BYTES_6  24
#define INJECT_BYTES_7  28
#define INJECT_BYTES_8  32
#define INJECT_BYTES_9  36
#define INJECT_BYTES_10 40
#define INJECT_BYTES_12 48
#define INJECT_SYMBOL(name, words) "__imp__" name "@" INJECT_TEXT(INJECT_BYTES_##words)
#endif

/* At file scope. words: the function's arguments, those of 64 bits counted twice; a plain number. The replacement has the function's type. */
#define INJECT(function, words, replacement)                                                            \
	extern __typeof__(&function) inject_##function __asm__(INJECT_SYMBOL(#function, words));        \
	__typeof__(&function) inject_##function = replacement

/* What the system has under that name, in a DLL that is loaded: nobody else can reach it in such a program. */
#define INJECT_REAL(dll, function) \
	((__typeof__(&function))(uintptr_t)GetProcAddress(GetModuleHandleA(dll), #function))

#endif
