"""Check the direction of dependencies on the #include lines.

Usage: layering.py SOURCE_ROOT

In gen/: main and its commands -> parse, resolve, emit; emit -> model, out, cname only; resolve -> ast, model, diag. Memory
and plain data structures lie below all of them. In runtime/: the core is portable C11, and never includes windows.h or
anything of runtime/win32.
"""

import fnmatch
import pathlib
import re
import sys

from tap import Tap

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)

# Memory and plain data structures.
DATA = ["arena", "map", "scc"]
# What the front end rests on: files, places in them, and what is said about them.
BASE = [*DATA, "os", "source", "diag", "suggest"]
SYNTAX = ["token", "lexer", "scan", "ast"]

# file of gen/ -> the files that it may include, both without suffix. The first pattern that fits counts.
GEN = {
    "main*": ["*"],
    "command*": ["*"],
    "arena": DATA,
    "map": DATA,
    "scc": DATA,
    "os*": DATA + ["os"],
    "source": BASE,
    "diag": BASE,
    "suggest": BASE,
    "token": BASE + SYNTAX,
    "lexer": BASE + SYNTAX + ["parser"],
    "scan": BASE + SYNTAX + ["parser"],
    "ast": BASE + SYNTAX,
    "parse*": BASE + SYNTAX + ["parse*"],
    "load": BASE + SYNTAX + ["parse", "load"],
    "fmt*": BASE + SYNTAX + ["parse", "parser", "out", "fmt*"],
    "model": BASE,
    "cname*": BASE + ["model", "cname*", "owned"],
    "owned": [],
    "resolve*": BASE + SYNTAX + ["load", "model", "cname*", "resolve*"],
    "layout*": BASE + ["model", "resolve_parts", "layout*"],
    "compat*": BASE + ["model", "compat*"],
    "out*": BASE + ["out*"],
    "emit*": DATA + ["model", "out", "cname", "emit*"],
}

STANDARD = {f"{name}.h" for name in (
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic "
    "stdbool stddef stdint stdio stdlib stdnoreturn string time uchar wchar wctype").split()}


def includes(path):
    return INCLUDE.findall(path.read_text())


def sources(folder, *suffixes):
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes)


def gen_problems(path):
    rule = next((allowed for pattern, allowed in GEN.items() if fnmatch.fnmatch(path.stem, pattern)), None)
    if rule is None:
        return [f"{path.name}: no rule says what it may include"]
    return [f'{path.name} includes "{name}"' for kind, name in includes(path)
            if kind == '"' and not any(fnmatch.fnmatch(pathlib.PurePath(name).stem, pattern) for pattern in rule)]


def core_problems(path, names):
    problems = []
    for kind, name in includes(path):
        if kind == '"' and name not in names:
            problems.append(f'{path.name} includes "{name}", which is no path in runtime/core')
        # Of the compilers' own headers there is one, in one place.
        if kind == "<" and name not in STANDARD and not name.startswith("cdrpc/") and (path.name, name) != ("atomic.h", "intrin.h"):
            problems.append(f"{path.name} includes <{name}>, which is not C11's")
        if name == "stdatomic.h" and path.name != "atomic.h":
            problems.append(f"{path.name} includes <{name}>, which cl.exe has not: atomic.h is what to include")
    return problems


def main():
    root = pathlib.Path(sys.argv[1])
    tap = Tap()

    gen = sources(root / "gen", ".c", ".h", ".re", ".y")
    tap.case("gen: dependencies go one way", [line for path in gen for line in gen_problems(path)]
             or ([] if gen else ["no source was found"]))

    files = sources(root / "runtime/core", ".c", ".h")
    names = {path.relative_to(root / "runtime/core").as_posix() for path in files}
    tap.case("runtime/core: portable, without Windows",
             [line for path in files for line in core_problems(path, names)]
             or ([] if files else ["no source was found"]))

    public = sources(root / "runtime/include", ".h")
    tap.case("runtime/include: public headers include only each other and C11's",
             [f"{path.name} includes {name}" for path in public for _, name in includes(path)
              if name not in STANDARD and not name.startswith("cdrpc/")])
    tap.done()


main()
