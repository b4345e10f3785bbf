#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/os.h"
#include "compat/compat.h"
#include "emit/emit.h"
#include "emit/out.h"
#include "fmt/fmt.h"
#include "model/cname.h"
#include "model/model.h"
#include "syntax/ast.h"
#include "syntax/load.h"

/* What is written for each input. */
static const struct {
	const char *suffix;
	enum product product;
	void (*emit)(struct out *out, const struct model *model, const char *stem);
} outputs[] = {
	{".h", PRODUCT_C, emit_header},        {"_types.c", PRODUCT_C, emit_types},
	{"_client.c", PRODUCT_C, emit_client}, {"_server.c", PRODUCT_C, emit_server},
	{".hpp", PRODUCT_CPP, emit_cpp},       {"_fuzz.c", PRODUCT_FUZZ, emit_fuzz},
	{".md", PRODUCT_DOC, emit_doc},        {".json", PRODUCT_JSON, emit_json},
};

int
command_usage(const struct run *run)
{
	fprintf(stderr, "usage: cdidl %s\n", run->usage);
	return EXIT_USAGE;
}

static bool
read_file(void *context, struct arena *arena, const char *path, char **ret_text, size_t *ret_size,
	  const char **ret_error)
{
	(void)context;
	return os_read_file(arena, path, SOURCE_SIZE_MAX, ret_text, ret_size, ret_error);
}

static void
print_diagnostics(const struct run *run)
{
	size_t length;
	const char *text = diag_render(run->diag, &length);

	fwrite(text, 1, length, stderr);
}

/* Files and their imports as models with C names. Anything but EXIT_FINE: what is wrong was printed. */
static int
load_models(struct run *run, const char *const *paths, size_t count, const struct load **ret_load)
{
	const struct load_reader reader = {read_file, NULL};
	const struct load *load =
		load_files(run->arena, run->diag, &reader, run->folders, run->folder_count, paths, count);
	size_t i;

	resolve(run->arena, run->diag, load);
	for (i = 0; i < load->order_count; i++)
		if (!load->order[i]->broken)
			cname_assign(run->arena, load->order[i]->model, run->diag);
	if (diag_errors(run->diag)) {
		print_diagnostics(run);
		return load->unreadable ? EXIT_USAGE : EXIT_ERRORS;
	}
	*ret_load = load;
	return EXIT_FINE;
}

int
command_check(struct run *run)
{
	const struct load *load;

	return load_models(run, run->paths, run->path_count, &load);
}

/* Whether each input writes files of its own, on Windows too. */
static bool
stems_differ(const struct run *run, const char *const *stems)
{
	size_t i, j;

	for (i = 0; i < run->path_count; i++) {
		for (j = 0; j < i; j++) {
			if (!os_same_path(stems[i], stems[j]))
				continue;
			if (!strcmp(stems[i], stems[j]))
				fprintf(stderr, "cdidl: '%s' and '%s' would both write '%s.h'\n", run->paths[j],
					run->paths[i], stems[i]);
			else
				fprintf(stderr,
					"cdidl: '%s' and '%s' would write '%s.h' and '%s.h', which are one file on "
					"Windows\n",
					run->paths[j], run->paths[i], stems[j], stems[i]);
			return false;
		}
	}
	return true;
}

/* Whether what is written to a place leaves alone what was read. */
static bool
spares_sources(const struct load *load, const char *const *places, const char *place)
{
	size_t i;

	for (i = 0; i < load->unit_count; i++) {
		if (!os_same_path(places[i], place))
			continue;
		fprintf(stderr, "cdidl: '%s' is read, and would be written over\n", load->units[i]->path);
		return false;
	}
	return true;
}

/* False: it would be written over something else. */
static bool
add_depfile(struct run *run, struct out_set *set, const struct load *load, const char *const *targets,
	    size_t target_count)
{
	const char **sources = ARENA_ARRAY(run->arena, load->unit_count, const char *);
	const char *place = os_place(run->arena, run->depfile);
	size_t i;

	for (i = 0; i < target_count; i++) {
		if (!os_same_path(os_place(run->arena, targets[i]), place))
			continue;
		fprintf(stderr, "cdidl: the depfile would be written over '%s'\n", targets[i]);
		return false;
	}
	for (i = 0; i < load->unit_count; i++)
		sources[i] = load->units[i]->path;
	out_rule(out_add(set, run->depfile), targets, target_count, sources, load->unit_count);
	return true;
}

/* What is read and right, into the folder for it, which is there. */
static int
write_outputs(struct run *run, const struct load *load, const char *const *stems)
{
	const char **targets = ARENA_ARRAY(run->arena, run->path_count * COUNT(outputs), const char *);
	const char **places = ARENA_ARRAY(run->arena, load->unit_count, const char *);
	struct out_set *set = out_set_new(run->arena);
	size_t count = 0, i, j;
	const char *error;

	for (i = 0; i < load->unit_count; i++)
		places[i] = os_place(run->arena, load->units[i]->path);
	if (run->depfile && !spares_sources(load, places, os_place(run->arena, run->depfile)))
		return EXIT_USAGE;
	for (i = 0; i < load->input_count; i++) {
		for (j = 0; j < COUNT(outputs); j++) {
			if (!(outputs[j].product & run->products))
				continue;
			targets[count] = arena_format(run->arena, "%s%s%s%s", run->out ? run->out : "",
						      run->out ? "/" : "", stems[i], outputs[j].suffix);
			if (!spares_sources(load, places, os_place(run->arena, targets[count])))
				return EXIT_USAGE;
			outputs[j].emit(out_add(set, targets[count++]), load->inputs[i]->model, stems[i]);
		}
	}
	if (run->depfile && !add_depfile(run, set, load, targets, count))
		return EXIT_USAGE;
	if (out_write(set, &error))
		return EXIT_FINE;
	fprintf(stderr, "cdidl: %s\n", error);
	return EXIT_USAGE;
}

int
command_gen(struct run *run)
{
	const char **stems = ARENA_ARRAY(run->arena, run->path_count, const char *);
	const struct load *load;
	const char *error;
	struct os_folders made = {NULL, 0};
	size_t i;
	int code;

	for (i = 0; i < run->path_count; i++)
		stems[i] = source_stem(run->arena, run->paths[i]);
	if (!stems_differ(run, stems))
		return EXIT_USAGE;
	code = load_models(run, run->paths, run->path_count, &load);
	if (code != EXIT_FINE)
		return code;
	if (run->out && !os_make_folders(run->arena, run->out, &made, &error)) {
		fprintf(stderr, "cdidl: cannot make '%s': %s\n", run->out, error);
		code = EXIT_USAGE;
	} else {
		code = write_outputs(run, load, stems);
	}
	if (code != EXIT_FINE)
		os_remove_folders(&made);
	return code;
}

/* The source of an input that has no syntax error, else NULL: printed at the end. */
static const struct source *
parse_input(struct run *run, size_t index, const char **ret_text, size_t *ret_size)
{
	size_t before = diag_errors(run->diag);
	const struct source *source;
	const char *error;
	char *text;

	if (!os_read_file(run->arena, run->paths[index], SOURCE_SIZE_MAX, &text, ret_size, &error)) {
		diag_error(run->diag, (struct span){0}, "cannot read '%s': %s", run->paths[index], error);
		run->unreadable = true;
		return NULL;
	}
	source = source_new(run->arena, (uint32_t)index, run->paths[index], text, *ret_size);
	parse_file(run->arena, source, run->diag);
	*ret_text = text;
	return diag_errors(run->diag) > before ? NULL : source;
}

static void
format_input(struct run *run, size_t index, struct out_set *set, bool *ret_differs)
{
	const char *text = NULL, *formatted;
	size_t size, formatted_size;
	const struct source *source = parse_input(run, index, &text, &size);

	if (!source)
		return;
	formatted = fmt_source(run->arena, source, &formatted_size);
	*ret_differs = formatted_size != size || memcmp(formatted, text, size) != 0;
	if (run->write && *ret_differs)
		out_puts(out_add(set, run->paths[index]), formatted);
	else if (run->check && *ret_differs)
		printf("%s\n", run->paths[index]);
	else if (!run->check && !run->write)
		fwrite(formatted, 1, formatted_size, stdout);
}

int
command_fmt(struct run *run)
{
	struct out_set *set = out_set_new(run->arena);
	bool any = false, differs;
	const char *error;
	size_t i;

	if (run->check && run->write)
		return command_usage(run);
	for (i = 0; i < run->path_count; i++) {
		differs = false;
		format_input(run, i, set, &differs);
		any = any || differs;
	}
	if (diag_errors(run->diag)) {
		print_diagnostics(run);
		return run->unreadable ? EXIT_USAGE : EXIT_ERRORS;
	}
	if (!out_write(set, &error)) {
		fprintf(stderr, "cdidl: %s\n", error);
		return EXIT_USAGE;
	}
	return run->check && any ? EXIT_ERRORS : EXIT_FINE;
}

int
command_diff(struct run *run)
{
	const struct load *before, *after;
	const struct compat_report *report;
	const char *text;
	size_t length;
	int code;

	code = load_models(run, &run->paths[0], 1, &before);
	if (code != EXIT_FINE)
		return code;
	code = load_models(run, &run->paths[1], 1, &after);
	if (code != EXIT_FINE)
		return code;
	report = compat_compare(run->arena, before->inputs[0]->model, after->inputs[0]->model);
	text = compat_render(run->arena, report, &length);
	fwrite(text, 1, length, stdout);
	return report->wire || (report->source && !run->wire) ? EXIT_ERRORS : EXIT_FINE;
}
