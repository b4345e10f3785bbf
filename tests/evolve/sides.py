"""One side of a pair: an interface file, and C that serves it and calls it.

In that C '$' stands for the file's prefix and '$$' for the same in capitals.
"""

import dataclasses


@dataclasses.dataclass
class Side:
    declarations: str
    code: str           # defines $_serve() and $_call()
    module: str = ""    # unless the pair's
    imports: str = ""   # declarations of another module, which this one imports


BOX_INTERFACE = """\
%s

%sinterface Pair {
  put(Box box, out string[<=200] seen, out Box back) @1;
}
"""
BOX_CODE = """\
static void
$_show(char *ret_text, const struct $_box *box)
{
	snprintf(ret_text, 200, %(show)s);
}

static cdrpc_status
$_on_put(struct cdrpc_call *call, void *self, const struct $_box *box)
{
	struct $_box back = *box;
	char seen[200];

	(void)self;
	$_show(seen, box);
	%(answer)s
	return $_pair_put_reply(call, seen, &back);
}

static cdrpc_status
$_serve(struct cdrpc_server *server)
{
	static const struct $_pair_handlers handlers = { .put = $_on_put };

	return $_pair_serve(server, &handlers, NULL);
}

static void
$_put(struct cdrpc_client *client, const struct $_box *box)
{
	struct cdrpc_reply reply = { 0 };
	const struct $_box *back;
	const char *seen;
	char text[200];
	cdrpc_status status;

	status = $_pair_put(client, box, &seen, &back, &reply);
	if (status == CDRPC_OK) {
		$_show(text, back);
		evolve_say("%%s | %%s", seen, text);
	} else {
		evolve_say_status(status, "");
	}
	cdrpc_reply_free(&reply);
}

static void
$_call(struct cdrpc_client *client)
{
%(puts)s}
"""
PUT = "\t{\n\t\tstruct $_box box = { 0 };\n\n\t\t%s\n\t\t$_put(client, &box);\n\t}\n"


def box(declarations, show, *values, version=1, answer="", imports=""):
    """A table Box, which a method shows and gives back.

    'show' is what printf takes to show 'box'. Each of 'values' is C that fills 'box', for one call; 'answer' is C that changes
    'back' before it goes.
    """
    return Side(BOX_INTERFACE % (declarations, f"[version({version})] " if version > 1 else ""),
                BOX_CODE % {"show": show, "answer": answer, "puts": "".join(PUT % value for value in values)},
                imports=imports)


METHODS_CODE = """\
%(code)s
static cdrpc_status
$_serve(struct cdrpc_server *server)
{
	static const struct $_pair_handlers handlers = { %(handlers)s };

	return $_pair_serve(server, &handlers, server);
}

static void
$_call(struct cdrpc_client *client)
{
%(call)s}
"""


def methods(declarations, code, call, *names, module=""):
    """An interface Pair with methods of any kind: C of their handlers, $_on_NAME(), and C that calls them."""
    handlers = ", ".join(f".{name} = $_on_{name}" for name in names)
    return Side(declarations + "\n", METHODS_CODE % {"code": code, "handlers": handlers, "call": call}, module)


def simple(attributes="", name="f", suffix="", more="", call="", ordinal=1, fails="", answer="CDRPC_OK", declarations="",
           handlers=(), code="", module=""):
    """One method without parameters, which is answered by a status, and perhaps 'more'."""
    return methods(f"{declarations}\n{attributes} interface Pair {{ {suffix} {name}() {fails} @{ordinal}; {more} }}",
                   handler(name, answer) + code, status_of(f"$_pair_{name}(client)") + call, name, *handlers, module=module)


UNUSED = "\t(void)call;\n\t(void)self;\n"


def handler(name, answer="CDRPC_OK"):
    return f"static cdrpc_status\n$_on_{name}(struct cdrpc_call *call, void *self)\n{{\n{UNUSED}\treturn {answer};\n}}\n\n"


def status_of(call, name='""'):
    return f"\t{{\n\t\tcdrpc_status status = {call};\n\n\t\tevolve_say_status(status, {name});\n\t}}\n"
