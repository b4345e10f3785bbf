"""C that calls every method of an interface with random values and compares what arrives on the other side.

The values of one direction of a method stand in a struct, whose members are what the generated header says of
members; 'fill' makes them and 'same' compares them.
"""

import re

from interfaces import SCALARS

# A bound may be a hundred megabytes. The values that are made up are no longer than this.
FILL_MAX = 1000


def c_type(type):
    """Of one value, or of a list's or array's items."""
    if type.kind == "scalar":
        return SCALARS[type.text]
    if type.kind in ("enum", "flags"):
        return type.decl.c + "_t"
    if type.kind in ("struct", "table", "union"):
        return "struct " + type.decl.c
    if type.kind in ("array", "list"):
        return c_type(type.element)
    return {"string": "const char *", "wstring": "const cdrpc_wchar *", "bytes": "struct cdrpc_bytes",
            "handle": "cdrpc_handle"}[type.kind]


def pointer(type):
    item = c_type(type)
    return item + "const *" if item.endswith("*") else f"const {item} *"


def is_plain(type):
    """One value that C passes as it is."""
    return type.kind in ("string", "wstring", "bytes", "handle")


def member(field):
    name, type = field.name, field.type
    if type.kind == "list":
        return f"{pointer(type)}{name}; uint32_t {name}_count;"
    if is_plain(type):
        return f"{c_type(type)} {name};"
    if field.optional or type.kind == "table":
        return f"{pointer(type)}{name};"
    if type.kind == "array":
        return f"{c_type(type)} {name}[{type.bound}];"
    return f"{c_type(type)} {name};"


def parameter(field):
    """In, as a handler gets it: under a name that is not one of the handler's own."""
    name, type = "in_" + field.name, field.type
    if type.kind == "list":
        return f"{pointer(type)}{name}, uint32_t {name}_count"
    if is_plain(type) or (type.kind in ("scalar", "enum", "flags") and not field.optional):
        return f"{c_type(type)} {name}"
    return f"{pointer(type)}{name}"


def argument(field, of):
    """In, from the struct 'of'."""
    x, type = f"{of}.{field.name}", field.type
    if type.kind == "list":
        return f"{x}, {x}_count"
    if type.kind in ("struct", "union") and not field.optional:
        return "&" + x
    return x


def result(field, of):
    """Where an output goes."""
    x, type = f"{of}.{field.name}", field.type
    if type.kind == "list":
        return f"&{x}, &{x}_count"
    if type.kind == "array" and not field.optional:
        return x
    return "&" + x


def received(field, of):
    """From a handler's parameter into the struct 'of'."""
    name, type = "in_" + field.name, field.type
    x = f"{of}.{field.name}"
    if type.kind == "list":
        return f"{x} = {name}; {x}_count = {name}_count;"
    if type.kind == "array" and not field.optional:
        return f"memcpy({x}, {name}, sizeof {x});"
    if type.kind in ("struct", "union") and not field.optional:
        return f"{x} = *{name};"
    return f"{x} = {name};"


class Fill:
    """Statements that give a member a random value. 'v' are the values, 'depth' says how deep in tables they stand."""

    def __init__(self):
        self.variables = 0

    def variable(self):
        self.variables += 1
        return f"v{self.variables}"

    def one(self, type, x, absent=False):
        """A value that is there, at the place x. absent: of a table's field, where a union may be none."""
        kind = type.kind
        if kind == "scalar":
            if type.text == "bool":
                return [f"{x} = values_below(v, 2) == 1;"]
            if type.text[0] == "f":
                return [f"{x} = values_{type.text}(v);"]
            return [f"{x} = ({c_type(type)})values_u64(v);"]
        if kind == "flags" or (kind == "enum" and not type.decl.strict):
            return [f"{x} = ({c_type(type)})values_u64(v);"]
        if kind == "enum":
            zero = 1 if absent else 0
            return [f"{x} = {type.decl.c}_pick(v, {zero});"]
        if kind == "struct":
            return [f"{type.decl.c}_fill(v, &{x});"]
        if kind == "union":
            return [f"{type.decl.c}_fill(v, &{x}, depth + 1, {'true' if absent else 'false'});"]
        if kind == "array":
            return self.loop(type.element, x, str(type.bound))
        if kind == "handle":
            return [f"{x} = (cdrpc_handle)(uintptr_t)(4 + 4 * values_below(v, 1000));"]
        return [f"{x} = values_{kind}(v, {min(type.bound, FILL_MAX)});"]

    def loop(self, element, x, count):
        i = self.variable()
        body = self.one(element, f"{x}[{i}]")
        return [f"for (uint32_t {i} = 0; {i} < {count}; {i}++) {{"] + body + ["}"]

    def field(self, field, x, absent):
        type = field.type
        if not field.optional and type.kind not in ("table", "list"):
            return self.one(type, x, absent)
        there = self.present(field, x)
        if not field.optional:
            return there
        none = f"{x}.data = NULL; {x}.size = 0;" if type.kind == "bytes" else f"{x} = NULL;"
        if type.kind == "list":
            none += f" {x}_count = 0;"
        condition = "depth < VALUES_DEPTH_MAX && values_below(v, 2)"
        return [f"if ({condition}) {{"] + there + ["} else {", none, "}"]

    def present(self, field, x):
        """Memory for what a pointer points to, and its value."""
        type = field.type
        if is_plain(type):
            return self.one(type, x)
        p = self.variable()
        allocate = f"{c_type(type)} *{p} = values_alloc(v, {{}} * sizeof *{p});".replace("const char * *",
                                                                                         "const char **")
        if type.kind == "list":
            limit = f"depth < VALUES_DEPTH_MAX ? values_count(v, {min(type.bound, FILL_MAX)}) : 0"
            body = [f"{x}_count = {limit};", allocate.format(f"({x}_count + 1)")] + self.loop_list(type, p,
                                                                                                   f"{x}_count")
        elif type.kind == "array":
            body = [allocate.format(type.bound)] + self.loop(type.element, p, str(type.bound))
        elif type.kind == "table":
            body = [allocate.format(1), f"{type.decl.c}_fill(v, {p}, depth + 1);"]
        else:
            body = [allocate.format(1)] + self.one(type, f"(*{p})")
        return ["{"] + body + [f"{x} = {p};", "}"]

    def loop_list(self, type, p, count):
        if type.element.kind != "table":
            return self.loop(type.element, p, count)
        i = self.variable()
        return [f"for (uint32_t {i} = 0; {i} < {count}; {i}++)",
                f"{type.element.decl.c}_fill(v, &{p}[{i}], depth + 1);"]


class Same:
    """Statements that return false unless two members are the same, and in bounds: damaged ones are compared with
    themselves."""

    def __init__(self):
        self.variables = 0

    def one(self, type, a, b):
        kind = type.kind
        if kind == "scalar" and type.text[0] == "f":
            condition = f"values_same(&{a}, &{b}, sizeof {a})"
        elif kind == "enum" and type.decl.strict:
            condition = f"{a} == {b} && ({a} == 0 || {type.decl.c}_known({a}))"
        elif kind in ("scalar", "enum", "flags", "handle"):
            condition = f"{a} == {b}"
        elif kind in ("struct", "union", "table"):
            condition = f"{type.decl.c}_same(&{a}, &{b})"
        elif kind == "array":
            return self.loop(type.element, a, b, str(type.bound))
        else:
            condition = f"values_same_{kind}({a}, {b}, {type.bound})"
        return [f"if (!({condition})) return false;"]

    def loop(self, element, a, b, count):
        self.variables += 1
        i = f"v{self.variables}"
        return [f"for (uint32_t {i} = 0; {i} < {count}; {i}++) {{"] + self.one(element, f"{a}[{i}]",
                                                                               f"{b}[{i}]") + ["}"]

    def field(self, field, a, b):
        type = field.type
        counts = []
        if type.kind == "list":
            counts = [f"if ({a}_count != {b}_count || {a}_count > {type.bound}) return false;"]
            there = self.loop(type.element, a, b, f"{a}_count")
        elif type.kind == "array" or is_plain(type):
            there = self.one(type, a, b)
        elif field.optional or type.kind == "table":
            there = self.one(type, f"(*{a})", f"(*{b})")
        else:
            there = self.one(type, a, b)
        if not field.optional:
            return counts + there
        data = ".data" if type.kind == "bytes" else ""
        return counts + [f"if (({a}{data} != NULL) != ({b}{data} != NULL)) return false;",
                         f"if ({a}{data}) {{"] + there + ["}"]


def declare_codec(decl):
    c = decl.c
    if decl.kind == "enum":
        pick = f"static {c}_t {c}_pick(struct values *v, uint32_t zero);"
        return [pick, f"static bool {c}_known({c}_t value);"] if decl.strict else []
    if decl.kind == "flags":
        return []
    more = {"struct": "", "table": ", unsigned depth", "union": ", unsigned depth, bool absent"}[decl.kind]
    return [f"static void {c}_fill(struct values *v, struct {c} *x{more});",
            f"static bool {c}_same(const struct {c} *a, const struct {c} *b);"]


def define_enum(decl):
    values = ", ".join(f"({decl.c}_t){value}" for value in decl.values)
    known = " || ".join(f"value == ({decl.c}_t){value}" for value in decl.values)
    return [f"static {decl.c}_t {decl.c}_pick(struct values *v, uint32_t zero)", "{",
            f"static const {decl.c}_t known[] = {{{values}}};",
            f"uint32_t i = values_below(v, {len(decl.values)} + zero);",
            f"return i < {len(decl.values)} ? known[i] : 0;", "}",
            f"static bool {decl.c}_known({decl.c}_t value)", "{", f"return {known};", "}"]


def define_record(decl):
    c = decl.c
    depth = ", unsigned depth" if decl.kind == "table" else ""
    lines = [f"static void {c}_fill(struct values *v, struct {c} *x{depth})", "{", "(void)v;"]
    lines += ["(void)depth;"] if depth else []
    fill, same = Fill(), Same()
    for field in decl.fields:
        lines += fill.field(field, f"x->{field.name}", decl.kind == "table")
    lines += ["}", f"static bool {c}_same(const struct {c} *a, const struct {c} *b)", "{"]
    for field in decl.fields:
        lines += same.field(field, f"a->{field.name}", f"b->{field.name}")
    return lines + ["return true;", "}"]


def define_union(decl):
    c = decl.c
    end = next(index for index, field in enumerate(decl.fields) if field.type.kind not in ("table", "union"))
    none = "(absent && values_below(v, 4) == 0)" if decl.strict else "values_below(v, 8) == 0"
    lines = [f"static void {c}_fill(struct values *v, struct {c} *x, unsigned depth, bool absent)", "{",
             f"uint32_t i = depth < VALUES_DEPTH_MAX ? values_below(v, {len(decl.fields)}) : {end};",
             "(void)absent; (void)depth;", f"if ({none}) {{ x->kind = 0; return; }}"]
    fill, same = Fill(), Same()
    for index, field in enumerate(decl.fields):
        lines += [f"if (i == {index}) {{", f"x->kind = {field.number};"] + fill.field(field, f"x->as.{field.name}",
                                                                                      False) + ["}"]
    lines += ["}", f"static bool {c}_same(const struct {c} *a, const struct {c} *b)", "{",
              "if (a->kind != b->kind) return false;"]
    if decl.strict:
        others = " && ".join(f"a->kind != {field.number}" for field in decl.fields)
        lines += [f"if (a->kind != 0 && {others}) return false;"]
    for field in decl.fields:
        lines += [f"if (a->kind == {field.number}) {{"] + same.field(field, f"a->as.{field.name}",
                                                                     f"b->as.{field.name}") + ["}"]
    return lines + ["return true;", "}"]


def holds_memory(type, seen=()):
    """Whether an output of this type needs a reply to live in."""
    if type.kind in ("string", "wstring", "bytes", "list", "table", "handle"):
        return True
    return type.kind == "union" and any(holds_memory(field.type) for field in type.decl.fields)


class MethodDriver:
    def __init__(self, method):
        self.method = method
        self.name = method.c
        self.ins = [param for param in method.params if param.direction in ("in", "inout")]
        self.outs = [param for param in method.params if param.direction in ("out", "inout")]
        self.needs_reply = any(param.optional or holds_memory(param.type) for param in self.outs)

    def side(self, suffix, params):
        """The struct of one direction, and its two functions."""
        name = f"{self.name}_{suffix}"
        members = [member(param) for param in params] or ["char none;"]
        fill, same = Fill(), Same()
        lines = [f"struct {name} {{"] + members + ["};"]
        lines += [f"static void {name}_fill(struct values *v, struct {name} *x)", "{",
                  "unsigned depth = 0;", "(void)v; (void)x; (void)depth;"]
        for param in params:
            lines += fill.field(param, f"x->{param.name}", False)
        lines += ["}", f"static bool {name}_same(const struct {name} *a, const struct {name} *b)", "{",
                  "(void)a; (void)b;"]
        for param in params:
            lines += same.field(param, f"a->{param.name}", f"b->{param.name}")
        return lines + ["return true;", "}", f"static struct {name} {name}_sent;"]

    def receive(self):
        """What a handler or listener does first."""
        name = self.name
        return ([f"struct {name}_in got;", "(void)self; (void)got;"] + [received(param, "got") for param in self.ins]
                + [f'check({name}_in_same(&got, loopback_damaged(loop) ? &got : &{name}_in_sent), "{name} in");',
                   "runs += !loopback_damaged(loop);"])

    def handler(self):
        method, name = self.method, self.name
        params = "".join(", " + parameter(param) for param in self.ins)
        if method.kind == "event":
            return [f"static void on_{name}(void *self{params})", "{"] + self.receive() + ["}"]
        head = "void" if method.kind == "oneway" else "cdrpc_status"
        lines = [f"static {head} on_{name}(struct cdrpc_call *call, void *self{params})",
                 "{"] + self.receive() + ["(void)call;"]
        if method.kind == "oneway":
            return lines + ["}"]
        if not self.outs:
            return lines + ["return CDRPC_OK;", "}"]
        answers = "".join(", " + argument(param, f"{name}_out_sent") for param in self.outs)
        return lines + [f"return {name}_reply(call{answers});", "}"]

    def round(self):
        method, name = self.method, self.name
        ins = "".join(", " + argument(param, f"{name}_in_sent") for param in self.ins)
        outs = "".join(", " + result(param, "got") for param in self.outs)
        reply = ", &reply" if self.needs_reply else ""
        lines = [f"static void round_{name}(struct values *v)", "{", "uint32_t before = runs;",
                 f"{name}_in_fill(v, &{name}_in_sent);"]
        if method.kind == "event":
            call = f"{name}(loopback_server(loop), NULL{ins})"
        else:
            call = f"{name}(loopback_client(loop){ins}{outs}{reply})"
        if method.kind == "two_way":
            lines += ["struct cdrpc_reply reply = {NULL};", f"struct {name}_out got;", "(void)reply; (void)got;",
                      f"{name}_out_fill(v, &{name}_out_sent);"]
        lines += [f'check({call} == CDRPC_OK, "{name}");', f'check(runs == before + 1, "{name} ran");']
        if method.kind == "two_way":
            lines += [f'check({name}_out_same(&got, &{name}_out_sent), "{name} out");']
            if self.outs:
                lines += [f"if ({name}_finish(loopback_damaged_reply(loop){outs}{reply}) == CDRPC_OK)",
                          f'check({name}_out_same(&got, &got), "{name} damaged");']
            lines += ["cdrpc_reply_free(&reply);"]
        return lines + [f"v->count += {len(self.ins) + len(self.outs)};", "}"]

    def lines(self):
        lines = self.side("in", self.ins)
        if self.method.kind == "two_way":
            lines += self.side("out", self.outs)
        return lines + self.handler() + self.round()


def functions(methods, type, variable):
    """The struct of handlers or listeners, in the order of the header, which is that of the file."""
    members = ", ".join(f"on_{method.c}" for method in methods)
    return [f"static const struct {type} {variable} = {{{members}}};"]


def driver(interface):
    lines = [f'#include "{interface.header}"', "#include <stdio.h>", "#include <stdlib.h>", "#include <string.h>",
             '#include "values.h"',
             "static struct loopback *loop;", "static uint32_t runs;",
             "static void check(bool holds, const char *what)", "{",
             'if (!holds) { fprintf(stderr, "%s: not what was sent\\n", what); abort(); }', "}"]
    for decl in interface.decls:
        lines += declare_codec(decl)
    for decl in interface.decls:
        if decl.kind == "enum" and decl.strict:
            lines += define_enum(decl)
        elif decl.kind in ("struct", "table"):
            lines += define_record(decl)
        elif decl.kind == "union":
            lines += define_union(decl)
    for method in interface.methods:
        lines += MethodDriver(method).lines()
    # Where a name that ends in '_' has something behind it, one is written, as the generator does.
    return re.sub(r"(?<=\w)__(?=\w)", "_", "\n".join(lines + main(interface)) + "\n")


def main(interface):
    handled = [method for method in interface.methods if method.kind != "event"]
    events = [method for method in interface.methods if method.kind == "event"]
    c = interface.c
    lines = functions(handled, f"{c}_handlers", "handlers") if handled else []
    lines += functions(events, f"{c}_events", "listeners") if events else []
    lines += ["static void run(size_t capacity, uint64_t seed, uint32_t rounds, uint64_t *count)", "{",
              "struct values v = {NULL, NULL, 0};", "loop = loopback_new(capacity, seed);", "v.loop = loop;",
              "loopback_set_damage(loop, 3);",
              f"{c}_serve(loopback_server(loop)" + (", &handlers, NULL);" if handled else ");")]
    lines += [f"{c}_listen(loopback_client(loop), &listeners, NULL);"] if events else []
    lines += ["for (uint32_t i = 0; i < rounds; i++) {"]
    lines += [f"round_{method.c}(&v); values_free_all(&v);" for method in interface.methods]
    return lines + ["}", "*count += v.count;", "loopback_free(loop);", "}",
                    "int main(int argc, char **argv)", "{", "uint64_t count = 0;", "if (argc != 3) return 2;",
                    "run(64, strtoull(argv[1], NULL, 10), (uint32_t)atoi(argv[2]), &count);",
                    "run(65536, strtoull(argv[1], NULL, 10) + 1, (uint32_t)atoi(argv[2]), &count);",
                    'printf("%llu\\n", (unsigned long long)count);', "return 0;", "}"]
