"""What is wrong with large and deep files: the whole of what is said, and that nothing is written.

Usage: big.py GOLDEN COMMAND...

GOLDEN is the folder of golden files, COMMAND the program, perhaps behind an emulator. With UPDATE_GOLDENS=1 in the environment
the goldens are written.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from tap import Tap

GOLDEN = pathlib.Path(sys.argv[1]).resolve() / "big"
COMMAND = [*sys.argv[2:-1], str(pathlib.Path(sys.argv[-1]).resolve())]

DEPTH = 10000
SIZE = 10 << 20

# Before, again and again, and behind.
DEEP = {
    "braces": ("", "{", ""),
    "brackets": ("", "[", ""),
    "parentheses": ("interface I { f(", "(", ""),
    "attribute_parentheses": ("[c_name(", "c_name(", ""),
    "closed_braces": ("struct S ", "{ u8 a; ", "}"),
    "arrays": ("struct S { u8", "[1]", " a; }"),
    "bounded_arrays": ("table T { 1: string[<=1]", "[<=1]", " a; }"),
    "optionals": ("table T { 1: u8", "?", " a; }"),
    "handles": ("interface I { f(", "handle<", "file: read> a) @1; }"),
    "signs": ("const i32 C = ", "-", "1;"),
    "shifts": ("const i32 C = 1", " << 0", ";"),
    "comments": ("", "/*", "*/ nothing"),
    "attributes": ("[", "deprecated(1), ", "deprecated(1)] struct S { u8 a; }"),
    "rights": ("interface I { f(handle<file: read", ", read", "> a) @1; }"),
}
LONG = {
    "syntax_errors": ("struct S {\n", "  u8 a b;\n", "}\n"),
    "unknown_types": ("struct S {\n", "  u23 a;\n", "}\n"),
    "no_line_ends": ("struct S { ", "u23 a; ", "}"),
    "not_text": ("", "\0\xff", ""),
    "open_comment": ("/*", "*****", ""),
}


def check(name, before, repeated, behind, count):
    with tempfile.TemporaryDirectory() as folder:
        text = f"module a.b;\n{before}{repeated * count}{behind}"
        pathlib.Path(folder, f"{name}.cdidl").write_bytes(text.encode("latin-1"))
        done = subprocess.run([*COMMAND, "gen", "--depfile", "a.d", f"{name}.cdidl"], cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        if os.listdir(folder) != [f"{name}.cdidl"]:
            yield f"files: {sorted(os.listdir(folder))}"
    if done.returncode != 1 or done.stdout:
        yield f"exit code {done.returncode}, and it said {done.stdout!r}"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS") == "1":
        golden.write_bytes(done.stderr)
    if done.stderr != golden.read_bytes():
        yield from ["the golden file says:", golden.read_text(), "but it said:", done.stderr.decode(errors="replace")]


def main():
    tap = Tap()
    for name, parts in DEEP.items():
        tap.case(f"{DEPTH} deep: {name}", check(name, *parts, DEPTH))
    for name, parts in LONG.items():
        tap.case(f"{SIZE >> 20} MiB: {name}", check(name, *parts, SIZE // len(parts[1])))
    tap.done()


main()
