"""Makes the list of names that belong to the C library and to <windows.h>.

Usage: collect.py LIST FOLDER...

A FOLDER has the headers of one version of mingw-w64, as Debian's package mingw-w64-common has them in /usr/share/mingw-w64/include.
What LIST has already stays in it, so that versions can be added one after the other:

    python3 gen/names/collect.py gen/names/owned.txt /usr/share/mingw-w64/include

Macros come from the preprocessor, and what is declared at file scope from the compiler's syntax tree: clang, for every target of
TARGETS, with and without UNICODE. Names that begin with '_' are left out, for the generator refuses all of them. LIST is written as
table.py reads it.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import owned

TARGETS = ["x86_64-w64-mingw32", "i686-w64-mingw32"]
CLANG = ["clang", "-w", "-fsyntax-only", "-D_WIN32_WINNT=0x0A00"]
# <tgmath.h> is not among them: it makes macros of 'log' and 'round', and hardly anybody includes it.
C_HEADERS = """assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic
    stdbool stddef stdint stdio stdlib stdnoreturn string time uchar wchar wctype
    conio direct dirent fcntl io malloc process sys/stat sys/timeb sys/types sys/utime unistd""".split()
WINDOWS_HEADERS = ["winsock2", "ws2tcpip", "windows"]
# What these headers do not have: C23, older versions, and the headers of Windows' own SDK.
MORE = {
    "c-macro": """ckd_add ckd_mul ckd_sub feof ferror getc getchar imaginary kill_dependency putc putchar timespec_get
        unreachable ONCE_FLAG_INIT TSS_DTOR_ITERATIONS""",
    "windows-macro": "huge small",
    "c-name": """call_once cnd_broadcast cnd_destroy cnd_init cnd_signal cnd_t cnd_timedwait cnd_wait free_aligned_sized free_sized
        gmtime_r localtime_r memccpy memset_explicit mtx_destroy mtx_init mtx_lock mtx_plain mtx_recursive mtx_t mtx_timed
        mtx_timedlock mtx_trylock mtx_unlock nullptr_t once_flag strdup strndup thrd_busy thrd_create thrd_current thrd_detach
        thrd_equal thrd_error thrd_exit thrd_join thrd_nomem thrd_sleep thrd_start_t thrd_success thrd_t thrd_timedout thrd_yield
        timespec_getres tss_create tss_delete tss_dtor_t tss_get tss_set tss_t""",
    owned.HEADERS: """stdbit stdckdint tgmath threads
        crtdbg dos eh intrin mbstring memory new pthread sched search semaphore share tchar""",
}
MACRO = re.compile(r"#define (\w+)")
DECLARED = re.compile(r"(?:[|`]|[| ] [|`])-(?:Typedef|Function|Var|Record|Enum|EnumConstant)Decl .*?"
                      r"(?:\b(?:struct|union|enum) (\w+)(?: definition)?$|\b(\w+) ')")


def run(folder, target, headers, *arguments):
    """The lines that clang prints for a file that includes 'headers'."""
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work, "all.c")
        source.write_text("".join(f"#include <{header}.h>\n" for header in headers))
        done = subprocess.run([*CLANG, f"--target={target}", "-nostdlibinc", "-isystem", folder, *arguments, source],
                              stdout=subprocess.PIPE, text=True, errors="replace", check=True)
        return done.stdout.splitlines()


def macros(folder, target, headers):
    for unicode in ([], ["-DUNICODE", "-D_UNICODE"]):
        yield from (MACRO.match(line).group(1) for line in run(folder, target, headers, "-dM", "-E", *unicode))


def declared(folder, target, headers):
    for found in filter(None, map(DECLARED.match, run(folder, target, headers, "-Xclang", "-ast-dump"))):
        yield found.group(1) or found.group(2)


def headers(folder, target, names):
    """The files behind '#include <x.h>' that are read, as C names them."""
    rule = " ".join(run(folder, target, names, "-M")).replace("\\", " ")
    for path in rule.split()[2:]:
        if pathlib.Path(path).parent == pathlib.Path(folder) and path.endswith(".h"):
            yield pathlib.Path(path).stem.lower()
    yield from (name for name in names if "/" not in name)


def collect(folder, names):
    for target in TARGETS:
        for kind, get in ("macro", macros), ("name", declared):
            names[f"c-{kind}"].update(get(folder, target, C_HEADERS))
            names[f"windows-{kind}"].update(get(folder, target, WINDOWS_HEADERS))
        names[owned.HEADERS].update(headers(folder, target, C_HEADERS), headers(folder, target, WINDOWS_HEADERS))


def main():
    path = pathlib.Path(sys.argv[1])
    names = owned.read(path.read_text()) if path.exists() else owned.read("")
    for kind, more in MORE.items():
        names[kind].update(more.split())
    for folder in sys.argv[2:]:
        collect(folder, names)
    path.write_text(owned.write(names))
    print(", ".join(f"{len(those)} {kind}" for kind, those in owned.read(path.read_text()).items()))


main()
