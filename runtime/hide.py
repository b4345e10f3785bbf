"""Give the internal names of the installed library the project's prefix, so that they cannot meet an application's own.

Usage: hide.py NM OBJCOPY LIBRARY, by 'meson install', LIBRARY being relative to the prefix.

C has no scope between one file and the whole program. Names that others may use begin with cdrpc_; every other global name that
LIBRARY defines gets cdrpc_private_ before it. Objects stay apart, so that programs get those which they need, and debug
information keeps the names of the sources. A second run changes nothing.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# Names in C begin with '_' in 32-bit objects. GCC keeps a constant with the address of foreign data as .refptr.NAME.
NAME = re.compile(r"(?P<begin>(\.refptr\.)?_?)(?P<name>[a-z]\w*)")


def main():
    nm, objcopy = sys.argv[1:3]
    library = pathlib.Path(os.environ["MESON_INSTALL_DESTDIR_PREFIX"], sys.argv[3])
    listing = subprocess.run([nm, "--extern-only", "--defined-only", "--format=posix", library],
                             stdout=subprocess.PIPE, check=True, text=True).stdout
    pairs = {}
    for line in listing.splitlines():
        words = line.split()
        if len(words) < 2:
            continue            # the name of an object
        match = NAME.fullmatch(words[0])
        if not match:
            sys.exit(f"{library}: a name like '{words[0]}' cannot be hidden")
        if not match["name"].startswith("cdrpc_"):
            pairs[words[0]] = f"{match['begin']}cdrpc_private_{match['name']}"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "names")
        path.write_text("".join(f"{old} {new}\n" for old, new in sorted(pairs.items())))
        subprocess.run([objcopy, f"--redefine-syms={path}", library], check=True)


main()
