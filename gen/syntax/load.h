/*
 * Input files and all that they import, read, parsed and put in order.
 *
 * An import is looked up beside the importing file, then in each folder of -I. A file is read once, however often it
 * is imported.
 */
#ifndef CDIDL_LOAD_H
#define CDIDL_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"

struct arena;
struct diag;

/* How files are read; os_read_file() behind it, or memory in a test. */
struct load_reader {
	bool (*read)(void *context, struct arena *arena, const char *path, char **ret_text, size_t *ret_size,
		     const char **ret_error);
	void *context;
};

/* One file. */
struct unit {
	const char *path; /* as written, or as found: folder of the importing file or of -I, '/', path of the import */
	struct ast_file *ast;
	struct unit **imports; /* one for each import of 'ast'; NULL where that failed */
	bool broken;           /* errors in it or in what it imports have been reported */
	bool done;             /* all that it imports stands before it in the order */
	bool open;             /* while the order is made: being visited */
	struct model *model;   /* resolve's */
	struct map names;      /* resolve's: from an interned name to a 'struct model_decl *' */
};

struct load {
	struct unit **inputs; /* as given; NULL where the file cannot be read */
	size_t input_count;
	struct unit **order; /* every file, an imported one before those that import it */
	size_t order_count;
	struct unit **units; /* every file as read, for a depfile */
	size_t unit_count;
	bool unreadable; /* an input cannot be read: an I/O error */
};

/* Reports what cannot be read or found, syntax errors, cycles, and imports that have errors. */
const struct load *load_files(struct arena *arena, struct diag *diag, const struct load_reader *reader,
			      const char *const *folders, size_t folder_count, const char *const *paths,
			      size_t path_count);

#endif
