#include "emit/emit.h"

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"
#include "model/cname.h"

static void
emit_request(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	out_puts(out, "{\n");
	out_text(out, vars, "\tstruct cdrpc_writer $w$;\n");
	emit_write_counters(out, method, MODEL_IN);
	out_text(out, vars, "\n\tcdrpc_request_begin(&$w$, $client$, &$iface$_interface, $method$_in_table);\n");
	if (method->request.param_count > 0)
		emit_write_params(out, method, MODEL_IN, emit_own_address(out_arena(out), method, "w"));
}

static void
emit_oneway_stub(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	emit_idl(out, method->text);
	out_text(out, vars,
		 "cdrpc_status\n"
		 "$method$(struct cdrpc_client *$client$$inputs$)\n");
	emit_request(out, method, vars);
	out_text(out, vars,
		 "\treturn cdrpc_oneway_send(&$w$);\n"
		 "}\n\n");
}

static void
emit_begin(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	out_text(out, vars,
		 "cdrpc_status\n"
		 "$method$_begin(struct cdrpc_client *$client$$inputs$, struct cdrpc_pending **$ret_pending$)\n");
	emit_request(out, method, vars);
	out_text(out, vars,
		 "\treturn cdrpc_request_send(&$w$, $ret_pending$);\n"
		 "}\n\n");
}

/* From the variable that it was read into to where the caller wants it. */
static void
store_output(struct out *out, const struct model_field *param)
{
	struct arena *arena = out_arena(out);
	const char *bound = param->type->bound ? emit_bound(arena, param->type) : "";
	const struct out_var *vars = OUT_VARS({"x", param->name.c}, {"bound", bound});
	enum emit_class class = emit_class(param->type);

	if (class == EMIT_ARRAY && !param->optional)
		out_text(out, vars, "memcpy(ret_$x$, $x$, $bound$ * sizeof *$x$);\n");
	else if ((class == EMIT_STRUCT || class == EMIT_UNION) && !param->optional)
		out_text(out, vars, "*ret_$x$ = *$x$;\n");
	else
		out_text(out, vars, "*ret_$x$ = $x$;\n");
	if (class == EMIT_LIST)
		out_text(out, vars, "*ret_$x$_count = $x$_count;\n");
}

static void
emit_store(struct out *out, const struct model_method *method)
{
	struct out *body = out_new(out_arena(out));
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_OUT)
			store_output(body, &method->params[i]);
	}
	out_indent(out, 1);
	emit_block(out,
		   arena_format(out_arena(out), "if (cdrpc_reply_good(%s))",
				emit_own_address(out_arena(out), method, "r")),
		   body);
	out_indent(out, -1);
}

static void
emit_finish(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	out_text(out, vars,
		 "cdrpc_status\n"
		 "$method$_finish(struct cdrpc_pending *$pending$$outputs$");
	out_text(out, vars, method->needs_reply ? ", struct cdrpc_reply *$reply$)\n{\n" : ")\n{\n");
	out_text(out, vars, "\tstruct cdrpc_reader $r$;\n");
	emit_read_variables(out, method, MODEL_OUT, false);
	out_text(out, vars, "\n\tcdrpc_reply_begin(&$r$, $pending$, &$iface$_interface.methods[$method$_in_table], ");
	out_text(out, vars, method->needs_reply ? "$reply$);\n" : "NULL);\n");
	emit_read_params(out, method, MODEL_OUT, emit_own_address(out_arena(out), method, "r"));
	if (method->reply.param_count > 0)
		emit_store(out, method);
	out_text(out, vars,
		 "\treturn cdrpc_reply_end(&$r$);\n"
		 "}\n\n");
}

static void
emit_plain(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	const char *reply = method->needs_reply ? ", struct cdrpc_reply *$reply$" : "";
	const char *reply_name = method->needs_reply ? ", $reply$" : "";

	out_text(out, vars,
		 "cdrpc_status\n"
		 "$method$(struct cdrpc_client *$client$$inputs$$outputs$");
	out_text(out, vars, reply);
	out_text(out, vars,
		 ")\n"
		 "{\n"
		 "\tstruct cdrpc_pending *$pending$;\n"
		 "\tcdrpc_status $status$;\n"
		 "\n"
		 "\t$status$ = $method$_begin($client$$input_names$, &$pending$);\n"
		 "\tif ($status$ != CDRPC_OK)\n"
		 "\t\treturn $status$;\n"
		 "\treturn $method$_finish($pending$$output_names$");
	out_text(out, vars, reply_name);
	out_puts(out, ");\n"
		      "}\n\n");
}

static void
emit_sink(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	emit_idl(out, method->text);
	out_text(out, vars,
		 "static void\n"
		 "$iface$_$member$_sink(struct cdrpc_reader *$r$, const void *$events$, void *$self$)\n"
		 "{\n"
		 "\tconst struct $iface$_events *$to$ = (const struct $iface$_events *)$events$;\n");
	emit_read_variables(out, method, MODEL_IN, false);
	out_puts(out, "\n");
	emit_read_params(out, method, MODEL_IN, cname_own(out_arena(out), method, "r"));
	out_text(out, vars,
		 "\tif (cdrpc_event_end($r$) && $to$->$member$)\n"
		 "\t\t$to$->$member$($self$$input_names$);\n"
		 "}\n\n");
}

static void
emit_listen(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars = OUT_VARS({"iface", iface->name.c});
	const struct model_method *method;
	size_t i;

	out_text(out, vars,
		 "cdrpc_status\n"
		 "$iface$_listen(struct cdrpc_client *client, const struct $iface$_events *events, void *self)\n"
		 "{\n"
		 "\tconst struct cdrpc_event_entry entries[] = {\n");
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = iface->as.iface.by_ordinal[i];
		if (method->kind == MODEL_EVENT)
			out_text(out,
				 OUT_VARS({"method", method->name.c}, {"member", method->c_member}, {"iface", iface->name.c}),
				 "\t\t{$method$_in_table, events && events->$member$, $iface$_$member$_sink},\n");
	}
	out_text(out, vars,
		 "\t};\n"
		 "\tconst uint32_t count = sizeof entries / sizeof entries[0];\n"
		 "\n"
		 "\treturn cdrpc_client_listen(client, &$iface$_interface, entries, count, events, sizeof *events, "
		 "self);\n"
		 "}\n\n");
}

static void
emit_client_interface(struct out *out, const struct model_decl *iface)
{
	const struct model_method *method;
	const struct out_var *vars;
	size_t i;

	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = iface->as.iface.by_ordinal[i];
		vars = emit_method_vars(out_arena(out), iface, method);
		if (method->kind == MODEL_EVENT) {
			emit_sink(out, method, vars);
		} else if (method->kind == MODEL_ONEWAY) {
			emit_oneway_stub(out, method, vars);
		} else {
			emit_idl(out, method->text);
			emit_begin(out, method, vars);
			emit_finish(out, method, vars);
			emit_plain(out, method, vars);
		}
	}
	if (emit_count_methods(&iface->as.iface, true) > 0)
		emit_listen(out, iface);
}

void
emit_client(struct out *out, const struct model *model, const char *stem)
{
	emit_source(out, model, stem, "Client stubs", "#include <string.h>\n");
	emit_why_again(out);
	emit_interfaces(out, model, emit_client_interface);
}
