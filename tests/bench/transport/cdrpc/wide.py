#!/usr/bin/python3
"""Writes what wide.c needs into a folder: an interface with one method, and 1,000 interfaces of which one has 1,000 methods.

Usage: wide.py FOLDER. A file that has the right content already keeps its date, so that it is not compiled again.
"""
import pathlib
import sys

COUNT = 1000


def write(path, lines):
    text = "\n".join(lines) + "\n"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main(folder):
    inputs, outputs = "u64 a, u64 b", "out u64 c, out u64 d"
    write(folder / "one.cdidl", [
        "module bench.one;",
        f"interface One {{ [inline] call({inputs}, {outputs}) @1; }}",
    ])
    write(folder / "many.cdidl", [
        "module bench.many;",
        "interface Many {",
        *(f"  [inline] m{i}({inputs}, {outputs}) @{i};" for i in range(1, COUNT + 1)),
        "}",
        *(f"interface Other{i} {{ [inline] call({inputs}, {outputs}) @1; }}" for i in range(1, COUNT)),
    ])
    write(folder / "many_others.h", [
        '#include "many.h"',
        "bool many_serve_others(struct cdrpc_server *server);",
    ])
    write(folder / "many_others.c", [
        '#include "many_others.h"',
        "bool",
        "many_serve_others(struct cdrpc_server *server)",
        "{",
        *(f"\tstatic const struct many_other{i}_handlers other{i} = {{ 0 }};" for i in range(1, COUNT)),
        "\treturn true" + "".join(f" &&\n\t       many_other{i}_serve(server, &other{i}, NULL) == CDRPC_OK"
                                  for i in range(1, COUNT)) + ";",
        "}",
    ])


main(pathlib.Path(sys.argv[1]))
