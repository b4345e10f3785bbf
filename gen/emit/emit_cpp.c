#include "emit/emit.h"

#include <string.h>

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"
#include "model/cname.h"

/* ---- client ---- */

static void
emit_outputs_struct(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	size_t i;

	out_text(out, vars, "struct $outputs_type$ {\n");
	out_indent(out, 1);
	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_OUT)
			out_puts(out,
				 arena_format(out_arena(out), "%s;\n", cpp_output(out_arena(out), &method->params[i])));
	}
	if (method->needs_reply)
		out_text(out, vars, "cdrpc::reply $reply$; /* what is above lives in it */\n");
	out_indent(out, -1);
	out_puts(out, "};\n");
}

/* The body of a function that ends a call: 'call' is its C function with all but the outputs. */
static void
emit_ending(struct out *out, const struct model_method *method, const struct out_var *vars, const char *call)
{
	struct arena *arena = out_arena(out);
	const char *outputs = cname_own(arena, method, "outputs");
	size_t i;

	out_puts(out, "{\n");
	out_indent(out, 1);
	if (method->reply.param_count > 0)
		out_text(out, vars, "$outputs_type$ $outs$ = {};\n");
	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_OUT)
			out_puts(out, cpp_output_local(arena, &method->params[i]));
	}
	out_text(out, vars, "cdrpc_status $status$;\n\n$status$ = ");
	out_text(out, vars, call);
	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_OUT)
			out_puts(out, cpp_output_argument(arena, &method->params[i], outputs));
	}
	out_text(out, vars, method->needs_reply ? ", $outs$.$reply$.get());\n" : ");\n");
	out_text(out, vars,
		 "if ($status$ != CDRPC_OK)\n"
		 "\treturn cdrpc::failure{$status$};\n");
	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_OUT)
			out_puts(out, cpp_output_store(arena, &method->params[i], outputs));
	}
	out_text(out, vars, method->reply.param_count > 0 ? "return $outs$;\n" : "return {};\n");
	out_indent(out, -1);
	out_puts(out, "}\n");
}

static void
emit_call(struct out *out, const struct model_decl *iface, const struct model_method *method)
{
	const struct out_var *vars = cpp_method_vars(out_arena(out), iface, method);

	if (method->reply.param_count > 0)
		emit_outputs_struct(out, method, vars);
	emit_method_comment(out, iface, method);
	out_text(out, vars, "cdrpc::result<$result$> $member$($cpp_inputs$) const\n");
	emit_ending(out, method, vars, "::$method$(cdrpc_client_$to_c$");
	out_puts(out, "\n");
	if (method->kind != MODEL_TWO_WAY)
		return;
	out_text(out, vars, "static cdrpc::result<$result$> $member$_finish(cdrpc_pending *$pending$)\n");
	emit_ending(out, method, vars, "::$method$_finish($pending$");
	out_text(out, vars,
		 "using $pending_type$ = cdrpc::pending<$result$, &$member$_finish>;\n"
		 "cdrpc::result<$pending_type$> $member$_begin($cpp_inputs$) const\n"
		 "{\n"
		 "\tcdrpc_pending *$pending$ = nullptr;\n"
		 "\tcdrpc_status $status$ = ::$method$_begin(cdrpc_client_$to_c$, &$pending$);\n"
		 "\n"
		 "\tif ($status$ != CDRPC_OK)\n"
		 "\t\treturn cdrpc::failure{$status$};\n"
		 "\treturn $pending_type$($pending$);\n"
		 "}\n"
		 "\n");
}

static void
emit_client_class(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars = OUT_VARS({"class", iface->as.iface.cpp_client});
	const struct model_method *method;
	size_t i;

	emit_decl_comment(out, iface);
	out_text(out, vars,
		 "class $class$ {\n"
		 "public:\n"
		 "\t/* 'client' is borrowed: it stays where it is as long as this is used. */\n"
		 "\texplicit $class$(cdrpc_client *client) noexcept : cdrpc_client_(client) {}\n"
		 "\texplicit $class$(const cdrpc::client &client) noexcept : cdrpc_client_(client.get()) {}\n"
		 "\texplicit $class$(const cdrpc::client &&client) = delete;\n"
		 "\n");
	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind != MODEL_EVENT)
			emit_call(out, iface, method);
	}
	out_indent(out, -1);
	out_puts(out, "private:\n"
		      "\tcdrpc_client *cdrpc_client_;\n"
		      "};\n\n");
}

/* ---- what is called back: handlers and listeners ---- */

static void
emit_virtual(struct out *out, const struct model_decl *iface, const struct model_method *method)
{
	const struct out_var *vars = cpp_method_vars(out_arena(out), iface, method);
	bool answers = method->kind == MODEL_TWO_WAY;
	size_t i;

	emit_method_comment(out, iface, method);
	out_puts(out, answers ? "virtual cdrpc_status " : "virtual void ");
	out_text(out, vars,
		 method->kind == MODEL_EVENT ? "$member$($received$)\n{\n"
					     : "$member$(cdrpc::call $call$$received_more$)\n{\n");
	if (method->kind != MODEL_EVENT)
		out_text(out, vars, "\t(void)$call$;\n");
	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_IN)
			out_puts(out, arena_format(out_arena(out), "\t(void)%s;\n", method->params[i].name.c));
	}
	if (answers)
		out_puts(out, "\treturn CDRPC_E_NOT_IMPLEMENTED;\n");
	out_puts(out, "}\n");
	if (answers && method->reply.param_count > 0)
		out_text(out, vars,
			 "[[nodiscard]] static cdrpc_status $member$_reply(cdrpc::answerable $call$$cpp_answers$)\n"
			 "{\n"
			 "\tif (!$call$.get())\n"
			 "\t\treturn CDRPC_E_STATE;\n"
			 "\treturn $call$.replied(::$method$_reply($call$.get()$answers_to_c$));\n"
			 "}\n");
	out_puts(out, "\n");
}

/* What C's table has: exceptions end here. */
static void
emit_thunk(struct out *out, const struct model_decl *iface, const struct model_method *method, const struct out_var *vars)
{
	if (method->kind == MODEL_EVENT) {
		out_text(out, vars,
			 "static void\n"
			 "cdrpc_on_$member$(void *$self$$c_more$) noexcept\n"
			 "{\n"
			 "\tcdrpc::guard(");
		out_puts(out, cname_literal(out_arena(out), arena_format(out_arena(out), "%s.%s", iface->full_name, method->name.text)));
		out_text(out, vars,
			 ", [&] {\n"
			 "\t\tstatic_cast<$class$ *>($self$)->$member$($from_c$);\n"
			 "\t});\n"
			 "}\n");
		return;
	}
	out_puts(out, method->kind == MODEL_TWO_WAY ? "static cdrpc_status\n" : "static void\n");
	out_text(out, vars, "cdrpc_on_$member$(cdrpc_call *$call$, void *$self$$c_more$) noexcept\n{\n");
	if (method->kind == MODEL_TWO_WAY)
		out_text(out, vars,
			 "\treturn cdrpc::guard($call$, [&] {\n"
			 "\t\treturn static_cast<$class$ *>($self$)->$member$(cdrpc::call($call$)$from_c_more$);\n"
			 "\t});\n"
			 "}\n");
	else
		out_text(out, vars,
			 "\t(void)cdrpc::guard($call$, [&] {\n"
			 "\t\tstatic_cast<$class$ *>($self$)->$member$(cdrpc::call($call$)$from_c_more$);\n"
			 "\t\treturn cdrpc_status(CDRPC_OK);\n"
			 "\t});\n"
			 "}\n");
}

/* The table of one side, in the order of its struct. */
static void
emit_thunks(struct out *out, const struct model_decl *iface, bool events)
{
	const struct out_var *vars = OUT_VARS({"type", events ? "events" : "handlers"}, {"iface", iface->name.c});
	const struct model_method *method;
	size_t i;

	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if ((method->kind == MODEL_EVENT) == events)
			emit_thunk(out, iface, method, cpp_method_vars(out_arena(out), iface, method));
	}
	out_text(out, vars,
		 "static const struct ::$iface$_$type$ *cdrpc_table() noexcept\n"
		 "{\n"
		 "\tstatic const struct ::$iface$_$type$ table = {\n");
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if ((method->kind == MODEL_EVENT) == events)
			out_puts(out, arena_format(out_arena(out), "\t\tcdrpc_on_%s,\n", method->c_member));
	}
	out_puts(out, "\t};\n"
		      "\n"
		      "\treturn &table;\n"
		      "}\n");
	out_indent(out, -1);
}

static void
emit_emitters(struct out *out, const struct model_decl *iface)
{
	const struct model_method *method;
	size_t i;

	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind != MODEL_EVENT)
			continue;
		emit_idl(out, method->text);
		out_text(out, cpp_method_vars(out_arena(out), iface, method),
			 "[[nodiscard]] static cdrpc_status emit_$member$(cdrpc_server *$server$, cdrpc_peer *$to$$cpp_more$)\n"
			 "{\n"
			 "\treturn ::$method$($server$, $to$$to_c$);\n"
			 "}\n"
			 "\n");
	}
	out_indent(out, -1);
}

static void
emit_server_class(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars =
		OUT_VARS({"iface", iface->name.c}, {"class", iface->as.iface.cpp_server});
	bool handlers = emit_count_methods(&iface->as.iface, false) > 0;
	const struct model_method *method;
	size_t i;

	out_text(out, vars,
		 "/* Override what is served. An exception that leaves a handler is caught: cdrpc/calls.hpp says what it is then. */\n"
		 "class $class$ {\n"
		 "public:\n"
		 "\t$class$() = default;\n"
		 "\t$class$(const $class$ &) = delete;\n"
		 "\t$class$ &operator=(const $class$ &) = delete;\n"
		 "\tvirtual ~$class$() = default;\n"
		 "\t/* The object stays where it is until the server is freed. */\n"
		 "\t[[nodiscard]] cdrpc_status cdrpc_serve(const cdrpc::server &server) { return cdrpc_serve(server.get()); }\n"
		 "\t[[nodiscard]] cdrpc_status cdrpc_serve(cdrpc_server *server)\n"
		 "\t{\n");
	out_text(out, vars,
		 handlers ? "\t\treturn ::$iface$_serve(server, cdrpc_table(), this);\n\t}\n\n"
			  : "\t\treturn ::$iface$_serve(server);\n\t}\n\n");
	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind != MODEL_EVENT)
			emit_virtual(out, iface, method);
	}
	out_indent(out, -1);
	emit_emitters(out, iface);
	if (handlers) {
		out_puts(out, "private:\n");
		emit_thunks(out, iface, false);
	}
	out_puts(out, "};\n\n");
}

static void
emit_listener_class(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars =
		OUT_VARS({"iface", iface->name.c}, {"class", iface->as.iface.cpp_listener});
	const struct model_method *method;
	size_t i;

	out_text(out, vars,
		 "/* Override what is listened to. An exception that leaves a listener is a line of the log. */\n"
		 "class $class$ {\n"
		 "public:\n"
		 "\t$class$() = default;\n"
		 "\t$class$(const $class$ &) = delete;\n"
		 "\t$class$ &operator=(const $class$ &) = delete;\n"
		 "\tvirtual ~$class$() = default;\n"
		 "\t/* The object stays where it is until another, or NULL, takes its place, or the client is freed. "
		 "*/\n"
		 "\t[[nodiscard]] cdrpc_status cdrpc_listen(const cdrpc::client &client) { return cdrpc_listen(client.get()); }\n"
		 "\t[[nodiscard]] cdrpc_status cdrpc_listen(cdrpc_client *client)\n"
		 "\t{\n"
		 "\t\treturn ::$iface$_listen(client, cdrpc_table(), this);\n"
		 "\t}\n"
		 "\n");
	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind == MODEL_EVENT)
			emit_virtual(out, iface, method);
	}
	out_indent(out, -1);
	out_puts(out, "private:\n");
	emit_thunks(out, iface, true);
	out_puts(out, "};\n\n");
}

/* Types by their own names, behind the classes: what those name is not to hide them, as compilers would say. */
static void
emit_aliases(struct out *out, const struct model *model)
{
	struct arena *arena = out_arena(out);
	const struct model_decl *decl;
	bool any = false;
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (!decl->cpp_alias)
			continue;
		any = true;
		out_puts(out, model_is_record(decl)
				      ? arena_format(arena, "using %s = struct ::%s;\n", decl->cpp_alias, decl->name.c)
				      : arena_format(arena, "using %s = ::%s;\n", decl->cpp_alias,
						     cname_with(arena, decl->name.c, "_t")));
	}
	if (any)
		out_puts(out, "\n");
}

void
emit_cpp(struct out *out, const struct model *model, const char *stem)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = OUT_VARS({"guard", emit_guard(arena, model, "_HPP")}, {"stem", stem},
					      {"space", model->cpp_space});
	const struct model_decl *decl;
	size_t i;

	out_wrap(out, EMIT_COLUMNS);
	emit_head(out, model, stem, "C++ wrapper");
	out_text(out, vars,
		 "#ifndef $guard$\n"
		 "#define $guard$\n"
		 "\n"
		 "#include <array>\n"
		 "\n"
		 "#include <cdrpc/cdrpc.hpp>\n"
		 "\n"
		 "#include \"$stem$.h\"\n"
		 "\n" EMIT_PACK_BEGIN "namespace $space$ {\n"
		 "\n");
	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (decl->kind != MODEL_INTERFACE)
			continue;
		if (decl->as.iface.cpp_client)
			emit_client_class(out, decl);
		if (decl->as.iface.cpp_listener)
			emit_listener_class(out, decl);
		emit_server_class(out, decl);
	}
	emit_aliases(out, model);
	out_text(out, vars,
		 "} // namespace $space$\n" EMIT_PACK_END "\n"
		 "#endif\n");
}
