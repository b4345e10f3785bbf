/* How values are spelled and passed in C++; emit_cpp.c says where. */
#ifndef CDIDL_EMIT_CPP_H
#define CDIDL_EMIT_CPP_H

#include "model/model.h"

struct arena;
struct out_var;

/* A member of a method's outputs: "cdrpc::span<const struct ::player_track> tracks". */
const char *cpp_output(struct arena *arena, const struct model_field *param);
/* Declares what the C function stores into, where that is not the member itself; "" otherwise. */
const char *cpp_output_local(struct arena *arena, const struct model_field *param);
/* ", &outputs.ns" */
const char *cpp_output_argument(struct arena *arena, const struct model_field *param, const char *outputs);
/* Moves the local into the member; "" where there is none. */
const char *cpp_output_store(struct arena *arena, const struct model_field *param, const char *outputs);

/* The class of an interface, "player_client"; a '_' behind it if something in it has that name, which would be its constructor's. */
const char *cpp_class(struct arena *arena, const struct model_decl *iface, const char *side);

/*
 * What emit_method_vars() gives, and: 'outs', a name of the generator's own; 'result', the type of a call's outputs;
 * 'cpp_inputs' and 'cpp_more', the inputs as C++ parameters, the second with a comma before; 'c_more', the same as C's; 'cpp_answers', likewise
 * for a reply; 'class', that of its handler or listener; 'to_c' and 'answers_to_c', the same as arguments of C's functions, a comma before; 'from_c' and
 * 'from_c_more', C's parameters as arguments.
 */
const struct out_var *cpp_method_vars(struct arena *arena, const struct model_decl *iface,
				      const struct model_method *method);

#endif
