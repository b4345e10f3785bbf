"""Changes of methods, events and interfaces."""

import dataclasses
import re

from pair import *
from sides import handler, methods, simple, status_of

# The server says what it has meant when it failed last: an error is a number only.
ERRORS = """\
static const char *$_meant = "";

static cdrpc_status
$_on_f(struct cdrpc_call *call, void *self)
{
	(void)call;
	(void)self;
	$_meant = $_ANSWER_error_name(%(answer)s);
	return %(answer)s;
}

static cdrpc_status
$_on_last(struct cdrpc_call *call, void *self)
{
	(void)self;
	return $_pair_last_reply(call, $_meant);
}
"""
ERRORS_CALL = """\
	struct cdrpc_reply reply = { 0 };
	const char *meant = "";
	cdrpc_status status = $_pair_f(client);

	evolve_say_status(status, $_ANSWER_error_name(status) ? $_ANSWER_error_name(status) : "?");
	$_pair_last(client, &meant, &reply);
	evolve_say("%s", meant);
	cdrpc_reply_free(&reply);
"""


def fails(declaration, answer, version=1):
    """A method that fails with 'answer', an error of the set in 'declaration'."""
    name = declaration.split()[1]
    lower = "$_" + name.removesuffix("Error").lower() + "_error"
    code, call = (text.replace("$_ANSWER_error", lower) for text in (ERRORS % {"answer": answer}, ERRORS_CALL))
    methods_text = f"f() fails {name} @1; last(out string[<=64] meant) @2;"
    return methods(f"{declaration}\n[version({version})] interface Pair {{ {methods_text} }}",
                   code, call, "f", "last")


# Events: 'done' ends what the server tells, so that nobody has to wait for what never comes.
EVENTS = """\
static cdrpc_status
$_on_poke(struct cdrpc_call *call, void *self)
{
	struct cdrpc_server *server = self;
	struct cdrpc_peer *peer = cdrpc_call_peer(call);

	(void)server;
	(void)peer;
	%s
	return $_pair_emit_done(server, peer);
}

static int $_done, $_told;

static void
$_on_done(void *self)
{
	(void)self;
	$_done++;
}

static void
$_on_told(void *self)
{
	(void)self;
	$_told++;
}
"""
EVENTS_CALL = """\
	static const struct $_pair_events events = { .done = $_on_done, %s };
	cdrpc_status status = $_pair_listen(client, &events, NULL);

	if (status == CDRPC_OK)
		status = $_pair_poke(client);
	evolve_say_status(status, "");
	if (status == CDRPC_OK)
		evolve_wait(&$_done, 1);
	evolve_say("told %%d times", $_told);
	(void)$_on_told;
"""


def events(told="", version=1):
    return methods(f"[version({version})] interface Pair {{ poke() @1; event done() @2; {told} }}",
                   EVENTS % ("$_pair_emit_told(server, peer);" if "told" in told else ""),
                   EVENTS_CALL % (".told = $_on_told" if "told" in told else ""), "poke")


G = status_of("$_pair_g(client)")
ADD_CODE = """\
static cdrpc_status
$_on_add(struct cdrpc_call *call, void *self, %s)
{
	(void)self;
	return $_pair_add_reply(call, %s);
}
"""
ADD_CALL = """\
	uint32_t sum = 0;
	cdrpc_status status = $_pair_add(client, %s, &sum);

	evolve_say_status(status, "");
	evolve_say("%%u", (unsigned)sum);
"""


def add(parameters, total, values, attributes="timeout(9s)", remarks="", output="sum"):
    """A method with inputs: 'parameters' and 'total' are C, 'values' what the client passes."""
    inputs = re.sub(r"uint(\d+)_t", r"u\1", parameters)
    return methods(f"[version(2), {attributes}] interface Pair {{ {remarks} add({inputs}, out u32 {output}) @1; }}",
                   ADD_CODE % (parameters, total), ADD_CALL % values, "add")


SHOW_CODE = """\
static cdrpc_status
$_on_f(struct cdrpc_call *call, void *self%(inputs)s)
{
	char seen[64];

	(void)self;
	snprintf(seen, sizeof seen, %(show)s);
	return $_pair_f_reply(call%(answer)s, seen);
}
"""
SHOW_CALL = """\
	{
		struct cdrpc_reply reply = { 0 };
		const char *seen = "";
		uint32_t n = 0;
		cdrpc_status status = $_pair_f(client%s, &seen, &reply);

		(void)n;
		evolve_say_status(status, "");
		evolve_say("%%s", seen);
		cdrpc_reply_free(&reply);
	}
"""


def shown(parameters, inputs, show, *values, declarations="", answer="", version=1, attribute=""):
    """A method with a parameter, which the server shows. 'inputs' is C, 'values' are what the client passes."""
    text = f"{attribute} f({parameters}, out string[<=60] seen) @1;"
    return methods(f"{declarations} [version({version})] interface Pair {{ {text} }}",
                   SHOW_CODE % {"inputs": inputs and f", {inputs}", "show": show, "answer": answer},
                   "".join(SHOW_CALL % f", {value}" for value in values), "f")


ECHO_CODE = """\
static cdrpc_status
$_on_f(struct cdrpc_call *call, void *self, struct cdrpc_bytes in)
{
	(void)self;
	return $_pair_f_reply(call, in);
}
"""
ECHO_CALL = """\
	static char data[300000];
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes out;
	size_t i, sizes[] = { 0, 100, 10000, sizeof data };
	cdrpc_status status;

	memset(data, 'x', sizeof data);
	for (i = 0; i < 4; i++) {
		status = $_pair_f(client, (struct cdrpc_bytes){ data, (uint32_t)sizes[i] }, &out, &reply);
		evolve_say_status(status, "");
		evolve_say("%d", status == CDRPC_OK && out.size == sizes[i] && !memcmp(out.data, data, sizes[i]));
	}
	cdrpc_reply_free(&reply);
"""


def echo(attribute="", shared="", version=1):
    """Bytes that come back, by each way that a body may travel."""
    return methods(f"[version({version})] interface Pair {{ {attribute} f({shared} bytes[<=1M] a, out bytes[<=1M] b) @1; }}",
                   ECHO_CODE, ECHO_CALL, "f")


U32 = shown("u32 a", "uint32_t a", '"%u", (unsigned)a', "5")
EVENT = shown("handle<event: sync> a", "cdrpc_handle a", '"%d", a != NULL', "evolve_event()")
AB = add("uint32_t a, uint32_t b", "a + b", "1, 2")

METHODS = [
    Pair("method_new", simple(), simple("[version(2)]", more="[since(2)] g() @2;", call=G, handlers=["g"], code=handler("g")),
         because=METHOD,
         new_client="CDRPC_OK; CDRPC_E_VERSION"),
    Pair("event_new", events(), events("[since(2)] event told() @3;", 2), because=METHOD,
         new_client="CDRPC_OK; told 0 times"),
    Pair("since_missing", simple(), simple("[version(2)]", more="g() @2;", call=G, handlers=["g"], code=handler("g")),
         breaks={"since_missing"},
         new_client="CDRPC_OK; CDRPC_E_NO_METHOD"),
    Pair("since_raised", simple(), simple("[version(2)]", suffix="[since(2)]"), breaks={"since_raised"},
         new_client="CDRPC_E_VERSION"),
    Pair("since_lowered", simple("[version(2)]"), simple("[version(2)]"), later={"since_lowered"},
         published=simple("[version(2)]", suffix="[since(2)]")),
    Pair("version_lowered", simple("[version(2)]", suffix="[since(2)]"), simple("[version(1)]"), breaks={"version_lowered"},
         old_client="CDRPC_E_VERSION"),
    Pair("version_lowered_only", simple("[version(2)]"), simple("[version(1)]")),
    Pair("since_within_the_version", simple("[version(2)]"), simple("[version(2)]", suffix="[since(2)]")),
    Pair("event_without_since", events(), events("event told() @3;", 2), because=METHOD,
         new_client="CDRPC_OK; told 0 times"),
    Pair("method_removed", simple(more="g() @2;", call=G, handlers=["g"], code=handler("g")), simple("[version(2)]",
         more="reserved 2;"),
         breaks={"method_removed"},
         old_client="CDRPC_OK; CDRPC_E_NO_METHOD"),
    Pair("event_removed", events("event told() @3;"), events("reserved 3;", version=2), breaks={"method_removed"},
         old_client="CDRPC_OK; told 0 times"),
    Pair("method_renamed", simple(), simple("[version(2)]", name="h"), because="name_changed"),
    Pair("method_kind_changed", simple("[timeout(500ms)]"),
         methods("[version(2)] interface Pair { oneway f() @1; }",
                 "static void\n$_on_f(struct cdrpc_call *call, void *self)\n{\n\t(void)call;\n\t(void)self;\n}\n\n",
                 status_of("$_pair_f(client)"), "f"), breaks={"method_kind_changed"},
         old_client="CDRPC_E_TIMEOUT"),
    Pair("ordinal_changed", simple(), simple("[version(2)]", ordinal=2, more="reserved 1;"), breaks={"ordinal_changed"},
         old_client="CDRPC_E_NO_METHOD", new_client="CDRPC_E_NO_METHOD"),
    Pair("remarks", AB,
         add("uint32_t left, uint32_t right", "left + right", "1, 2", "timeout(1s)",
             '\n/// Adds.\n/// @param left one\n[deprecated(2, "count"), timeout(3s), secret, inline]'), because=REMARK),
    Pair("secret", echo(), echo("[secret]", version=2), because=REMARK),
    Pair("secret_no_more", echo("[secret]"), echo(version=2), because=REMARK),
    Pair("inline", echo(), echo("[inline]", version=2), because=REMARK),
    Pair("inline_status", simple(), simple("[version(2)]", suffix="[inline]"), because=REMARK),
    Pair("shared", echo(), echo("", "[shared]", version=2), because=REMARK),
    Pair("coalesce", events("event told() @3;"), events("[coalesce] event told() @3;", 2), because=REMARK),
    Pair("output_renamed", AB, add("uint32_t a, uint32_t b", "a + b", "1, 2", output="total"), because="name_changed"),
    Pair("parameters_exchanged", add("uint32_t a, uint32_t b", "10 * a + b", "1, 2"),
         add("uint32_t b, uint32_t a", "10 * a + b", "1, 2"), breaks={"parameters_changed"},
         old_client="CDRPC_OK; 21", new_client="CDRPC_OK; 12"),
    Pair("parameter_direction", U32, shown("out u32 a", "", '"%d", 0', "&n", answer=", 6", version=2),
         breaks={"parameters_changed"},
         old_client="CDRPC_E_BAD_REQUEST; ", new_client="CDRPC_E_BAD_REQUEST; "),
    Pair("parameter_optional", U32, shown("u32? a", "const uint32_t *a", '"%d", a ? (int)*a : -1', "NULL", "&n", version=2),
         breaks={"parameters_changed"},
         old_client="CDRPC_E_BAD_REQUEST; ", new_client="CDRPC_OK; 0; CDRPC_E_BAD_REQUEST; "),
    Pair("parameter_wrapped", U32,
         shown("N a", "const struct $_n *a", '"%u", (unsigned)a->n', "&(struct $_n){ 5 }", declarations="struct N { u32 n; }",
               version=2), because="type_renamed"),
    Pair("handle_kind", EVENT,
         shown("handle<semaphore: sync> a", "cdrpc_handle a", '"%d", a != NULL', "evolve_semaphore()", version=2),
         breaks={"type_changed"},
         old_client="CDRPC_E_BAD_REQUEST; ", new_client="CDRPC_E_BAD_REQUEST; "),
    Pair("handle_rights", EVENT,
         shown("handle<event: sync, modify> a", "cdrpc_handle a", '"%d", a != NULL', "evolve_event()", version=2),
         breaks={"type_changed"},
         old_client="CDRPC_E_BAD_REQUEST; ", new_client="CDRPC_E_BAD_REQUEST; "),
    Pair("handle_optional", EVENT,
         shown("handle<event: sync>? a", "cdrpc_handle a", '"%d", a != NULL', "evolve_event()", "NULL", version=2),
         breaks={"parameters_changed"},
         new_client="CDRPC_OK; 1; CDRPC_E_BAD_REQUEST; "),
    Pair("parameters_changed", AB, add("uint32_t a, uint32_t b, uint32_t c", "a + b + c", "1, 2, 3"), breaks={"parameters_changed"},
         old_client="CDRPC_E_BAD_REQUEST; 0", new_client="CDRPC_E_BAD_REQUEST; 0"),
    Pair("parameter_type_changed", AB, add("uint32_t a, uint64_t b", "a + (uint32_t)b", "1, 2"), breaks={"type_changed"},
         old_client="CDRPC_E_BAD_REQUEST; 0", new_client="CDRPC_E_BAD_REQUEST; 0"),
    Pair("error_new", fails("errors PairError { One = 1 }", "1"),
         fails("errors PairError { One = 1, [since(2)] Two = 2 }", "2", 2), because=ERROR,
         old_client="error 2 ?; Two", new_client="error 1 One; One"),
    Pair("fails_new", simple(), simple("[version(2)]", declarations="errors PairError { One = 1 }", fails="fails PairError",
         answer="1"),
         because=ERROR,
         old_client="error 1 ", new_client="CDRPC_OK"),
    Pair("fails_no_more", simple(declarations="errors PairError { One = 1 }", fails="fails PairError", answer="1"),
         simple("[version(2)]", declarations="errors PairError { One = 1 }"), because=ERROR,
         old_client="CDRPC_OK", new_client="error 1 "),
    Pair("errors_exchanged", fails("errors PairError { One = 1, Two = 2 }", "1"),
         fails("errors OtherError { Two = 1, One = 2 } errors PairError { One = 1, Two = 2 }", "1", 2), breaks={"errors_changed"},
         old_client="error 1 One; Two", new_client="error 1 Two; One"),
    Pair("errors_moved", fails("errors PairError { One = 1 }", "1"),
         fails("errors OtherError { One = 2 } errors PairError { One = 1 }", "2", 2), breaks={"errors_changed"},
         old_client="error 2 ?; One", new_client="error 1 ?; One"),
    Pair("errors_replaced", fails("errors PairError { One = 1 }", "1"),
         fails("errors OtherError { One = 1, Two = 2 } errors PairError { One = 1 }", "2", 2), because=ERROR,
         old_client="error 2 ?; Two", new_client="error 1 One; One"),
    Pair("errors_changed", fails("errors PairError { One = 1 }", "1"),
         fails("errors OtherError { Uno = 1, Due = 2 } errors PairError { One = 1 }", "1", 2), breaks={"errors_changed"},
         old_client="error 1 One; Uno", new_client="error 1 Uno; One"),
    Pair("errors_value_changed", fails("errors PairError { One = 1, Two = 2 }", "1"),
         fails("errors PairError { Two = 1, One = 2 }", "1", 2), breaks={"value_changed"},
         old_client="error 1 One; Two", new_client="error 1 Two; One"),
    Pair("policy_tightened", simple(), simple("[version(2), min_integrity(system)]"), breaks={"policy_tightened"},
         old_client="CDRPC_E_REFUSED", new_client="CDRPC_OK"),
    Pair("same_user", simple(), simple("[version(2), same_user]"), breaks={"policy_tightened"},
         old_client="CDRPC_E_REFUSED", new_client="CDRPC_OK"),
    Pair("policy_loosened", simple("[min_integrity(low)]"), simple("[version(2)]")),
    Pair("module_renamed", simple(), simple("[version(2)]", module="other"), breaks={"module_renamed"},
         old_client="CDRPC_E_NO_INTERFACE", new_client="CDRPC_E_NO_INTERFACE"),
    Pair("interface_removed", simple(declarations="errors Gone { A = 1 }"),
         dataclasses.replace(simple(), declarations="interface Other { f() @1; }\n", code=simple().code.replace("$_pair_",
             "$_other_")),
         breaks={"interface_removed"},
         old_client="CDRPC_E_NO_INTERFACE", new_client="CDRPC_E_NO_INTERFACE"),
]
