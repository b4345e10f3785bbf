"""Check the direction of dependencies, on the #include lines and on the names that objects need of each other.

Usage: layering.py SOURCE_ROOT NM CORE GEN

In gen/ each file is in a room, which is a folder: base < syntax < model; base, model < emit, compat; base, syntax, emit/out < fmt; main and
its commands are above them. In runtime/: the core is portable C11, and never includes windows.h or anything of runtime/win32; of its
rooms, each knows itself and those before it. CORE and GEN are the libraries, built.
"""

import graphlib
import pathlib
import re
import subprocess
import sys

from tap import Tap

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)

# A room of gen/ -> those that it may include besides itself; "emit/out" is one file of a room. What stands above the rooms may
# include all.
GEN = {
    "base": [],
    "syntax": ["base"],
    "model": ["base", "syntax"],
    "emit": ["base", "model"],
    "compat": ["base", "model"],
    "fmt": ["base", "syntax", "emit/out"],
}
# The same of single files: fmt rests on these.
GEN_FILES = {
    "emit/out": ["base"],
    "emit/out_set": ["base", "emit/out"],
}
# Those of gen/ that may include what is not C11's.
GEN_SYSTEM = ["main.c", "main_win32.c", "base/os_posix.c", "base/os_win32.c"]
# What Lemon writes.
GENERATED = "syntax/parser.h"

# The rooms of runtime/core.
ROOMS = ["base", "wire", "session", "message", "events", "calls", "connect", "service"]
# What runtime/win32 may include of the core: all of its first room, and these.
WIN32 = ["session/policy.h", "session/thread_state.h"]

# An object in the library, by the room and name of its source, which it is of.
OBJECT = re.compile(r"\b(?:core_)?([a-z0-9]+)_(\w+)\.c\.o")

STANDARD = {f"{name}.h" for name in (
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic "
    "stdbool stddef stdint stdio stdlib stdnoreturn string time uchar wchar wctype").split()}


def includes(path):
    return INCLUDE.findall(path.read_text())


def sources(folder, *suffixes):
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes)


def gen_allowed(room, stem):
    name = f"{room}/{stem}"
    return {name, *GEN_FILES[name]} if name in GEN_FILES else {room, *GEN[room]}


def gen_problems(root, path):
    room = str(path.parent.relative_to(root))
    problems = []
    if room != "." and room not in GEN:
        return [f"{path.name}: no rule says what {room}/ may include"]
    for kind, name in includes(path):
        other = pathlib.PurePath(name)
        if kind == '"' and name != GENERATED and not (root / name).is_file():
            problems.append(f'{path.name} includes "{name}", which is no path in gen/')
        elif kind == '"' and room != "." and not {str(other.parent), str(other.with_suffix(""))} & gen_allowed(room, path.stem):
            problems.append(f'{room}/{path.name} includes "{name}"')
        elif kind == "<" and name not in STANDARD and path.relative_to(root).as_posix() not in GEN_SYSTEM:
            problems.append(f"{room}/{path.name} includes <{name}>, which is not C11's")
    return problems


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


def is_up(room, other):
    return other in ROOMS and ROOMS.index(other) > ROOMS.index(room)


def upward_includes(path, core):
    name = path.relative_to(core)
    return [f'{name} includes "{included}"' for kind, included in includes(path)
            if kind == '"' and "/" in included and is_up(name.parts[0], included.split("/")[0])]


def needs(nm, library):
    """What the objects of a library need of each other, as room and name of both and the name that is needed: a declaration in a
    header, or by hand, is no way around."""
    listing = subprocess.run([nm, "--extern-only", "--format=posix", library], stdout=subprocess.PIPE, check=True, text=True).stdout
    defined, needed, source = {}, [], None
    for line in listing.splitlines():
        words = line.split()
        match = OBJECT.search(line)
        if match and line.endswith(":"):
            source = match.groups()
        elif source and words[1] in "Uw":
            needed.append((source, words[0]))
        elif source:
            defined[words[0]] = source
    return [(source, defined[name], name) for source, name in needed if name in defined]


def upward_names(nm, library):
    """The same as upward_includes() of what the objects need."""
    found = needs(nm, library)
    return ([f"{room}/{name}.c needs {needed}, which is in {other}" for (room, name), (other, _), needed in found if is_up(room, other)]
            or ([] if found else [f"{library}: no name was found"]))


def gen_names(nm, library):
    found = needs(nm, library)
    return ([f"{room}/{name}.c needs {needed}, which is in {other}/{file}.c" for (room, name), (other, file), needed in found
             if not {other, f"{other}/{file}"} & gen_allowed(room, name)]
            + ([] if found else [f"{library}: no name was found"]))


def circle(root):
    """Headers that include each other, which no order can be right for."""
    headers = {path.relative_to(root).as_posix(): path for path in sources(root, ".h")}
    try:
        graphlib.TopologicalSorter({name: [other for _, other in includes(path) if other in headers]
                                    for name, path in headers.items()}).prepare()
    except graphlib.CycleError as error:
        return [" < ".join(error.args[1])]
    return []


def win32_problems(path):
    return [f'{path.name} includes "{name}"' for kind, name in includes(path)
            if kind == '"' and "/" in name and not name.startswith("base/") and name not in WIN32]


def main():
    root = pathlib.Path(sys.argv[1])
    tap = Tap()

    gen = sources(root / "gen", ".c", ".h", ".re", ".y")
    tap.case("gen: dependencies go one way", [line for path in gen for line in gen_problems(root / "gen", path)]
             + gen_names(sys.argv[2], sys.argv[4])
             + [f"no source was found in {room}/" for room in GEN if not any(path.parent.name == room for path in gen)])

    files = sources(root / "runtime/core", ".c", ".h")
    core = root / "runtime/core"
    names = {path.relative_to(core).as_posix() for path in files}
    tap.case("runtime/core: portable, without Windows",
             [line for path in files for line in core_problems(path, names)]
             or ([] if files else ["no source was found"]))

    tap.case("runtime/core: rooms know those before them",
             [f"{path.relative_to(core)} is in no room" for path in files if path.relative_to(core).parts[0] not in ROOMS]
             or [*(line for path in files for line in upward_includes(path, core)), *upward_names(sys.argv[2], sys.argv[3])])
    tap.case("runtime/win32: of the core what it implements",
             [line for path in sources(root / "runtime/win32", ".c", ".h") for line in win32_problems(path)])

    tap.case("headers: no circle", circle(core) + circle(root / "gen"))

    public = sources(root / "runtime/include", ".h")
    tap.case("runtime/include: public headers include only each other and C11's",
             [f"{path.name} includes {name}" for path in public for _, name in includes(path)
              if name not in STANDARD and not name.startswith("cdrpc/")])
    tap.done()


main()
