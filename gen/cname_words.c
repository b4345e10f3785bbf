#include "cname.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
static const char *const keywords[] = {
	/* C11, and what its headers define in lower case */
	"alignas", "alignof", "assert", "atomic_init", "auto", "bool", "break", "case", "char", "complex", "const",
	"continue", "default", "do", "double", "else", "enum", "errno", "extern", "false", "float", "for", "goto", "if",
	"imaginary", "inline", "int", "long", "math_errhandling", "noreturn", "offsetof", "register", "restrict",
	"return", "setjmp", "short", "signed", "sizeof", "static", "static_assert", "stderr", "stdin", "stdout",
	"struct", "switch", "thread_local", "true", "typedef", "union", "unsigned", "va_arg", "va_copy", "va_end",
	"va_list", "va_start", "void", "volatile", "while",
	/* C23 */
	"constexpr", "nullptr", "typeof", "typeof_unqual",
	/* C++ */
	"and", "and_eq", "asm", "bitand", "bitor", "catch", "char16_t", "char32_t", "char8_t", "class", "co_await",
	"co_return", "co_yield", "compl", "concept", "const_cast", "consteval", "constinit", "decltype", "delete",
	"dynamic_cast", "explicit", "export", "friend", "mutable", "namespace", "new", "noexcept", "not", "not_eq",
	"operator", "or", "or_eq", "private", "protected", "public", "reinterpret_cast", "requires", "static_cast",
	"template", "this", "throw", "try", "typeid", "typename", "using", "virtual", "wchar_t", "xor", "xor_eq",
	/* types and functions that generated code names */
	"double_t", "float_t", "int16_t", "int32_t", "int64_t", "int8_t", "intptr_t", "max_align_t", "memcpy", "memset",
	"ptrdiff_t", "size_t", "ssize_t", "uint16_t", "uint32_t", "uint64_t", "uint8_t", "uintptr_t", "wint_t",
	/* macros of GCC outside its strict modes */
	"i386", "linux", "unix",
	/* macros of windows.h and of what it includes */
	"abnormal_termination", "alloca", "cdecl", "environ", "exception_code", "exception_info", "far", "feof",
	"ferror", "getc", "getchar", "getwc", "getwchar", "h_addr", "h_errno", "huge", "hyper", "interface", "isascii",
	"iscsym", "iscsymf", "isfinite", "isgreater", "isgreaterequal", "isinf", "isless", "islessequal",
	"islessgreater", "isnan", "isnormal", "isunordered", "lstrcat", "lstrcmp", "lstrcmpi", "lstrcpy", "lstrcpyn",
	"lstrlen", "matherr", "max", "midl_user_allocate", "midl_user_free", "min", "near", "onexit_t", "pascal",
	"pclose", "popen", "putc", "putchar", "putwc", "putwchar", "rpc_binding_handle_t", "rpc_binding_vector_t",
	"s_addr", "s_host", "s_imp", "s_impno", "s_lh", "s_net", "signbit", "small", "small_from_ndr", "strcasecmp",
	"strncasecmp", "sys_errlist", "sys_nerr", "timerclear", "timercmp", "timerisset", "toascii", "uuid_t",
	"uuid_vector_t", "wcswcs", "wpopen", "wsprintf", "wvsprintf",
};
/* clang-format on */

/* The macros of <dlgs.h> for dialog items: these letters and a number. */
static const char *const dialog_items[] = {
	"chx", "cmb", "ctl", "edt", "frm", "grp", "ico", "lst", "psh", "rad", "rct", "scr", "stc",
};

static bool
is_dialog_item(const char *name)
{
	size_t i;

	if (strlen(name) < 4 || strspn(name + 3, "0123456789") != strlen(name + 3))
		return false;
	for (i = 0; i < sizeof dialog_items / sizeof dialog_items[0]; i++) {
		if (memcmp(name, dialog_items[i], 3) == 0)
			return true;
	}
	return false;
}

bool
cname_is_reserved(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
		if (strcmp(name, keywords[i]) == 0)
			return true;
	}
	/* The runtime's own names, and its namespace in C++. */
	return strcmp(name, "cdrpc") == 0 || strncmp(name, "cdrpc_", 6) == 0 || strncmp(name, "CDRPC_", 6) == 0 || is_dialog_item(name);
}
