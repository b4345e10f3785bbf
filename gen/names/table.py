"""C of the list of owned names: a hash of each name, sorted, with its kind in the lowest two bits.

Usage: table.py LIST OUTPUT
"""

import pathlib
import sys

import owned

HEAD = """/* Made by names/table.py. */
#include "owned.h"

const uint64_t owned_names[] = {
"""


def fnv1a(name):
    value = 0xcbf29ce484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001b3 % (1 << 64)
    return value


def main():
    entries = {}
    for kind, names in enumerate(owned.read(pathlib.Path(sys.argv[1]).read_text()).values()):
        for name in names:
            key = fnv1a(name) >> 2
            if key in entries:
                sys.exit(f"{name} has the hash of another name")
            entries[key] = kind
    values = [f"0x{key << 2 | kind:016x}," for key, kind in sorted(entries.items())]
    rows = [" ".join(values[at:at + 5]) for at in range(0, len(values), 5)]
    text = HEAD + "".join(f"\t{row}\n" for row in rows) + f"}};\n\nconst size_t owned_count = {len(values)};\n"
    pathlib.Path(sys.argv[2]).write_text(text)


main()
