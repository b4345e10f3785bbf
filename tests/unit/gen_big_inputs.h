/* Interface files of any size, each of 'count' pieces. */
#ifndef CDRPC_TESTS_GEN_BIG_INPUTS_H
#define CDRPC_TESTS_GEN_BIG_INPUTS_H

#include "base/arena.h"

struct text big_methods(struct arena *arena, unsigned count);
struct text big_struct_chain(struct arena *arena, unsigned count);
struct text big_struct_ring(struct arena *arena, unsigned count);
struct text big_table_ring(struct arena *arena, unsigned count);
struct text big_const_chain(struct arena *arena, unsigned count);
struct text big_one_table(struct arena *arena, unsigned count);
struct text big_unknown_types(struct arena *arena, unsigned count);
struct text big_syntax_errors(struct arena *arena, unsigned count);
struct text big_long_module_name(struct arena *arena, unsigned count);
struct text big_long_expression(struct arena *arena, unsigned count);
struct text big_one_comment(struct arena *arena, unsigned count);
struct text big_doc_lines(struct arena *arena, unsigned count);
struct text big_documented_params(struct arena *arena, unsigned count);
struct text big_one_enum(struct arena *arena, unsigned count);
struct text big_comments(struct arena *arena, unsigned count);
struct text big_used(struct arena *arena, unsigned count);
struct text big_used_renamed(struct arena *arena, unsigned count);

#endif
