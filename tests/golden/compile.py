"""Generated C compiles without a warning: as C11 and as C++17, natively and for Windows, 32 and 64 bits.

Usage: compile.py INCLUDE CDIDL INTERFACES FOLDER COMPILER...
INCLUDE has cdrpc/cdrpc.h. CDIDL generates code of all kinds for the interface files of INTERFACES, into FOLDER. A compiler is its
name and arguments in one string; one that is not installed is a failure, for a test that is skipped tells nothing.
"""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys

from tap import Tap

WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only"]


def generate(cdidl, interfaces, folder):
    shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(pathlib.Path(interfaces).rglob("*.cdidl")):
        out = pathlib.Path(folder, path.relative_to(interfaces).parent)
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run([cdidl, "gen", "--cpp", "--fuzz", "-I", interfaces, "--out", out, path], check=True)


def sources(folder):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".c") or name.endswith(".hpp"):
                yield os.path.join(parent, name)


def compile_all(compiler, include, folder):
    """All in one run of the compiler."""
    command = shlex.split(compiler) + WARNINGS + ["-I", folder, "-isystem", include]
    # Clang has no C++ library for Windows here; the C in C++ is compiled without one.
    library = "c++" in command and "-nostdinc++" not in command
    command += [source for source in sources(folder) if library or not source.endswith(".hpp")]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode != 0:
        yield run.stdout


def main():
    include, cdidl, interfaces, folder = sys.argv[1:5]
    generate(cdidl, interfaces, folder)
    tap = Tap()
    for compiler in sys.argv[5:]:
        try:
            tap.case(compiler, compile_all(compiler, include, folder))
        except FileNotFoundError as error:
            tap.case(compiler, [str(error)])
    tap.done()


main()
