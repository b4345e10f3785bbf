#include "syntax/load.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "syntax/ast.h"

struct loader {
	struct arena *arena;
	struct diag *diag;
	const struct load_reader *reader;
	const char *const *folders;
	size_t folder_count;
	struct load *load;
	struct map by_path;
	size_t capacity;
};

/* The same for "a//b.cdidl" and "./a/./b.cdidl"; links are not followed. Interned. */
static const char *
path_key(struct arena *arena, const char *path)
{
	struct text text = {.arena = arena};
	const char *p = path, *end;

	if (*p == '/')
		text_puts(&text, "/");
	for (; *p; p = *end ? end + 1 : end) {
		end = strchr(p, '/') ? strchr(p, '/') : p + strlen(p);
		if (end == p || (end - p == 1 && *p == '.'))
			continue;
		if (text.length && text.data[text.length - 1] != '/')
			text_puts(&text, "/");
		text_add(&text, p, (size_t)(end - p));
	}
	return arena_intern(arena, text_string(&text), text.length);
}

/* The unit of a file that can be read, new or known. NULL: it cannot. */
static struct unit *
load_path(struct loader *loader, const char *path, const char **ret_error)
{
	const char *key = path_key(loader->arena, path);
	struct unit *unit = map_get(&loader->by_path, map_name(key));
	struct load *load = loader->load;
	struct unit **units;
	size_t size;
	char *text;

	if (unit)
		return unit;
	if (!loader->reader->read(loader->reader->context, loader->arena, path, &text, &size, ret_error))
		return NULL;
	unit = ARENA_NEW(loader->arena, struct unit);
	unit->path = path;
	unit->names.arena = loader->arena;
	unit->ast = ARENA_NEW(loader->arena, struct ast_file);
	unit->ast->source = source_new(loader->arena, (uint32_t)load->unit_count, path, text, size);
	map_add(&loader->by_path, map_name(key), unit);
	if (load->unit_count == loader->capacity) {
		loader->capacity = loader->capacity ? loader->capacity * 2 : 16;
		units = ARENA_ARRAY(loader->arena, loader->capacity, struct unit *);
		if (load->unit_count)
			memcpy(units, load->units, load->unit_count * sizeof *units);
		load->units = units;
	}
	load->units[load->unit_count++] = unit;
	return unit;
}

static const char *
path_join(struct arena *arena, const char *folder, size_t folder_length, const char *path)
{
	bool slash = folder_length && folder[folder_length - 1] != '/' && folder[folder_length - 1] != '\\';

	return arena_format(arena, "%.*s%s%s", (int)folder_length, folder, slash ? "/" : "", path);
}

/* The length of the folder's part of a path, its separator included. */
static size_t
folder_length(const char *path)
{
	size_t length = strlen(path);

	while (length && path[length - 1] != '/' && path[length - 1] != '\\')
		length--;
	return length;
}

/*
 * What is wrong with the path of an import, or NULL: it becomes the path of an #include, and must stay inside the
 * output.
 */
static const char *
import_problem(const char *path)
{
	size_t length = strlen(path);
	const char *part;

	if (length < 7 || strcmp(path + length - 6, ".cdidl") != 0 || path[length - 7] == '/')
		return "an import ends in \".cdidl\"";
	if (path[0] == '/' || strchr(path, ':') || strchr(path, '\\'))
		return "an import is a relative path with '/': it is looked up beside this file, then in each -I";
	for (part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
		if (!strncmp(part, "../", 3) || !strncmp(part, "./", 2) || *part == '/')
			return "an import has no empty, '.' or '..' part: name the folder with -I instead";
	return NULL;
}

static struct unit *
load_import(struct loader *loader, const struct unit *unit, const struct ast_import *import)
{
	const char *problem = import_problem(import->path), *path, *error;
	struct unit *found;
	size_t i;

	if (problem) {
		diag_error(loader->diag, import->span, "%s", problem);
		return NULL;
	}
	path = path_join(loader->arena, unit->path, folder_length(unit->path), import->path);
	found = load_path(loader, path, &error);
	for (i = 0; !found && i < loader->folder_count; i++) {
		path = path_join(loader->arena, loader->folders[i], strlen(loader->folders[i]), import->path);
		found = load_path(loader, path, &error);
	}
	if (found)
		return found;
	diag_error(loader->diag, import->span, "import '%s' not found", import->path);
	path = path_join(loader->arena, unit->path, folder_length(unit->path), import->path);
	diag_note(loader->diag, AST_NO_NAME.span, "tried '%s'", path);
	for (i = 0; i < loader->folder_count; i++) {
		path = path_join(loader->arena, loader->folders[i], strlen(loader->folders[i]), import->path);
		diag_note(loader->diag, AST_NO_NAME.span, "tried '%s'", path);
	}
	return NULL;
}

static void
load_unit(struct loader *loader, struct unit *unit)
{
	size_t before = diag_errors(loader->diag), count = 0, i;
	struct map seen = {.arena = loader->arena};
	const struct ast_import *import;
	struct ast_import *earlier;

	unit->ast = parse_file(loader->arena, unit->ast->source, loader->diag);
	for (import = unit->ast->first_import; import; import = import->next)
		count++;
	unit->imports = ARENA_ARRAY(loader->arena, count, struct unit *);
	for (import = unit->ast->first_import, i = 0; import; import = import->next, i++) {
		unit->imports[i] = load_import(loader, unit, import);
		if (!unit->imports[i])
			continue;
		earlier = map_add(&seen, map_name((const char *)unit->imports[i]), (void *)import);
		if (!earlier)
			continue;
		diag_error(loader->diag, import->span, "'%s' is imported twice", import->path);
		diag_note(loader->diag, earlier->span, "the first time here");
	}
	unit->broken = diag_errors(loader->diag) > before;
}

/* One step of the visit: the unit that is being looked at, and its import that comes next. */
struct visit {
	struct unit *unit;
	const struct ast_import *import;
	size_t index;
};

static void
report_import_cycle(struct loader *loader, const struct visit *visits, size_t depth)
{
	const struct visit *top = &visits[depth - 1];
	const struct unit *again = top->unit->imports[top->index];
	size_t i;

	diag_error(loader->diag, top->import->span, "import cycle: '%s' imports itself", again->path);
	for (i = depth; i > 0 && visits[i - 1].unit != again; i--)
		;
	for (; i > 0 && i < depth; i++)
		diag_note(loader->diag, visits[i - 1].import->span, "'%s' imports '%s' here", visits[i - 1].unit->path,
			  visits[i].unit->path);
	top->unit->broken = true;
}

/* Depth first, with a stack of our own: a chain of imports may be long. */
static void
order_from(struct loader *loader, struct unit *root, struct visit *visits)
{
	struct visit *top;
	struct unit *next;
	size_t depth = 1;

	visits[0] = (struct visit){root, root->ast->first_import, 0};
	root->open = true;
	while (depth) {
		top = &visits[depth - 1];
		if (!top->import) {
			top->unit->done = true;
			loader->load->order[loader->load->order_count++] = top->unit;
			depth--;
			continue;
		}
		next = top->unit->imports[top->index];
		if (next && next->open && !next->done) {
			report_import_cycle(loader, visits, depth);
		} else if (next && !next->done) {
			next->open = true;
			visits[depth++] = (struct visit){next, next->ast->first_import, 0};
			continue;
		} else if (next && next->broken) {
			diag_error(loader->diag, top->import->span, "'%s' has errors", top->import->path);
			top->unit->broken = true;
		}
		top->import = top->import->next;
		top->index++;
	}
}

const struct load *
load_files(struct arena *arena, struct diag *diag, const struct load_reader *reader, const char *const *folders,
	   size_t folder_count, const char *const *paths, size_t path_count)
{
	struct loader loader = {
		.arena = arena, .diag = diag, .reader = reader, .folders = folders, .folder_count = folder_count};
	struct load *load = ARENA_NEW(arena, struct load);
	const char *error = NULL;
	struct visit *visits;
	size_t i;

	loader.load = load;
	loader.by_path.arena = arena;
	load->inputs = ARENA_ARRAY(arena, path_count, struct unit *);
	load->input_count = path_count;
	for (i = 0; i < path_count; i++) {
		load->inputs[i] = load_path(&loader, paths[i], &error);
		if (load->inputs[i])
			continue;
		diag_error(diag, AST_NO_NAME.span, "cannot read '%s': %s", paths[i], error);
		load->unreadable = true;
	}
	for (i = 0; i < load->unit_count; i++)
		load_unit(&loader, load->units[i]);
	load->order = ARENA_ARRAY(arena, load->unit_count, struct unit *);
	visits = ARENA_ARRAY(arena, load->unit_count + 1, struct visit);
	for (i = 0; i < load->unit_count; i++)
		if (!load->units[i]->done)
			order_from(&loader, load->units[i], visits);
	return load;
}
