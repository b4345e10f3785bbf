"""Generated C compiles without a warning: as C of each standard and as C++, natively and for Windows; so do, for Windows,
the library and what the tests have for each architecture. Clang's targets for Microsoft's compiler
take code and library with its rules and Wine's headers, which are the nearest to Microsoft's here.

Usage: compile.py RUNTIME FOLDER COMPILER
RUNTIME has include/cdrpc/cdrpc.h, core/ and win32/, FOLDER what generate.py wrote. COMPILER is a name and arguments in one string; one
that is not installed is a failure, for a test that is skipped tells nothing. In place of 'clang', CDRPC_CLANG in the environment may
name another version.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys

from tap import Tap

# What a target of Microsoft's compiler is given: its rules, as of Visual Studio 2022, and no header but Wine's.
MSVC = ["-fms-compatibility", "-fms-extensions", "-fms-compatibility-version=19.37", "-nostdlibinc",
        "-isystem", "/usr/include/wine/wine/msvcrt", "-isystem", "/usr/include/wine/wine/windows"]
TESTS = pathlib.Path(__file__).resolve().parents[1]
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only"]


def sources(folder):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".c") or name.endswith(".hpp"):
                yield os.path.join(parent, name)


def library_sources(runtime):
    """What a program for Windows consists of besides generated code, and how it is compiled."""
    return ["-I", f"{runtime}/core", "-D_WIN32_WINNT=0x0601", "-DWIN32_LEAN_AND_MEAN", "-D__USE_MINGW_ANSI_STDIO=1",
            *map(str, sorted(pathlib.Path(runtime).glob("core/*/*.c"))), *map(str, sorted(pathlib.Path(runtime).glob("win32/*.c")))]


def own_sources(compiler):
    """What the tests have of their own for each architecture of Windows, ARM64 too, for which nothing is built here."""
    cpu = re.search(r"(\w+)-w64-mingw32", compiler)[1].replace("i686", "x86")
    return [*map(str, sorted(TESTS.glob("facts/*.c"))), f"{TESTS}/support/crash_win32.c", f"{TESTS}/support/crash_unwind_{cpu}.c"]


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        yield done.stdout


def compile_all(compiler, runtime, folder):
    """The library and what is generated, each in one run of the compiler."""
    command = shlex.split(compiler) + WARNINGS + ["-I", folder, "-I", f"{runtime}/include"]
    more = []
    if "-windows-msvc" in compiler:
        command += MSVC
        more = ["-include", pathlib.Path(__file__).parent / "msvc.h"]
    if ("-windows-msvc" in compiler or "-w64-mingw32" in compiler) and "c++" not in command:
        own = own_sources(compiler) if "-w64-mingw32" in compiler else []
        yield from run(command + more + library_sources(runtime) + own)
    # Clang has no C++ library for Windows here; the C in C++ is compiled without one.
    library = "c++" in command and "-nostdinc++" not in command
    found = [source for source in sources(folder) if library or not source.endswith(".hpp")]
    # No generated code has this one.
    alone = [f"{runtime}/include/cdrpc/single_instance.hpp"] if library else []
    # What the compiler and the libraries keep to themselves. GCC does not know.
    reserved = ["-Wreserved-identifier", "-Wreserved-macro-identifier"] if command[0].startswith("clang") else []
    yield from run(command + reserved + found + alone) if found else ["nothing was generated"]


def main():
    runtime, folder, compiler = sys.argv[1:]
    compiler = re.sub(r"^clang\b", os.environ.get("CDRPC_CLANG", "clang"), compiler)
    tap = Tap()
    try:
        tap.case(compiler, compile_all(compiler, runtime, folder))
    except FileNotFoundError as error:
        tap.case(compiler, [str(error)])
    tap.done()


main()
