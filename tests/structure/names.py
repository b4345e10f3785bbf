"""Names that the library gives to whoever links it: names.py ROOT NM LIBRARY.

They are those that the headers declare with CDRPC_API, functions all of them, and those that a names.h of the
runtime makes its own. Of a library for Windows, which has all of them, the headers and those lists must not name others either.
Static functions of runtime/ and gen/ have names of their own, too: a backtrace says which it is.
"""
import pathlib
import re
import subprocess
import sys

from tap import Tap

PRIVATE = "cdrpc_private_"
# Names in C begin with '_' in 32-bit objects. GCC keeps a constant with the address of foreign data as .refptr.NAME.
SYMBOL = re.compile(r"(?P<refptr>\.refptr\.)?_?(?P<name>[a-z]\w*)")
DECLARED = re.compile(r"^CDRPC_API [^(;]*?\b(\w+)\(", re.M)
UNDECLARED = re.compile(r"^(?!CDRPC_API|static|typedef|#|/|return|\s)[a-z][\w ]*[ *]+(cdrpc_\w+)\(", re.M)

STATIC = re.compile(r"^static [^\n;={]*\n(\w+)\(", re.M)


def static_twice(root, part):
    """Names that static functions of several files of a part have, with the files."""
    files = {}
    for path in sorted(pathlib.Path(root, part).rglob("*.c")):
        for name in set(STATIC.findall(path.read_text())):
            files.setdefault(name, []).append(path.relative_to(root).as_posix())
    if len(files) < 300:
        return [f"only {len(files)} were found in {part}"]
    return [f"{name}: {', '.join(paths)}" for name, paths in sorted(files.items()) if len(paths) > 1]


def defined(nm, library):
    """Name to the letter by which nm tells code from data."""
    listing = subprocess.run([nm, "--extern-only", "--defined-only", "--format=posix", library],
                             stdout=subprocess.PIPE, check=True, text=True).stdout
    found = {}
    for words in map(str.split, listing.splitlines()):
        match = SYMBOL.fullmatch(words[0]) if len(words) > 1 else None
        if match and not match["refptr"]:
            found[match["name"]] = words[1]
    return found


def main(root, nm, library):
    tap = Tap()
    runtime = pathlib.Path(root, "runtime")
    headers = "".join(path.read_text() for path in sorted((runtime / "include/cdrpc").glob("*.h")))
    lists = [re.findall(r"^#define (\w+) (\w+)$", path.read_text(), re.M) for path in sorted(runtime.rglob("names.h"))]
    lines = [line for each in lists for line in each]
    own = [name for name, _ in lines]
    declared = set(DECLARED.findall(headers))
    found = defined(nm, library)
    public = {name for name in found if not name.startswith(PRIVATE)}
    whole = "cdrpc_server_run" in found and any(name.startswith(PRIVATE + "port_") for name in found)
    tap.case("names.h: in order, each once, each with the prefix",
             [f"{name}: {other}" for name, other in lines if other != PRIVATE + name] +
             [f"{after} stands behind {before}" for each in lists for (before, _), (after, _) in zip(each, each[1:]) if after <= before] +
             [f"{name} is in two lists" for name in sorted(set(own)) if own.count(name) > 1])
    tap.case("every name that others can see is declared for them, or in names.h", sorted(public - declared))
    tap.case("they are functions", [name for name in sorted(public) if found[name] != "T"])
    tap.case("every function of the headers has CDRPC_API", UNDECLARED.findall(headers))
    tap.case("what the headers and names.h name is there", sorted(declared - public) + sorted(set(own) - {
        name[len(PRIVATE):] for name in found}) if whole else [])
    tap.case("static functions of two files have different names", static_twice(root, "runtime") + static_twice(root, "gen"))
    tap.case("names were found", [] if len(public) > 50 and len(found) > 200 else [f"{len(public)} of {len(found)}"])
    tap.done()


main(*sys.argv[1:])
