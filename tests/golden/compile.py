"""Generated C compiles without a warning: as C11 and as C++17, natively and for Windows, 32 and 64 bits.

Usage: compile.py INCLUDE FOLDER COMPILER...
INCLUDE has cdrpc/cdrpc.h, FOLDER the generated files. A compiler is its name and arguments in one string; one that is
not installed is a failure, for a test that is skipped tells nothing.
"""

import os
import shlex
import subprocess
import sys

from tap import Tap

WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only"]


def sources(folder):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".c") or name.endswith(".hpp"):
                yield os.path.join(parent, name)


def compile_all(compiler, include, folder):
    command = shlex.split(compiler) + WARNINGS + ["-I", folder, "-isystem", include]
    # Clang has no C++ library for Windows here; the C in C++ is compiled without one.
    library = "c++" in command and "-nostdinc++" not in command
    for source in sources(folder):
        if source.endswith(".hpp") and not library:
            continue
        run = subprocess.run(command + [source], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if run.returncode != 0:
            yield f"{source}: {run.stdout}"


def main():
    include, folder = sys.argv[1:3]
    tap = Tap()
    for compiler in sys.argv[3:]:
        try:
            tap.case(compiler, compile_all(compiler, include, folder))
        except FileNotFoundError as error:
            tap.case(compiler, [str(error)])
    tap.done()


main()
