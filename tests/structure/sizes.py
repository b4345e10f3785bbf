"""How large a file, a function and a struct may be: sizes.py SOURCE_ROOT.

Files of runtime/ and gen/ that people write have at most 400 lines, functions 60, struct session 25 members. One file may be longer:
cdrpc.h, for an application's author is to find the whole of the API on one page.
"""

import pathlib
import re
import sys

from tap import Tap

FILE_MAX = 400
FUNCTION_MAX = 60
MEMBERS_MAX = 25
ONE_PAGE = "runtime/include/cdrpc/cdrpc.h"

# A body's braces begin their lines, but for those of one line. What stands before it has a parameter list; a struct or a table has none.
FUNCTION = re.compile(r"^(?:[^\s#/}][^\n]*)?\b(\w+)\((?:[^;{}]*?)\)\n?(\{\n.*?^\})", re.M | re.S)
MEMBER = re.compile(r"^\t[^\t\n][^;\n]*;", re.M)


def sources(root):
    paths = sorted(path for part in ("runtime", "gen") for path in (root / part).rglob("*"))
    return [path for path in paths if path.suffix in (".c", ".h", ".hpp", ".re", ".y", ".py")]


def long_functions(text):
    return [(name, body.count("\n") + 1) for name, body in FUNCTION.findall(text) if body.count("\n") + 1 > FUNCTION_MAX]


def main():
    root = pathlib.Path(sys.argv[1])
    texts = {path.relative_to(root).as_posix(): path.read_text() for path in sources(root)}
    code = {path: text for path, text in texts.items() if not path.endswith(".py")}
    session = texts["runtime/core/session/session.h"].split("\nstruct session {\n")[1].split("\n};")[0]
    count = len(MEMBER.findall(session))
    tap = Tap()

    tap.case(f"files have at most {FILE_MAX} lines",
             [f"{path}: {text.count(chr(10))}" for path, text in texts.items() if text.count("\n") > FILE_MAX and path != ONE_PAGE]
             or ([] if len(texts) > 200 else ["too few files were found"]))
    tap.case(f"functions have at most {FUNCTION_MAX} lines",
             [f"{path}, {name}: {lines}" for path, text in code.items() for name, lines in long_functions(text)]
             or ([] if sum(len(FUNCTION.findall(text)) for text in code.values()) > 1500 else ["too few functions were found"]))
    tap.case(f"struct session has at most {MEMBERS_MAX} members",
             [f"{count}"] if not 0 < count <= MEMBERS_MAX else [])
    tap.done()


main()
