"""The changes that an interface file can go through, each with programs of both versions.

A pair's programs are run with each other and among themselves. 'old_client' is what an old client gets from a new server,
'new_client' the reverse; None is what it gets from a server of its own version. 'because' says what makes a difference an
allowed one: a line of the table of allowed changes in idl/LANGUAGE.md, or a rule of 'cdidl diff' that breaks sources only.
'breaks' are the rules that break the wire; with one of these, something has to differ.
"""

import dataclasses
import re

from sides import Side, box, handler, methods, simple, status_of

FIELD = "a new field of a table, with a new id and `since`"
METHOD = "a new method or event, with a new ordinal and `since`"
VALUE = "a new value of an open enum, a new bit of flags"
MEMBER = "a new member of an open union"
ERROR = "a new error"
BOUND = "a larger bound"
REMARK = "comments, names of parameters, `deprecated`, `timeout`"


@dataclasses.dataclass
class Pair:
    name: str
    old: Side
    new: Side
    because: str = ""
    breaks: frozenset = frozenset()
    old_client: str = None
    new_client: str = None
    published: Side = None      # what 'cdidl diff' takes for the old file, when programs of a still older one are about


TITLE = '"%s", box->title'
TITLE_ONLY = box("table Box { 1: string[<=8] title; }", TITLE, 'box.title = "ab";')
TITLE_YEAR = '"%s %u", box->title, (unsigned)box->year'
STATE = '"%d", (int)box->state'
SOURCE = '"%u %s", (unsigned)box->source.kind, box->source.kind == $$_SOURCE_FILE ? box->source.as.file : "?"'
KNOWN_ONLY = "if (back.source.kind != $$_SOURCE_FILE) back.source.kind = 0;"
FILE = 'box.source.kind = $$_SOURCE_FILE; box.source.as.file = "f";'
POINT = '"%d %d", (int)box->at.x, (int)box->at.y'

TABLES = [
    Pair("field_new", TITLE_ONLY,
         box("table Box { 1: string[<=8] title; [since(2)] 2: u32 year; }", TITLE_YEAR, 'box.title = "ab"; box.year = 7;',
             version=2),
         because=FIELD,
         old_client="ab 0 | ab", new_client="ab | ab 0"),
    Pair("field_new_table",
         box("table Inner { 1: u8 a; } table Box { 1: string[<=8] title; }", TITLE, 'box.title = "ab";'),
         box("table Inner { 1: u8 a; } table Box { 1: string[<=8] title; [since(2)] 2: Inner? inner; 3: u32? n; }",
             '"%s %d %d", box->title, box->inner ? box->inner->a : -1, box->n ? (int)*box->n : -1',
             'static const struct $_inner inner = { 5 }; static const uint32_t n = 0; '
             'box.title = "ab"; box.inner = &inner; box.n = &n;', version=2),
         because=FIELD,
         old_client="ab -1 -1 | ab", new_client="ab | ab -1 -1"),
    Pair("field_removed",
         box("table Box { 1: string[<=8] title; 2: u32 year; }", TITLE_YEAR, 'box.title = "ab"; box.year = 7;'),
         box("table Box { 1: string[<=8] title; reserved 2; }", TITLE, 'box.title = "ab";', version=2),
         because="field_removed",
         old_client="ab | ab 0", new_client="ab 0 | ab"),
    Pair("field_optional",
         box("table Box { 1: u32 n; }", '"%u", (unsigned)box->n', "box.n = 0;", "box.n = 3;"),
         box("table Box { 1: u32? n; }", '"%d", box->n ? (int)*box->n : -1',
             "static const uint32_t n = 0; box.n = &n;", "static const uint32_t n = 3; box.n = &n;", version=2),
         because="optional_changed",
         old_client="-1 | 0; 3 | 3", new_client="0 | -1; 3 | 3"),
    Pair("id_changed", TITLE_ONLY, box("table Box { 2: string[<=8] title; }", TITLE, 'box.title = "ab";', version=2),
         breaks={"id_changed"},
         old_client=" | ", new_client=" | "),
    Pair("reserved_reused",
         box("table Box { 1: string[<=8] title; 2: string[<=8] author; }", '"%s %s", box->title, box->author',
             'box.title = "ab"; box.author = "cd";'),
         box("table Box { 1: string[<=8] title; 2: u32 year; }", TITLE_YEAR, 'box.title = "ab"; box.year = 7;', version=2),
         breaks={"reserved_reused"}, published=box("table Box { 1: string[<=8] title; reserved 2; }", TITLE),
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("type_changed", TITLE_ONLY, box("table Box { 1: bytes[<=8] title; }", '"%u", (unsigned)box->title.size',
                                         'box.title.data = "\\xff"; box.title.size = 1;', version=2),
         breaks={"type_changed"},
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("type_signed", box("table Box { 1: u32 n; }", '"%lld", (long long)box->n', "box.n = UINT32_MAX;"),
         box("table Box { 1: i32 n; }", '"%lld", (long long)box->n', "box.n = -1;", version=2), breaks={"type_changed"},
         old_client="-1 | 4294967295", new_client="4294967295 | -1"),
    Pair("type_renamed",
         box("struct Point { i32 x; i32 y; } table Box { 1: Point at; }", POINT, "box.at.x = 1; box.at.y = 2;"),
         box("struct Point { i32 x; i32 y; } struct Place { i32 x; i32 y; } table Box { 1: Place at; }", POINT,
             "box.at.x = 1; box.at.y = 2;", version=2), because="type_renamed"),
    Pair("declaration_removed", box("const u32 UNUSED = 1; table Box { 1: string[<=8] title; }", TITLE, 'box.title = "ab";'),
         TITLE_ONLY, because="declaration_removed"),
    Pair("name_changed", TITLE_ONLY,
         box('table Box { [c_name("heading")] 1: string[<=8] title; }', '"%s", box->heading', 'box.heading = "ab";', version=2),
         because="name_changed"),
    Pair("bound_larger", TITLE_ONLY,
         box("table Box { 1: string[<=16] title; }", TITLE, 'box.title = "ab";', 'box.title = "abcdefghi";', version=2),
             because=BOUND,
         new_client="ab | ab; CDRPC_E_BAD_REQUEST"),
    Pair("bound_larger_array",
         box("table Box { 1: u8[<=2] n; }", '"%u", (unsigned)box->n_count',
             "static const uint8_t n[3] = { 0 }; box.n = n; box.n_count = 2;"),
         box("table Box { 1: u8[<=3] n; }", '"%u", (unsigned)box->n_count',
             "static const uint8_t n[3] = { 0 }; box.n = n; box.n_count = 2;",
             "static const uint8_t n[3] = { 0 }; box.n = n; box.n_count = 3;", version=2), because=BOUND,
         new_client="2 | 2; CDRPC_E_BAD_REQUEST"),
    Pair("bound_larger_reply", box("table Box { 1: string[<=8] title; }", TITLE, 'box.title = "ab";'),
         box("table Box { 1: string[<=16] title; }", TITLE, 'box.title = "ab";', version=2, answer='back.title = "abcdefghi";'),
         because=BOUND,
         old_client="CDRPC_E_DECODE", new_client="ab | ab"),
    Pair("bound_reduced", box("table Box { 1: string[<=8] title; }", TITLE, 'box.title = "ab";', 'box.title = "abcdef";'),
         box("table Box { 1: string[<=4] title; }", TITLE, 'box.title = "ab";', version=2), breaks={"bound_reduced"},
         old_client="ab | ab; CDRPC_E_BAD_REQUEST"),
    Pair("kind_changed",
         box("struct Inner { u8 a; } table Box { 1: Inner inner; }", '"%d", box->inner.a', "box.inner.a = 1;"),
         box("table Inner { 1: u8 a; } table Box { 1: Inner? inner; }", '"%d", box->inner ? box->inner->a : -1',
             "static const struct $_inner inner = { 1 }; box.inner = &inner;", version=2), breaks={"kind_changed"},
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("struct_changed",
         box("struct Point { i32 x; i32 y; } table Box { 1: Point at; }", POINT, "box.at.x = 1; box.at.y = 2;"),
         box("struct Point { i32 x; i32 y; i32 z; } table Box { 1: Point at; }", POINT, "box.at.x = 1; box.at.y = 2;", version=2),
         breaks={"struct_changed"},
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("struct_exchanged",
         box("struct Point { i32 x; i32 y; } table Box { 1: Point at; }", POINT, "box.at.x = 1; box.at.y = 2;"),
         box("struct Point { i32 y; i32 x; } table Box { 1: Point at; }", POINT, "box.at.x = 1; box.at.y = 2;", version=2),
         breaks={"struct_changed"},
         old_client="2 1 | 1 2", new_client="2 1 | 1 2"),
]

SETS = [
    Pair("enum_value_new", box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;"),
         box("enum State : u8 { Idle = 0, Busy = 1, [since(2)] Gone = 2 } table Box { 1: State state; }", STATE, "box.state = 2;",
             version=2),
         because=VALUE),
    Pair("flags_bit_new", box("flags Caps : u32 { Seek = 1 } table Box { 1: Caps state; }", STATE, "box.state = 1;"),
         box("flags Caps : u32 { Seek = 1, [since(2)] Skip = 2 } table Box { 1: Caps state; }", STATE, "box.state = 3;",
             version=2), because=VALUE),
    Pair("enum_named", box("table Box { 1: u8 state; }", STATE, "box.state = 1;"),
         box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;", version=2)),
    Pair("enum_value_removed", box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;"),
         box("enum State : u8 { Idle = 0, reserved 1 } table Box { 1: State state; }", STATE, "box.state = 0;", version=2),
         because="value_removed"),
    Pair("value_changed",
         box("enum State : u8 { Idle = 0, Busy = 1, Gone = 2 } table Box { 1: State state; }", '"%s", $_state_name(box->state)',
             "box.state = $$_STATE_BUSY;"),
         box("enum State : u8 { Idle = 0, Busy = 2, Gone = 1 } table Box { 1: State state; }", '"%s", $_state_name(box->state)',
             "box.state = $$_STATE_BUSY;", version=2), breaks={"value_changed"},
         old_client="Gone | Busy", new_client="Gone | Busy"),
    Pair("base_changed",
         box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State[<=4] states; }", '"%u", (unsigned)box->states_count',
             "static const $_state_t states[2] = { 1, 1 }; box.states = states; box.states_count = 2;"),
         box("enum State : u16 { Idle = 0, Busy = 1 } table Box { 1: State[<=4] states; }", '"%u", (unsigned)box->states_count',
             "static const $_state_t states[2] = { 1, 1 }; box.states = states; box.states_count = 2;", version=2),
         breaks={"base_changed"},
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("strict_added", box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE,
         "box.state = 1;"),
         box("[strict] enum State : u8 { Idle = 0, Busy = 1, Gone = 2 } table Box { 1: State state; }", STATE, "box.state = 2;",
             version=2),
         breaks={"strict_added"},
         new_client="CDRPC_E_BAD_REQUEST"),
    Pair("strict_removed", box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE,
         "box.state = 1;"),
         box("[strict] enum State : u8 { Idle = 0 } table Box { 1: State state; }", STATE, "box.state = 0;", version=2),
         breaks={"strict_removed"},
         old_client="CDRPC_E_BAD_REQUEST"),
    Pair("strictness_added", box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 9;"),
         box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;", version=2),
         breaks={"strictness_changed"},
         old_client="CDRPC_E_BAD_REQUEST"),
    Pair("strictness_dropped", box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE,
         "box.state = 1;"),
         box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 9;", version=2),
         breaks={"strictness_changed"},
         new_client="CDRPC_E_BAD_REQUEST"),
    Pair("member_new",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE, answer=KNOWN_ONLY),
         box("union Source { 1: string[<=8] file; [since(2)] 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', version=2), because=MEMBER,
         new_client="1 f | 1 f; 2 ? | 0 ?"),
    Pair("member_new_reply",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE),
         box("union Source { 1: string[<=8] file; [since(2)] 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             version=2, answer='back.source.kind = $$_SOURCE_URL; back.source.as.url = "u";'), because=MEMBER,
         old_client="1 f | 2 ?", new_client="1 f | 1 f"),
    Pair("member_new_strict",
         box("[strict] union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE, answer=KNOWN_ONLY),
         box("[strict] union Source { 1: string[<=8] file; 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', version=2), breaks={"strict_added"},
         new_client="1 f | 1 f; CDRPC_E_BAD_REQUEST"),
]

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
	struct cdrpc_peer *peer = cdrpc_call_from(call);

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
                   EVENTS % ("$_pair_emit_told(server, peer);" if told else ""),
                   EVENTS_CALL % (".told = $_on_told" if told else ""), "poke")


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


def add(parameters, total, values, attributes="timeout(9s)", remarks=""):
    """A method with inputs: 'parameters' and 'total' are C, 'values' what the client passes."""
    inputs = re.sub(r"uint(\d+)_t", r"u\1", parameters)
    return methods(f"[version(2), {attributes}] interface Pair {{ {remarks} add({inputs}, out u32 sum) @1; }}",
                   ADD_CODE % (parameters, total), ADD_CALL % values, "add")


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
    Pair("version_lowered", simple("[version(2)]", suffix="[since(2)]"), simple("[version(1)]"), breaks={"version_lowered"},
         old_client="CDRPC_E_VERSION"),
    Pair("method_removed", simple(more="g() @2;", call=G, handlers=["g"], code=handler("g")), simple("[version(2)]",
         more="reserved 2;"),
         breaks={"method_removed"},
         old_client="CDRPC_OK; CDRPC_E_NO_METHOD"),
    Pair("event_removed", events("event told() @3;"), events(version=2), breaks={"method_removed"},
         old_client="CDRPC_OK; told 0 times"),
    Pair("method_renamed", simple(), simple("[version(2)]", name="h"), because="name_changed"),
    Pair("method_kind_changed", simple("[timeout(500ms)]"),
         methods("[version(2)] interface Pair { oneway f() @1; }",
                 "static void\n$_on_f(struct cdrpc_call *call, void *self)\n{\n\t(void)call;\n\t(void)self;\n}\n\n",
                 status_of("$_pair_f(client)"), "f"), breaks={"method_kind_changed"},
         old_client="CDRPC_E_TIMEOUT"),
    Pair("ordinal_changed", simple(), simple("[version(2)]", ordinal=2), breaks={"ordinal_changed"},
         old_client="CDRPC_E_NO_METHOD", new_client="CDRPC_E_NO_METHOD"),
    Pair("remarks", AB,
         add("uint32_t left, uint32_t right", "left + right", "1, 2", "timeout(1s)",
             '\n/// Adds.\n/// @param left one\n[deprecated(2, "count"), timeout(3s), secret, inline]'), because=REMARK),
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
    Pair("errors_changed", fails("errors PairError { One = 1 }", "1"),
         fails("errors OtherError { Uno = 1, Due = 2 } errors PairError { One = 1 }", "1", 2), breaks={"errors_changed"},
         old_client="error 1 One; Uno", new_client="error 1 Uno; One"),
    Pair("errors_value_changed", fails("errors PairError { One = 1, Two = 2 }", "1"),
         fails("errors PairError { Two = 1, One = 2 }", "1", 2), breaks={"value_changed"},
         old_client="error 1 One; Two", new_client="error 1 Two; One"),
    Pair("policy_tightened", simple(), simple("[version(2), min_integrity(system)]"), breaks={"policy_tightened"},
         old_client="CDRPC_E_REFUSED", new_client="CDRPC_OK"),
    Pair("module_renamed", simple(), simple("[version(2)]", module="other"), breaks={"module_renamed"},
         old_client="CDRPC_E_NO_INTERFACE", new_client="CDRPC_E_NO_INTERFACE"),
    Pair("interface_removed", simple(declarations="errors Gone { A = 1 }"),
         dataclasses.replace(simple(), declarations="interface Other { f() @1; }\n", code=simple().code.replace("$_pair_",
             "$_other_")),
         breaks={"interface_removed"},
         old_client="CDRPC_E_NO_INTERFACE", new_client="CDRPC_E_NO_INTERFACE"),
]

PAIRS = [*TABLES, *SETS, *METHODS]
