"""The modules of golden/gen, generated, compiled and at work: random values travel through every method and back.

Usage: goldens.py GOLDEN_FOLDER CC CDIDL INCLUDE CORE_LIBRARY SUPPORT_FOLDER WORK_FOLDER

What a module declares is read from the model that --json writes, so that this holds the model as well. The generated code, the
drivers and the programs stay in WORK_FOLDER.
"""

import json
import pathlib
import sys

from bench import Bench, Failure, run
from interfaces import SCALARS, Decl, Field, Method, Type
from tap import Tap

VALUES_MIN = 4000
KINDS = {"method": "two_way", "oneway": "oneway", "event": "event"}


class Module:
    """A module and what it imports, as the driver wants them."""

    def __init__(self, folder, name, modules):
        self.model = json.loads((folder / f"{name}.json").read_bytes())
        self.folder, self.name, self.stem = folder / pathlib.Path(name).parent, name, pathlib.Path(name).name
        self.imports = [modules[entry["path"]] for entry in self.model["imports"]]
        self.decls = {}
        for module in self.imports:
            self.decls.update(module.decls)
        own = [entry for entry in self.model["declarations"] if entry["kind"] in ("enum", "flags", "struct", "table", "union")]
        for entry in own:
            self.decls[entry["full_name"]] = self.declared(entry)
        for entry in own:
            self.complete(self.decls[entry["full_name"]], entry)

    @staticmethod
    def declared(entry):
        decl = Decl(entry["kind"], entry["name"])
        decl.c = entry["c_name"]
        decl.strict = entry.get("strict", False)
        decl.values = [value["value"] for value in entry.get("values", [])]
        return decl

    def complete(self, decl, entry):
        """Its members, which may be of types that are declared later."""
        decl.fields = [self.field(member) for member in entry.get("fields", entry.get("members", []))]

    def field(self, entry):
        return Field(entry["c_name"], self.type(entry["type"]), entry.get("optional", False), entry.get("id", 0),
                     entry.get("direction", ""))

    def type(self, entry):
        kind = entry["kind"]
        if kind in SCALARS:
            return Type("scalar", kind)
        decl = self.decls[entry["decl"]] if "decl" in entry else None
        element = self.type(entry["element"]) if "element" in entry else None
        return Type(kind, entry["text"], decl, element, entry.get("bound", 0))

    def interfaces(self):
        return [Service(self, entry) for entry in self.model["declarations"] if entry["kind"] == "interface"]


class Service:
    """One interface of a module."""

    def __init__(self, module, entry):
        self.c = entry["c_name"]
        self.header = f"{module.stem}.h"
        self.decls = list(module.decls.values())
        self.methods = [self.method(module, method) for method in entry["methods"]]

    @staticmethod
    def method(module, entry):
        method = Method(KINDS[entry["kind"]], entry["name"], entry["ordinal"])
        method.c = entry["c_name"]
        method.params = [module.field(param) for param in entry["params"]]
        return method


def generate(golden, bench, work):
    """All modules by name, imported ones first."""
    modules = {}
    for path in sorted(golden.rglob("*.cdidl"), key=lambda path: (-len(path.parts), path)):
        name = path.relative_to(golden).with_suffix("")
        out = work / name.parent
        out.mkdir(parents=True, exist_ok=True)
        run([bench.cdidl, "gen", "--json", "-I", str(golden), "--out", str(out), str(path)])
        modules[f"{name}.cdidl"] = Module(work, str(name), modules)
    return modules.values()


def problems(bench, module, objects):
    try:
        objects[module.name] = bench.generated(str(module.folder), module.stem)
        linked = sum((objects[other.name] for other in [module, *module.imports]), [])
        for interface in module.interfaces():
            count = bench.values(interface, str(module.folder), linked, 1, VALUES_MIN)
            wanted = VALUES_MIN if any(method.params for method in interface.methods) else 0
            if count < wanted:
                yield f"{interface.c}: only {count} values"
    except Failure as failure:
        yield str(failure)


def main():
    golden, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[-1])
    bench = Bench(*sys.argv[2:])
    bench.includes += ["-I", str(work)]
    tap = Tap()
    objects = {}
    for module in generate(golden, bench, work):
        tap.case(module.name, problems(bench, module, objects))
    tap.done()


main()
