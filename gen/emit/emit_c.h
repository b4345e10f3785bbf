/*
 * What the emitters of C share: how types and parameters are spelled, comments, and the statements that write and read
 * values.
 *
 * Texts are made in the output's arena.
 */
#ifndef CDIDL_EMIT_C_H
#define CDIDL_EMIT_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"

struct arena;
struct out;
struct out_var;

#define EMIT_COLUMNS 120

/* Around what a header declares: its structs are laid out as the stubs' are, whatever '#pragma pack' is in force. */
#define EMIT_PACK_BEGIN "#pragma pack(push, 8)\n"
#define EMIT_PACK_END   "#pragma pack(pop)\n"

/* ---- emit_spell.c: types, members, parameters ---- */

/* What the wire does with a type, whatever its C form. */
enum emit_class {
	EMIT_SCALAR,            /* bool, integers, floats, enums, flags */
	EMIT_STRUCT,
	EMIT_ARRAY,
	EMIT_LIST,
	EMIT_STRING,
	EMIT_WSTRING,
	EMIT_BYTES,
	EMIT_TABLE,
	EMIT_UNION,
	EMIT_HANDLE,
};

enum emit_class emit_class(const struct model_type *type);

/* The kind that a scalar travels as: the base of an enum or of flags. */
enum model_type_kind emit_scalar(const struct model_type *type);
bool emit_is_small(const struct model_type *type);      /* a scalar of up to 4 bytes, which stands in a record itself */
bool emit_is_strict(const struct model_type *type);     /* a strict enum */

/* The items of a list, or one value, as C writes them: "uint32_t", "struct player_rect", "const char *". */
const char *emit_type(struct arena *arena, const struct model_type *type);
/* A declarator: "uint32_t x", "const char *x". */
const char *emit_declare(struct arena *arena, const char *type, const char *name);
/* A pointer to what is not to be changed: "const uint32_t *", "const char *const *". */
const char *emit_pointer(struct arena *arena, const char *type);
/* The bound in C: a constant of the module, "(64 << 20)" for 64M, or the number. */
const char *emit_bound(struct arena *arena, const struct model_type *type);

/* The variable or member that holds how many items a list has: "tracks_count". */
const char *emit_count(struct arena *arena, const char *list);

/* An integer constant of a base type: "UINT32_C(5)", "(-INT32_C(3))". */
const char *emit_integer(struct arena *arena, enum model_type_kind kind, struct model_integer value);

/*
 * Whether it is a pointer to an object, or to several, wherever it stands: a list, a table, and what may be absent. Strings,
 * bytes and handles are spelled as such.
 */
bool emit_is_pointer(const struct model_field *field);
/* An object that holds it: a member, or, when 'name' begins with '*', what an output is stored into. */
const char *emit_place(struct arena *arena, const struct model_field *field, const char *name);
/* One line for each C member, in a struct, table or union. */
void emit_member(struct out *out, const struct model_field *field, const char *comment);

/* What 'spell' gives for each parameter of a direction, a comma before each. */
const char *emit_each(struct arena *arena, const struct model_method *method, enum model_direction direction,
		      const char *(*spell)(struct arena *arena, const struct model_field *param));
/* As it is passed in, by value or a pointer to what is not changed; 'type' is how its type, or that of its items, is spelled. */
const char *emit_input(struct arena *arena, const struct model_field *param, const char *type);

/* The address of a variable of the generator's own, "&w", out of the way of the method's parameters. */
const char *emit_own_address(struct arena *arena, const struct model_method *method, const char *name);

/* What the templates for a method name: its names, parameter lists, and the generator's own names. */
const struct out_var *emit_method_vars(struct arena *arena, const struct model_decl *iface,
				       const struct model_method *method);

size_t emit_count_methods(const struct model_interface *iface, bool events);

/* A struct's bytes are not simply copied when it is written: it has holes, or values to check. */
bool emit_has_write(const struct model_decl *decl);
/* How the functions of a struct, table or union call their object: "track". */
const char *emit_object(struct arena *arena, const struct model_decl *decl);

/* ---- emit_decl.c, emit_header.c: the parts of a header ---- */

/* With the module's whole name, so that two modules with the same last part can be included together. */
const char *emit_guard(struct arena *arena, const struct model *model, const char *suffix);

/* What a server is called and found by, where that is known. */
void emit_service(struct out *out, const char *constant, const char *service);
void emit_consts(struct out *out, const struct model *model);
void emit_sets(struct out *out, const struct model *model);
void emit_record_types(struct out *out, const struct model *model);

/* ---- emit_record.c, emit_table.c: the functions of one type ---- */

void emit_struct_valid(struct out *out, const struct model_decl *decl);
void emit_struct_write(struct out *out, const struct model_decl *decl);
void emit_table_write(struct out *out, const struct model_decl *decl);
void emit_table_read(struct out *out, const struct model_decl *decl);
void emit_union_write(struct out *out, const struct model_decl *decl);
void emit_union_read(struct out *out, const struct model_decl *decl);

/* ---- emit_shape.c: what diagnostics name members by ---- */

void emit_record_shape(struct out *out, const struct model_decl *decl);
/* Writes what the texts of an interface's methods name by number, whose name it returns; the texts are by ordinal, and without quotes. */
const char *emit_method_shapes(struct out *out, const struct model_decl *decl, const char **ret_texts);

/* ---- emit_comment.c ---- */

/* The IDL's own text, on as many lines as it needs. */
void emit_idl(struct out *out, const char *text);
/* Doc comment, a remark and, unless NULL, IDL text of a declaration; nothing when there is nothing to say. */
void emit_doc_comment(struct out *out, const struct model_doc *doc, const char *remark, const char *text);
/* Of a declaration: its age is the remark. */
void emit_decl_comment(struct out *out, const struct model_decl *decl);
/* Of an interface: its age, and what emit_interface_facts() says, are the remark. */
void emit_interface_comment(struct out *out, const struct model_decl *iface);
/* What is common to its functions, in sentences: for which thread they are, and when a call ends. */
const char *emit_interface_facts(struct arena *arena, const struct model_decl *iface);
/* Of a method: what emit_age_sentence() and emit_method_facts() say is the remark. */
void emit_method_comment(struct out *out, const struct model_decl *iface, const struct model_method *method);
/* What is not seen in the method's own line, in sentences; "" where that is nothing. */
const char *emit_method_facts(struct arena *arena, const struct model_decl *iface, const struct model_method *method);
/* "30 s", "250 ms" */
const char *emit_duration(struct arena *arena, uint32_t ms);
/* 'code', and a comment at the right, or above when it would be too wide. */
void emit_remark(struct out *out, const char *code, const char *comment);
/* ", since 2, deprecated since 3: use open"; "" when there is nothing to say. */
const char *emit_age(struct arena *arena, const struct model_age *age);
/* "Since version 2. Deprecated since version 3: use open." */
const char *emit_age_sentence(struct arena *arena, const struct model_age *age);
/* The first lines of a file: where it comes from. */
void emit_head(struct out *out, const struct model *model, const char *stem, const char *what);
/* The same of a file of C, and what it includes: STEM.h, 'headers' of C's own, and the runtime's. */
void emit_source(struct out *out, const struct model *model, const char *stem, const char *what, const char *headers);
/* Says why what writes stands in a loop. */
void emit_why_again(struct out *out);
void emit_interfaces(struct out *out, const struct model *model,
		     void (*emit)(struct out *out, const struct model_decl *iface));

/* ---- emit_write.c, emit_read.c ---- */

/* A value that is written, or the place that it is read into. */
struct emit_value {
	const struct model_type *type;
	bool optional;
	bool shared;
	bool parameter;         /* bytes go outside the body; structs, unions and arrays are pointers */
	const char *x;          /* "track->title", "src" */
	const char *stream;     /* the writer or reader: "w", "&w" */
	const char *i;          /* names of counters */
	const char *n;
};

/* Kind and rights, as the codec's functions take them. */
const char *emit_handle_facts(struct arena *arena, const struct model_type *type);

/* 'head' and the statements of 'body', in braces when there are several lines. */
void emit_block(struct out *out, const char *head, const struct out *body);

/* Statements that write a value. */
void emit_write(struct out *out, const struct emit_value *value);

/* The same as a table's field or a union's member. A float takes the variables 'bits' and 'long_bits'. */
void emit_write_field(struct out *out, const struct emit_value *value, uint32_t id);
void emit_write_member(struct out *out, const struct emit_value *value, const char *kind);

/* A member, as 'stream' has it in the functions of its struct, table or union. */
struct emit_value emit_field_value(struct arena *arena, const struct model_decl *decl, const struct model_field *field,
				   const char *stream);
bool emit_any_field(const struct model_decl *decl, bool (*holds)(const struct model_type *type));

/* Whether writing needs the counters 'i', and 'n' too. */
bool emit_write_needs_i(const struct model_type *type);
bool emit_write_needs_n(const struct model_type *type);

/*
 * Statements that read a value into a place that holds zero, NULL or nothing yet; likewise from the record in hand.
 * Memory for a table or for items is filled by way of a variable: a parameter's own, or one that the caller declares at
 * the block's beginning as emit_read_local() says; NULL when none is needed.
 */
void emit_read(struct out *out, const struct emit_value *value);
void emit_read_field(struct out *out, const struct emit_value *value);
const char *emit_read_local(struct arena *arena, const struct emit_value *value);

/* Whether reading needs the counter 'i'. */
bool emit_read_needs_i(const struct model_type *type);

/* Declares the variable that a parameter is read into. */
void emit_read_variable(struct out *out, const struct model_field *param);

/* ---- emit_params.c: the parameters of one direction, one after another ---- */

void emit_write_counters(struct out *out, const struct model_method *method, enum model_direction direction);
/*
 * In the body of a function; a message is written once, or twice if it has to go elsewhere. 'stream' is the writer or reader: "w"
 * where a function is given one, "&w" where it has its own.
 */
void emit_write_params(struct out *out, const struct model_method *method, enum model_direction direction,
		       const char *stream);
/* 'writes': what is read is then written, so that the counters for that are declared too. */
void emit_read_variables(struct out *out, const struct model_method *method, enum model_direction direction,
			 bool writes);
void emit_read_params(struct out *out, const struct model_method *method, enum model_direction direction,
		      const char *stream);

/* ---- emit_cpp_params.c: how values are spelled and passed in C++ ---- */

/* A member of a method's outputs: "cdrpc::span<const struct ::player_track> tracks". */
const char *cpp_output(struct arena *arena, const struct model_field *param);
/* Declares what the C function stores into, where that is not the member itself; "" otherwise. */
const char *cpp_output_local(struct arena *arena, const struct model_field *param);
/* ", &outputs.ns" */
const char *cpp_output_argument(struct arena *arena, const struct model_field *param, const char *outputs);
/* The local as the member has it; "" where there is none. */
const char *cpp_output_store(struct arena *arena, const struct model_field *param, const char *outputs);

/*
 * What emit_method_vars() gives, and: 'outs', a name of the generator's own; 'result', the type of a call's outputs;
 * 'cpp_inputs' and 'cpp_more', the inputs as C++ parameters that the library is given, the second with a comma before; 'received' and
 * 'received_more', the same as handlers and listeners are given them; 'c_more', as C's;
 * 'cpp_answers', those of a reply; 'class', that of its handler or listener; 'to_c' and 'answers_to_c', inputs and outputs as
 * arguments of C's functions, a comma before; 'from_c' and 'from_c_more', C's parameters as arguments.
 */
const struct out_var *cpp_method_vars(struct arena *arena, const struct model_decl *iface,
				      const struct model_method *method);

#endif
