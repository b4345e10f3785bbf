/*
 * What the emitters write for the files of golden/gen, byte for byte, on every system: every header, and the rest for a few
 * modules. That of the others is compiled by golden/compile.py, and property/goldens.py sends values through it.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check_main.h"
#include "emit/emit.h"
#include "emit/out.h"
#include "front.h"
#include "golden.h"

#define INPUTS GOLDEN_FOLDER "/gen"

/* The modules whose text is kept. */
static const char *const code[] = {"events", "player", "tables", NULL};
static const char *const documents[] = {"docs", "handles", "player", "sets", "structs", NULL};
static const char *const model[] = {"player", NULL};

static const struct {
	const char *suffix;
	void (*emit)(struct out *out, const struct model *model, const char *stem);
	const char *const *kept; /* NULL: of every module */
} outputs[] = {
	{".h", emit_header, NULL},        {"_types.c", emit_types, code}, {"_client.c", emit_client, code},
	{"_server.c", emit_server, code}, {".hpp", emit_cpp, code},       {"_fuzz.c", emit_fuzz, code},
	{".md", emit_doc, documents},     {".json", emit_json, model},
};
#define OUTPUT_COUNT (sizeof outputs / sizeof outputs[0])

static char **names;

static void
check_input(const char *folder, const char *name, size_t output)
{
	char input[512], expected[512];
	struct front front;
	struct out *out;
	const char *text;
	size_t size;

	snprintf(input, sizeof input, "%s%s.cdidl", folder, name);
	snprintf(expected, sizeof expected, INPUTS "/expected/%s%s%s", folder, name, outputs[output].suffix);
	front = front_file(INPUTS, input);
	out = out_new(front.arena);
	outputs[output].emit(out, front_model(&front), name);
	text = out_string(out, &size);
	golden_check(expected, text, size);
	front_free(&front);
}

static bool
is_kept(const char *name, const char *const *kept)
{
	if (!kept)
		return true;
	while (*kept && strcmp(name, *kept) != 0)
		kept++;
	return *kept != NULL;
}

START_TEST(emitted)
{
	const char *name = names[(size_t)_i / OUTPUT_COUNT];
	size_t output = (size_t)_i % OUTPUT_COUNT;

	if (is_kept(name, outputs[output].kept))
		check_input("", name, output);
}
END_TEST

START_TEST(emitted_import)
{
	check_input("contoso/", "common", 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_emit");
	TCase *tcase = tcase_create("emit");
	size_t count;
	int status;

	names = golden_names(INPUTS, ".cdidl", &count);
	tcase_add_loop_test(tcase, emitted, 0, (int)(count * OUTPUT_COUNT));
	tcase_add_test(tcase, emitted_import);
	suite_add_tcase(suite, tcase);
	status = check_main(suite);
	free(names);
	return status;
}
