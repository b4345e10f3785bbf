"""Random interfaces, as text and as objects. The same random numbers give the same interface."""

SCALARS = {
    "bool": "bool", "i8": "int8_t", "u8": "uint8_t", "i16": "int16_t", "u16": "uint16_t", "i32": "int32_t",
    "u32": "uint32_t", "i64": "int64_t", "u64": "uint64_t", "f32": "float", "f64": "double",
}
INTEGERS = [name for name in SCALARS if name[0] in "iu"]
RANGES = {"i8": (-128, 127), "u8": (0, 255), "i16": (-32768, 32767), "u16": (0, 65535)}
HANDLES = {
    "file": ["read", "write"], "pipe": ["read", "write"], "section": ["read", "write"], "event": ["sync", "modify"],
    "mutex": ["sync", "modify"], "semaphore": ["sync", "modify"], "process": ["sync"],
}


class Type:
    """kind: scalar, enum, flags, struct, table, union, array, list, string, wstring, bytes, handle."""

    def __init__(self, kind, text, decl=None, element=None, bound=0):
        self.kind = kind
        self.text = text
        self.decl = decl
        self.element = element
        self.bound = bound


class Field:
    def __init__(self, name, type, optional=False, number=0, direction="", shared=False):
        self.name = name
        self.type = type
        self.optional = optional
        self.number = number
        self.direction = direction
        self.shared = shared

    def text(self):
        return f"{self.type.text}{'?' if self.optional else ''} {self.name}"


class Decl:
    def __init__(self, kind, name):
        self.kind = kind
        self.name = name
        self.c = "prop_" + name.lower()
        self.fields = []
        self.strict = False
        self.base = ""
        self.values = []


class Method:
    def __init__(self, kind, name, ordinal):
        self.kind = kind
        self.name = name
        self.c = ("prop_emit_" if kind == "event" else "prop_") + name
        self.ordinal = ordinal
        self.params = []
        self.attributes = []


class Interface:
    """All of one module: declarations, then one interface 'Prop'."""

    c = "prop"
    header = "prop.h"

    def __init__(self, random):
        self.random = random
        self.decls = []
        self.methods = []
        for make in (self.make_enum, self.make_flags, self.make_struct, self.make_union, self.make_table):
            for number in range(random.randint(1, 4)):
                make(number)
        self.complete_tables()
        for number in range(random.randint(6, 12)):
            self.make_method(number)

    def of_kind(self, *kinds):
        return [decl for decl in self.decls if decl.kind in kinds]

    def new_decl(self, kind, number):
        decl = Decl(kind, f"{kind.capitalize()}{number}")
        self.decls.append(decl)
        return decl

    def make_enum(self, number):
        decl = self.new_decl("enum", number)
        decl.strict = self.random.random() < 0.5
        decl.base = self.random.choice(INTEGERS)
        low, high = RANGES.get(decl.base, (0 if decl.base[0] == "u" else -(2 ** 31), 2 ** 31 - 1))
        decl.values = sorted(self.random.sample(range(low, high + 1), self.random.randint(1, 5)))

    def make_flags(self, number):
        decl = self.new_decl("flags", number)
        decl.base = self.random.choice(["u8", "u16", "u32", "u64"])
        bits = int(decl.base[1:])
        decl.values = [1 << bit for bit in sorted(self.random.sample(range(bits), 3))]

    def make_struct(self, number):
        decl = self.new_decl("struct", number)
        for index in range(self.random.randint(1, 6)):
            decl.fields.append(Field(f"f{index}", self.flat_type(decl)))

    def make_union(self, number):
        """The first member is a scalar, so that a value can always end there."""
        decl = self.new_decl("union", number)
        decl.strict = self.random.random() < 0.4
        ids = sorted(self.random.sample(range(1, 40), self.random.randint(1, 7)))
        for index, number in enumerate(ids):
            type = self.scalar_type() if index == 0 else self.value_type(decl, lists=False)
            decl.fields.append(Field(f"f{index}", type, number=number))

    def make_table(self, number):
        """Its fields come when all tables are known, for they may hold one another."""
        self.new_decl("table", number)

    def complete_tables(self):
        for decl in self.of_kind("table"):
            ids = sorted(self.random.sample(range(1, 60), self.random.randint(1, 12)))
            for index, number in enumerate(ids):
                type = self.value_type(decl, lists=True)
                optional = type.kind == "table" or self.random.random() < 0.3
                decl.fields.append(Field(f"f{index}", type, optional, number))
        for decl in self.of_kind("union"):
            if self.random.random() < 0.5:
                table = self.random.choice(self.of_kind("table"))
                number = decl.fields[-1].number + 1
                decl.fields.append(Field("last", Type("table", table.name, table), number=number))

    def scalar_type(self):
        if self.random.random() < 0.3:
            decl = self.random.choice(self.of_kind("enum", "flags"))
            return Type(decl.kind, decl.name, decl)
        name = self.random.choice(list(SCALARS))
        return Type("scalar", name)

    def flat_type(self, owner, arrays=True):
        structs = [decl for decl in self.of_kind("struct") if decl is not owner]
        if arrays and self.random.random() < 0.2:
            element = self.flat_type(owner, arrays=False)
            bound = self.random.randint(1, 9)
            return Type("array", f"{element.text}[{bound}]", element=element, bound=bound)
        if structs and self.random.random() < 0.25:
            decl = self.random.choice(structs)
            return Type("struct", decl.name, decl)
        return self.scalar_type()

    def value_type(self, owner, lists):
        """Of a table's field, a union's member, or a parameter."""
        choice = self.random.random()
        if lists and choice < 0.25:
            element = self.value_type(owner, lists=False)
            if element.kind == "array":
                element = element.element
            bound = self.random.choice([1, 2, 3, 8, 40])
            return Type("list", f"{element.text}[<={bound}]", element=element, bound=bound)
        if choice < 0.5:
            kind = self.random.choice(["string", "wstring", "bytes"])
            bound = self.random.choice([1, 2, 7, 32, 300])
            return Type(kind, f"{kind}[<={bound}]", bound=bound)
        unions = [decl for decl in self.of_kind("union") if decl is not owner]
        if owner is None or owner.kind != "union":
            unions += self.of_kind("table")
        if unions and choice < 0.65:
            decl = self.random.choice(unions)
            return Type(decl.kind, decl.name, decl)
        return self.flat_type(owner)

    def handle_type(self):
        kind = self.random.choice(list(HANDLES))
        rights = self.random.sample(HANDLES[kind], self.random.randint(1, len(HANDLES[kind])))
        return Type("handle", f"handle<{kind}: {', '.join(rights)}>")

    def make_method(self, number):
        kind = self.random.choices(["two_way", "oneway", "event"], [6, 1, 2])[0]
        method = Method(kind, f"m{number}", number + 1)
        if kind == "two_way" and self.random.random() < 0.2:
            method.attributes.append(self.random.choice(["inline", "secret"]))
        for index in range(self.random.randint(0, 7)):
            direction = self.random.choice(["in", "out", "inout"]) if kind == "two_way" else "in"
            if kind != "event" and self.random.random() < 0.1:
                type = self.handle_type()
            else:
                type = self.value_type(None, lists=True)
            shared = type.kind == "bytes" and kind != "event" and self.random.random() < 0.3
            method.params.append(Field(f"p{index}", type, self.random.random() < 0.3, 0, direction, shared))
        self.methods.append(method)

    def text(self):
        lines = ["module prop;", ""]
        for decl in self.decls:
            lines.append(self.decl_text(decl))
        lines.append("interface Prop {")
        for method in self.methods:
            lines.append("  " + self.method_text(method))
        lines.append("}")
        return "\n".join(lines) + "\n"

    @staticmethod
    def decl_text(decl):
        head = f"{'[strict] ' if decl.strict else ''}{decl.kind} {decl.name}"
        if decl.kind in ("enum", "flags"):
            values = ", ".join(f"V{index} = {value}" for index, value in enumerate(decl.values))
            return f"{head} : {decl.base} {{ {values} }}"
        numbered = decl.kind != "struct"
        fields = [f"{f'{field.number}: ' if numbered else ''}{field.text()};" for field in decl.fields]
        return f"{head} {{ {' '.join(fields)} }}"

    @staticmethod
    def method_text(method):
        head = {"two_way": "", "oneway": "oneway ", "event": "event "}[method.kind]
        if method.attributes:
            head = f"[{', '.join(method.attributes)}] {head}"
        params = []
        for param in method.params:
            shared = "[shared] " if param.shared else ""
            direction = "" if param.direction == "in" else param.direction + " "
            params.append(f"{shared}{direction}{param.text()}")
        return f"{head}{method.name}({', '.join(params)}) @{method.ordinal};"
