"""Every program and DLL of the build may import from the allowed system DLLs only, and what is for some of them the others do not link.

Usage: imports.py OBJDUMP BUILD_DIRECTORY
"""

import pathlib
import re
import subprocess
import sys

from tap import Tap

SYSTEM = {"kernel32.dll", "user32.dll", "advapi32.dll", "bcrypt.dll", "ntdll.dll"}
# The C runtime: msvcrt, or the universal one, which programs import through API sets.
RUNTIME = re.compile(r"msvcrt\.dll|ucrtbase\.dll|api-ms-win-crt-[a-z0-9-]+\.dll")
# Programs that exist to call into something else.
EXTRA = {"test_com.exe": {"ole32.dll"}}
# A function of the library's that is linked by who calls it, by what it needs: cdrpc_single_instance().
APART = "AllowSetForegroundWindow"
USERS = {"jukebox.exe", "single-instance.exe", "test_instance.exe"}


def imports(objdump, path):
    """The DLLs, and whether what stands apart is there."""
    text = subprocess.run([objdump, "-p", path], capture_output=True, text=True, check=True).stdout
    return {name.lower() for name in re.findall(r"DLL Name: (\S+)", text)}, bool(re.search(rf"\b{APART}\b", text))


def unexpected(names, allowed):
    return sorted(name for name in names if name not in allowed and not RUNTIME.fullmatch(name))


def main():
    objdump, build = sys.argv[1], pathlib.Path(sys.argv[2])
    tap = Tap()
    for path in sorted([*build.rglob("*.exe"), *build.rglob("*.dll")]):
        # A DLL of the documents' snippets is its user's, who may link as he likes.
        if "meson-private" in path.parts or ("snippets" in path.parts and path.suffix == ".dll"):
            continue
        names, apart = imports(objdump, path)
        problems = [f"imports {name}" for name in unexpected(names, SYSTEM | EXTRA.get(path.name, set()))]
        if "kernel32.dll" not in names:
            problems.append("no import of kernel32.dll was found, so its import table was not read")
        if apart != (path.name in USERS):
            problems.append(f"{APART} is{'' if apart else ' not'} imported")
        tap.case(str(path.relative_to(build)), problems)
    tap.done()


main()
