"""C of the list of owned names: a hash of each name, sorted, with its kind in the lowest two bits; and those of the headers.

Usage: table.py LIST OUTPUT
"""

import pathlib
import sys

import owned

HEAD = """/* Made by names/table.py. */
#include "model/owned.h"
"""


def fnv1a(name):
    value = 0xcbf29ce484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001b3 % (1 << 64)
    return value


def array(name, values):
    words = [f"0x{value:016x}," for value in sorted(values)]
    rows = "".join("\t" + " ".join(words[at:at + 5]) + "\n" for at in range(0, len(words), 5))
    return f"\nconst uint64_t {name}s[] = {{\n{rows}}};\nconst size_t {name}_count = {len(words)};\n"


def main():
    entries = {}
    lists = owned.read(pathlib.Path(sys.argv[1]).read_text())
    for kind, names in enumerate(map(lists.get, owned.KINDS)):
        for name in names:
            key = fnv1a(name) >> 2
            if key in entries:
                sys.exit(f"{name} has the hash of another name")
            entries[key] = kind
    text = HEAD + array("owned_name", (key << 2 | kind for key, kind in entries.items()))
    text += array("owned_header", map(fnv1a, lists[owned.HEADERS]))
    pathlib.Path(sys.argv[2]).write_text(text)


main()
