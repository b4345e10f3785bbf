"""How large a function and a struct may be: sizes.py SOURCE_ROOT. Functions of runtime/ and gen/ have at most 60 lines, struct session 25
members."""

import pathlib
import re
import sys

from tap import Tap

FUNCTION_MAX = 60
MEMBERS_MAX = 25

# A body's braces begin their lines, but for those of one line. What stands before it has a parameter list; a struct or a table has none.
FUNCTION = re.compile(r"^(?:[^\s#/}][^\n]*)?\b(\w+)\((?:[^;{}]*?)\)\n?(\{\n.*?^\})", re.M | re.S)
MEMBER = re.compile(r"^\t[^\t\n][^;\n]*;", re.M)


def sources(root):
    paths = sorted(path for part in ("runtime", "gen") for path in (root / part).rglob("*"))
    return [path for path in paths if path.suffix in (".c", ".h", ".hpp", ".re", ".y")]


def long_functions(text):
    return [(name, body.count("\n") + 1) for name, body in FUNCTION.findall(text) if body.count("\n") + 1 > FUNCTION_MAX]


def main():
    root = pathlib.Path(sys.argv[1])
    texts = {path.relative_to(root).as_posix(): path.read_text() for path in sources(root)}
    session = texts["runtime/core/session/session.h"].split("\nstruct session {\n")[1].split("\n};")[0]
    count = len(MEMBER.findall(session))
    tap = Tap()

    tap.case(f"functions have at most {FUNCTION_MAX} lines",
             [f"{path}, {name}: {lines}" for path, text in texts.items() for name, lines in long_functions(text)]
             or ([] if sum(len(FUNCTION.findall(text)) for text in texts.values()) > 1500 else ["too few functions were found"]))
    tap.case(f"struct session has at most {MEMBERS_MAX} members",
             [f"{count}"] if not 0 < count <= MEMBERS_MAX else [])
    tap.done()


main()
