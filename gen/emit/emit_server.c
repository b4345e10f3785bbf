#include "emit/emit.h"

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"

static void
emit_oneway_skeleton(struct out *out, const struct out_var *vars)
{
	out_text(out, vars,
		 "\t$status$ = cdrpc_call_inputs_end(&$r$);\n"
		 "\tif ($status$ == CDRPC_OK)\n"
		 "\t\t$to$->$member$($call$, $self$$input_names$);\n"
		 "\treturn $status$;\n"
		 "}\n\n");
}

static void
emit_skeleton(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	emit_idl(out, method->text);
	out_text(out, vars,
		 "static cdrpc_status\n"
		 "$method$_skeleton(struct cdrpc_call *$call$, const void *$handlers$, void *$self$)\n"
		 "{\n"
		 "\tconst struct $iface$_handlers *$to$ = (const struct $iface$_handlers *)$handlers$;\n"
		 "\tstruct cdrpc_reader $r$;\n"
		 "\tcdrpc_status $status$;\n");
	emit_read_variables(out, method, MODEL_IN, false);
	out_text(out, vars,
		 "\n"
		 "\tif (!$to$->$member$)\n"
		 "\t\treturn CDRPC_E_NOT_IMPLEMENTED;\n"
		 "\tcdrpc_call_inputs(&$r$, $call$);\n");
	emit_read_params(out, method, MODEL_IN, emit_own_address(out_arena(out), method, "r"));
	if (method->kind == MODEL_ONEWAY) {
		emit_oneway_skeleton(out, vars);
		return;
	}
	out_text(out, vars,
		 "\t$status$ = cdrpc_call_inputs_end(&$r$);\n"
		 "\tif ($status$ != CDRPC_OK)\n"
		 "\t\treturn $status$;\n"
		 "\treturn $to$->$member$($call$, $self$$input_names$);\n"
		 "}\n\n");
}

static void
emit_reply(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	out_text(out, vars,
		 "cdrpc_status\n"
		 "$method$_reply(struct cdrpc_call *$call$$answers$)\n"
		 "{\n"
		 "\tstruct cdrpc_writer $w$;\n");
	emit_write_counters(out, method, MODEL_OUT);
	out_text(out, vars,
		 "\n"
		 "\tcdrpc_answer_begin(&$w$, $call$, &$iface$_interface, $method$_in_table);\n");
	emit_write_params(out, method, MODEL_OUT, emit_own_address(out_arena(out), method, "w"));
	out_text(out, vars,
		 "\treturn cdrpc_answer_send(&$w$);\n"
		 "}\n\n");
}

static void
emit_event(struct out *out, const struct model_method *method, const struct out_var *vars)
{
	emit_idl(out, method->text);
	out_text(out, vars,
		 "cdrpc_status\n"
		 "$method$(struct cdrpc_server *$server$, struct cdrpc_peer *$to$$inputs$)\n"
		 "{\n"
		 "\tstruct cdrpc_writer $w$;\n");
	emit_write_counters(out, method, MODEL_IN);
	out_text(out, vars, "\n\tcdrpc_event_begin(&$w$, $server$, $to$, &$iface$_interface, $method$_in_table);\n");
	if (method->request.param_count > 0)
		emit_write_params(out, method, MODEL_IN, emit_own_address(out_arena(out), method, "w"));
	out_text(out, vars,
		 "\treturn cdrpc_event_send(&$w$);\n"
		 "}\n\n");
}

static void
emit_serve(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars = OUT_VARS({"iface", iface->name.c});
	const struct model_method *method;
	size_t i;

	out_text(out, vars, "static cdrpc_skeleton *const $iface$_skeleton_table[] = {\n");
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = iface->as.iface.by_ordinal[i];
		if (method->kind == MODEL_EVENT)
			out_puts(out, "\tNULL,\n");
		else
			out_text(out, OUT_VARS({"method", method->name.c}), "\t$method$_skeleton,\n");
	}
	out_text(out, vars, "};\n\ncdrpc_status\n");
	if (emit_count_methods(&iface->as.iface, false) > 0)
		out_text(out, vars,
			 "$iface$_serve(struct cdrpc_server *server, const struct $iface$_handlers *handlers, void "
			 "*self)\n"
			 "{\n"
			 "\treturn cdrpc_server_add(server, &$iface$_interface, $iface$_skeleton_table, handlers, "
			 "self);\n"
			 "}\n\n");
	else
		out_text(out, vars,
			 "$iface$_serve(struct cdrpc_server *server)\n"
			 "{\n"
			 "\treturn cdrpc_server_add(server, &$iface$_interface, $iface$_skeleton_table, NULL, NULL);\n"
			 "}\n\n");
}

static void
emit_server_interface(struct out *out, const struct model_decl *iface)
{
	const struct model_method *method;
	const struct out_var *vars;
	size_t i;

	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = iface->as.iface.by_ordinal[i];
		vars = emit_method_vars(out_arena(out), iface, method);
		if (method->kind == MODEL_EVENT) {
			emit_event(out, method, vars);
			continue;
		}
		emit_skeleton(out, method, vars);
		if (method->reply.param_count > 0)
			emit_reply(out, method, vars);
	}
	emit_serve(out, iface);
}

void
emit_server(struct out *out, const struct model *model, const char *stem)
{
	emit_source(out, model, stem, "Server skeletons", "#include <string.h>\n");
	emit_why_again(out);
	emit_interfaces(out, model, emit_server_interface);
}
