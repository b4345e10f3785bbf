/*
 * What the emitters write for each file of golden/gen, byte for byte, on every system. The C of it is compiled by
 * golden/compile.py.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "check_main.h"
#include "emit.h"
#include "front.h"
#include "golden.h"
#include "out.h"

#define INPUTS GOLDEN_FOLDER "/gen"

static const struct {
	const char *suffix;
	void (*emit)(struct out *out, const struct model *model, const char *stem);
	bool for_people; /* compared for a few files only */
} outputs[] = {
	{".h", emit_header, false},        {"_types.c", emit_types, false}, {"_client.c", emit_client, false},
	{"_server.c", emit_server, false}, {".hpp", emit_cpp, false},       {"_fuzz.c", emit_fuzz, false},
	{".md", emit_doc, true},           {".json", emit_json, true},
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
is_documented(const char *name)
{
	static const char *const documented[] = {"docs", "handles", "player", "sets", "structs"};
	size_t i;

	for (i = 0; i < sizeof documented / sizeof documented[0]; i++) {
		if (strcmp(name, documented[i]) == 0)
			return true;
	}
	return false;
}

START_TEST(emitted)
{
	const char *name = names[(size_t)_i / OUTPUT_COUNT];
	size_t output = (size_t)_i % OUTPUT_COUNT;

	if (!outputs[output].for_people || is_documented(name))
		check_input("", name, output);
}
END_TEST

START_TEST(emitted_import)
{
	check_input("contoso/", "common", (size_t)_i);
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
	tcase_add_loop_test(tcase, emitted_import, 0, (int)OUTPUT_COUNT);
	suite_add_tcase(suite, tcase);
	status = check_main(suite);
	free(names);
	return status;
}
