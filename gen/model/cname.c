#include "model/cname.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/model.h"
#include "model/owned.h"

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A word begins at a capital, unless it goes on in an abbreviation: HTTPServer, Utf8Text, deviceID. */
static bool
begins_word(const char *name, size_t at)
{
	if (at == 0 || !is_upper(name[at]))
		return false;
	if (is_lower(name[at - 1]) || is_digit(name[at - 1]))
		return true;
	return is_upper(name[at - 1]) && is_lower(name[at + 1]);
}

const char *
cname_snake(struct arena *arena, const char *name)
{
	struct text text = {.arena = arena};
	size_t i;
	char c;

	for (i = 0; name[i]; i++) {
		if (begins_word(name, i))
			text_puts(&text, "_");
		c = is_upper(name[i]) ? (char)(name[i] - 'A' + 'a') : name[i];
		text_add(&text, &c, 1);
	}
	return text_string(&text);
}

const char *
cname_capitals(struct arena *arena, const char *name)
{
	char *capitals = arena_copy(arena, name, strlen(name));
	char *c;

	for (c = capitals; *c; c++) {
		if (is_lower(*c))
			*c = (char)(*c - 'a' + 'A');
	}
	return capitals;
}

static bool
ends_in_underscore(const char *name)
{
	size_t length = strlen(name);

	return length && name[length - 1] == '_';
}

const char *
cname_with(struct arena *arena, const char *name, const char *suffix)
{
	return arena_format(arena, "%s%s", name, suffix + ends_in_underscore(name));
}

const char *
cname_other(struct arena *arena, const char *name)
{
	return arena_format(arena, "%s%s", name, ends_in_underscore(name) ? "x" : "_");
}

const char *
cname_union_kind(struct arena *arena, const struct model_decl *decl, const struct model_field *member)
{
	const char *own = member->name.c_override;

	if (!own)
		own = cname_snake(arena, member->name.text);
	return cname_capitals(arena, cname_with(arena, decl->name.c, arena_format(arena, "_%s", own)));
}

/* Whether a name is one of those that a parameter stands for, in any of the method's functions. */
static bool
is_parameter(struct arena *arena, const struct model_field *param, const char *name)
{
	if (param->direction & MODEL_OUT && strncmp(name, "ret_", 4) == 0 && is_parameter(arena, param, name + 4))
		return true;
	if (strcmp(name, param->name.c) == 0)
		return true;
	return param->type->kind == MODEL_LIST && strcmp(name, cname_with(arena, param->name.c, "_count")) == 0;
}

const char *
cname_own(struct arena *arena, const struct model_method *method, const char *name)
{
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (is_parameter(arena, &method->params[i], name))
			return cname_own(arena, method, cname_other(arena, name));
	}
	return name;
}

/*
 * The length of a character that changes the direction of writing (U+200E, 200F, 202A to 202E, 2066 to 2069), else 0.
 */
static size_t
bidi_length(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	if (c[0] != 0xe2)
		return 0;
	if (c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae)))
		return 3;
	if (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9)
		return 3;
	return 0;
}

/* Adds the character at 'from' such that it shows, and on the same line. Returns where the next one begins. */
static const char *
put_visible(struct text *text, const char *from)
{
	if (bidi_length(from) > 0) {
		text_format(text, "<U+%04X>",
			    0x2000u | ((unsigned char)from[1] & 0x3fu) << 6 | ((unsigned char)from[2] & 0x3fu));
		return from + 3;
	}
	text_add(text, (unsigned char)*from < ' ' || *from == 0x7f ? " " : from, 1);
	return from + 1;
}

const char *
cname_line(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	while (*from)
		from = put_visible(&text, from);
	return text_string(&text);
}

const char *
cname_comment(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	while (*from) {
		/* A trigraph for a backslash, at the end of a line, would join it with the next. */
		if ((from[0] == '*' && from[1] == '/') || (from[0] == '/' && from[1] == '*') ||
		    (from[0] == '?' && from[1] == '?')) {
			text_add(&text, from++, 1);
			text_puts(&text, " ");
		} else {
			from = put_visible(&text, from);
		}
	}
	return text_string(&text);
}

const char *
cname_literal(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	text_puts(&text, "\"");
	for (; *from; from++) {
		if ((unsigned char)*from < ' ' || (unsigned char)*from >= 0x7f)
			text_format(&text, "\\%03o", (unsigned)(unsigned char)*from);
		else if (*from == '"' || *from == '\\' || *from == '?')
			text_format(&text, "\\%c", *from);
		else
			text_add(&text, from, 1);
	}
	text_puts(&text, "\"");
	return text_string(&text);
}

/* ---- names of others ---- */

/* clang-format off */
static const char *const keywords[] = {
	/* C23, and what GCC defines outside its strict modes */
	"alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "constexpr", "continue", "default",
	"do", "double", "else", "enum", "extern", "false", "float", "for", "goto", "i386", "if", "inline", "int", "linux",
	"long", "nullptr", "register", "restrict", "return", "short", "signed", "sizeof", "static", "static_assert",
	"struct", "switch", "thread_local", "true", "typedef", "typeof", "typeof_unqual", "union", "unix", "unsigned",
	"void", "volatile", "while",
	/* C++23 */
	"and", "and_eq", "bitand", "bitor", "catch", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return",
	"co_yield", "compl", "concept", "const_cast", "consteval", "constinit", "decltype", "delete", "dynamic_cast",
	"explicit", "export", "friend", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "operator", "or",
	"or_eq", "private", "protected", "public", "reinterpret_cast", "requires", "static_cast", "template", "this",
	"throw", "try", "typeid", "typename", "using", "virtual", "wchar_t", "xor", "xor_eq",
};

/* What generated code names itself, so that a member or parameter must not hide it. */
static const char *const used[] = {
	"double_t", "float_t", "int16_t", "int32_t", "int64_t", "int8_t", "intptr_t", "max_align_t", "memcpy", "memset",
	"ptrdiff_t", "size_t", "ssize_t", "uint16_t", "uint32_t", "uint64_t", "uint8_t", "uintptr_t", "va_list", "wint_t",
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

static bool
is_one_of(const char *name, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(name, words[i]) == 0)
			return true;
	}
	return false;
}

/* The first of 'hashes', which rise, that is not smaller. */
static size_t
find_hash(const uint64_t *hashes, size_t count, uint64_t hash)
{
	size_t low = 0, high = count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (hashes[middle] < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether the list of owned names has it. */
static bool
find_owner(const char *name, enum owned_kind *ret_kind)
{
	uint64_t hash = text_hash(name, strlen(name)) & ~UINT64_C(3);
	size_t at = find_hash(owned_names, owned_name_count, hash);

	if (at == owned_name_count || (owned_names[at] & ~UINT64_C(3)) != hash)
		return false;
	*ret_kind = (enum owned_kind)(owned_names[at] & 3);
	return true;
}

bool
cname_is_header(const char *stem)
{
	char lower[64];
	size_t length = strlen(stem), i, at;
	uint64_t hash;

	if (length > sizeof lower)
		return false;
	for (i = 0; i < length; i++)
		lower[i] = stem[i] >= 'A' && stem[i] <= 'Z' ? (char)(stem[i] - 'A' + 'a') : stem[i];
	hash = text_hash(lower, length);
	at = find_hash(owned_headers, owned_header_count, hash);
	return at < owned_header_count && owned_headers[at] == hash;
}

/* What stands before the first dot decides, without its case and the blanks behind it. Three digits are "\u00b9", "\u00b2" and "\u00b3". */
bool
cname_is_file(const char *stem)
{
	static const char *const devices[] = {"aux", "con", "conin$", "conout$", "nul", "prn"};
	static const char *const ports[] = {"com", "lpt"};
	static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "\xc2\xb9", "\xc2\xb2", "\xc2\xb3"};
	char base[8] = "";
	size_t length = strcspn(stem, "."), i;

	for (i = 0; stem[i]; i++)
		if ((unsigned char)stem[i] < ' ' || strchr("<>:\"|?*", stem[i]))
			return false;
	while (length && stem[length - 1] == ' ')
		length--;
	for (i = 0; i < length && length < sizeof base; i++)
		base[i] = is_upper(stem[i]) ? (char)(stem[i] - 'A' + 'a') : stem[i];
	for (i = 0; i < sizeof ports / sizeof ports[0]; i++)
		if (!strncmp(base, ports[i], 3) && is_one_of(base + 3, digits, sizeof digits / sizeof digits[0]))
			return false;
	return !is_one_of(base, devices, sizeof devices / sizeof devices[0]);
}

/* The runtime's own names, its namespace in C++, and the guards of generated headers. */
static bool
is_runtime(const char *name)
{
	return strcmp(name, "cdrpc") == 0 || strncmp(name, "cdrpc_", 6) == 0 || strncmp(name, "CDRPC_", 6) == 0 ||
	       (strncmp(name, "CDIDL_", 6) == 0 && is_digit(name[6]));
}

const char *
cname_owner(const char *name)
{
	static const char *const owners[] = {
		[OWNED_C_MACRO] = "a macro of the C library",
		[OWNED_C_NAME] = "a name of the C library",
		[OWNED_WINDOWS_MACRO] = "a macro of <windows.h>",
		[OWNED_WINDOWS_NAME] = "a name of <windows.h>",
	};
	enum owned_kind kind;

	if (is_one_of(name, keywords, sizeof keywords / sizeof keywords[0]))
		return "a keyword of C or C++";
	if (is_runtime(name))
		return "a name of cdrpc";
	if (name[0] == '_')
		return "for the compiler and the C library, as all that begins with '_'";
	if (strstr(name, "__"))
		return "for the compiler and the library of C++, as all that has '__' in it";
	if (find_owner(name, &kind))
		return owners[kind];
	return is_dialog_item(name) ? owners[OWNED_WINDOWS_MACRO] : NULL;
}

bool
cname_is_reserved(const char *name)
{
	enum owned_kind kind;

	return is_one_of(name, keywords, sizeof keywords / sizeof keywords[0]) ||
	       is_one_of(name, used, sizeof used / sizeof used[0]) || is_runtime(name) || is_dialog_item(name) ||
	       strstr(name, "__") ||
	       (find_owner(name, &kind) && (kind == OWNED_C_MACRO || kind == OWNED_WINDOWS_MACRO));
}

void
cname_check_file(struct arena *arena, const struct model *model, struct diag *diag)
{
	const char *stem = source_stem(arena, model->source->path);

	if (cname_is_header(stem))
		diag_error(diag, model->name.span,
			   "the header of '%s.cdidl' would be '%s.h', which C or Windows has: #include <%s.h> could find it; "
			   "give the file another name",
			   stem, stem, stem);
	if (!cname_is_file(stem))
		diag_error(diag, model->name.span,
			   "the header of '%s.cdidl' would be '%s.h', which is no name of a file on Windows; give the file "
			   "another name",
			   stem, stem);
}
