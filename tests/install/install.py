"""Build programs against the installed library, as its users do with CMake, Meson and pkg-config, and run them.

Usage: install.py MESON_BUILD CDIDL LANGUAGE NM CROSS_FILE COMPILER...

Everything goes through a prefix into which MESON_BUILD is installed, but for CDIDL, the generator of the machine that builds, which
is found in PATH. LANGUAGE is the document whose CMake and Meson lines the projects consist of. Without CROSS_FILE (an empty
word) the programs are this machine's.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
NAMES = sorted((HERE.parents[1] / "runtime").rglob("names.h"))
WANTED = "shown: Jungleland\nplayed: 583\nCDRPC_OK\n"
INSTALLED = ["bin/cdidl.exe", "include/cdrpc/calls.hpp", "include/cdrpc/cdrpc.h", "include/cdrpc/cdrpc.hpp",
             "include/cdrpc/descriptors.h", "include/cdrpc/exceptions.h", "include/cdrpc/generated.h", "include/cdrpc/inline.h",
             "include/cdrpc/single_instance.h", "include/cdrpc/single_instance.hpp", "include/cdrpc/sized.h", "include/cdrpc/values.hpp",
             "lib/cmake/Cdrpc/CdrpcConfig.cmake", "lib/cmake/Cdrpc/CdrpcConfigVersion.cmake", "lib/libcdrpc.a", "lib/pkgconfig/cdrpc.pc"]
PUBLIC = re.compile(r"(\.refptr\.)?_?cdrpc_\w+")

CMAKE = """\
cmake_minimum_required(VERSION 3.20)
project(consumer C)
{lines}
cdidl_generate(player common.cdidl CPP)
foreach(side client server)
  add_executable(${{side}} ${{side}}.c)
  target_link_libraries(${{side}} player -static)
endforeach()
"""
# An imported file's header has to be there before the importing one's C is compiled.
MESON = """\
project('consumer', 'c', default_options: 'c_std=c11')
common = custom_target('common', input: 'common.cdidl', depfile: 'common.d',
  output: ['common.h', 'common_types.c', 'common_client.c', 'common_server.c'],
  command: ['cdidl', 'gen', '--out', '@OUTDIR@', '--depfile', '@DEPFILE@', '@INPUT@'])
common_lib = static_library('common', common, dependencies: dependency('cdrpc'))
cdrpc_dep = declare_dependency(dependencies: dependency('cdrpc'), sources: common[0], link_with: common_lib)
{lines}
foreach side : ['client', 'server']
  executable(side, side + '.c', player[0], link_with: player_lib, dependencies: cdrpc_dep, link_args: '-static')
endforeach
"""


class Failure(Exception):
    pass


class Bench:
    def __init__(self, build, cdidl, language, nm, cross, *compiler):
        self.build, self.nm, self.cross, self.compiler = build, nm, cross, compiler
        self.language = pathlib.Path(language).read_text()
        self.temporary = tempfile.TemporaryDirectory()
        self.work = pathlib.Path(self.temporary.name)
        programs = self.work / "bin"
        programs.mkdir(parents=True)
        (programs / "cdidl").symlink_to(pathlib.Path(cdidl).resolve())
        self.root = self.work / "root"
        self.environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PKG_CONFIG_SYSROOT_DIR": str(self.root)}

    def run(self, *command, folder=None):
        done = subprocess.run([str(word) for word in command], cwd=folder or self.work, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        if done.returncode:
            raise Failure(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout[-4000:]}")
        return done.stdout

    def install(self):
        self.run("meson", "install", "-C", self.build, "--no-rebuild", "--destdir", self.root)
        found = [path for path in self.root.rglob("CdrpcConfig.cmake")]
        if len(found) != 1:
            raise Failure(f"{len(found)} files CdrpcConfig.cmake")
        self.prefix = found[0].parents[3]
        self.environment["PKG_CONFIG_LIBDIR"] = str(self.prefix / "lib/pkgconfig")

    def lines(self, language):
        """What the document tells users to write: the first block of that language."""
        return re.search(rf"^```{language}\n(.*?)^```$", self.language, re.M | re.S)[1]

    def names(self, library, which="--defined-only"):
        listing = self.run(self.nm, "--extern-only", which, "--format=posix", library)
        return {words[0] for words in map(str.split, listing.splitlines()) if len(words) > 1}

    def copy(self, name):
        folder = self.work / name
        shutil.copytree(HERE / "consumer", folder)
        return folder

    def call(self, folder):
        """What the client prints, the server running meanwhile; both end by themselves."""
        wine = ["wine"] if self.cross else []
        service = f"consumer.{os.getpid()}.{folder.parent.name}"
        with subprocess.Popen([*wine, folder / "server.exe", service], env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as server:
            try:
                if server.stdout.readline().strip() != "ready":
                    raise Failure("the server is not ready")
                said = self.run(*wine, folder / "client.exe", service)
                status = server.wait(30)
            finally:
                server.kill()
        return [*([] if said == WANTED else [f"the client said {said!r}"]),
                *([f"the server ended with {status}"] if status else [])]

    def change_import(self, source, build):
        """Whether what an import says reaches what is generated from the importing file."""
        def generated():
            return {path.name: path.read_text() for path in build.rglob("player_*.c")}
        before = generated()
        self.run("ninja", "-C", build)
        if generated() != before:
            return ["it was generated again without need"]
        path = source / "common.cdidl"
        path.write_text(path.read_text().replace("TITLE_MAX = 64", "TITLE_MAX = 65"))
        self.run("ninja", "-C", build)
        if not before or generated() == before:
            return ["it was not generated again after its import had changed"]
        again = self.run("ninja", "-C", build)
        return [] if "no work to do" in again else ["then it is generated again and again", again]


def installed(bench):
    bench.install()
    found = sorted(str(path.relative_to(bench.prefix)) for path in bench.prefix.rglob("*") if path.is_file())
    if found != INSTALLED:
        yield f"found {found}"
    names = bench.names(bench.prefix / "lib/libcdrpc.a")
    yield from (f"{name} can be seen" for name in sorted(names) if not PUBLIC.fullmatch(name))
    if not any(name.endswith("cdrpc_server_run") for name in names):
        yield "cdrpc_server_run cannot be seen"


def threads(bench):
    """What the compiler would only emulate would bring a library of threads into every program."""
    names = bench.names(bench.prefix / "lib/libcdrpc.a", "--undefined-only")
    yield from (f"{name} is needed" for name in sorted(names) if re.search("emutls|pthread", name))
    if not any("TlsAlloc" in name for name in names):
        yield "TlsAlloc is not needed, so the names were not read"


def cmake(bench):
    source = bench.copy("cmake")
    (source / "CMakeLists.txt").write_text(CMAKE.format(lines=bench.lines("cmake")))
    cross = ["-DCMAKE_SYSTEM_NAME=Windows", f"-DCMAKE_C_COMPILER={bench.compiler[0]}",
             "-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY"]
    build = source / "build"
    bench.run("cmake", "-G", "Ninja", "-S", source, "-B", build, f"-DCdrpc_DIR={bench.prefix}/lib/cmake/Cdrpc",
              *(cross if bench.cross else []))
    bench.run("ninja", "-C", build)
    headers = sorted(path.name for path in build.rglob("*.hpp"))
    return [*bench.call(build), *bench.change_import(source, build), *([] if headers == ["common.hpp"] else [f"CPP made {headers}"])]


def cmake_versions(bench):
    """Which versions find_package() takes."""
    source = bench.work / "versions"
    source.mkdir()
    lines = ["cmake_minimum_required(VERSION 3.20)", "project(versions NONE)"]
    config = (bench.prefix / "lib/cmake/Cdrpc/CdrpcConfigVersion.cmake").read_text()
    major, minor = map(int, re.search(r'PACKAGE_VERSION "(\d+)\.(\d+)', config).groups())
    asked = {f"{major}.{minor}": True, f"{major}.{minor}.99": False, f"{major}.{minor + 1}": False, f"{major + 1}.0": False}
    for version in asked:
        lines += [f"find_package(Cdrpc {version} QUIET)", f'message("{version} is ${{Cdrpc_FOUND}}")', "unset(Cdrpc_DIR CACHE)"]
    (source / "CMakeLists.txt").write_text("\n".join(lines) + "\n")
    said = bench.run("cmake", "-S", source, "-B", source / "build", f"-DCMAKE_PREFIX_PATH={bench.prefix}")
    got = dict(re.findall(r"^(\S+) is (\S+)$", said, re.M))
    return [f"{version}: {got.get(version)}" for version, taken in asked.items() if got.get(version) != str(int(taken))]


def cmake_other_generator(bench):
    """A generator of another version is refused."""
    program = bench.work / "other"
    program.write_text("#!/bin/sh\necho cdidl 0.0.1\n")
    program.chmod(0o755)
    source = bench.work / "generator"
    source.mkdir()
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.20)\nproject(generator NONE)\nfind_package(Cdrpc)\n")
    said = bench.run("cmake", "-S", source, "-B", source / "build", f"-DCMAKE_PREFIX_PATH={bench.prefix}",
                     f"-DCDIDL_EXECUTABLE={program}")
    return [] if "says 'cdidl 0.0.1', not" in said.replace("\n  ", " ") else [said]


def meson(bench):
    source = bench.copy("meson")
    (source / "meson.build").write_text(MESON.format(lines=bench.lines("meson")))
    build = source / "build"
    bench.run("meson", "setup", *(["--cross-file", bench.cross] if bench.cross else []), build, source)
    bench.run("ninja", "-C", build)
    return bench.call(build) + bench.change_import(source, build)


def meson_cpp(bench):
    """The same lines, changed for C++ as the document says."""
    source = bench.copy("meson-cpp")
    outputs, command = re.search(r"outputs end with `(.*?)`, and the command begins with `(.*?)`", bench.language).groups()
    lines = bench.lines("meson").replace("'player_server.c']", f"'player_server.c'{outputs}]").replace("'cdidl', 'gen'", command)
    (source / "meson.build").write_text(MESON.replace("'c', default", "'c', 'cpp', default").format(lines=lines))
    (source / "cpp.ini").write_text(f"[binaries]\ncpp = '{bench.compiler[0].replace('gcc', 'g++')}'\n"
                                    "[built-in options]\ncpp_link_args = ['-static']\n")
    build = source / "build"
    bench.run("meson", "setup", *(["--cross-file", bench.cross, "--cross-file", source / "cpp.ini"] if bench.cross else []), build, source)
    bench.run("ninja", "-C", build)
    headers = [path.name for path in build.rglob("*.hpp")]
    return [] if headers == ["player.hpp"] else [f"it made {headers}"]


def pkg_config(bench):
    """By hand, in a program that has names which the library has inside."""
    folder = bench.copy("by-hand") / "build"
    folder.mkdir()
    inside = set(re.findall(r"^#define (\w+) cdrpc_private_", "".join(path.read_text() for path in NAMES), re.M))
    if len(inside) < 50:
        return [f"only {len(inside)} names are known: {sorted(inside)}"]
    (folder / "inside.c").write_text("".join(f"extern int {name};\nint {name} = 1;\n" for name in sorted(inside)))
    bench.run("cdidl", "gen", "--out", ".", "../player.cdidl", "../common.cdidl", folder=folder)
    flags = bench.run("pkg-config", "--cflags", "--libs", "cdrpc").split()
    for side in "client", "server":
        bench.run(*bench.compiler, "-std=c11", "-static", "-fno-builtin", "-I.", f"../{side}.c", f"player_{side}.c",
                  "player_client.c" if side == "server" else "player_server.c", "player_types.c", "common_types.c", "inside.c",
                  *flags, "-o", f"{side}.exe", folder=folder)
    return bench.call(folder)


def other_versions(bench):
    """Generated code, and what it was written for: with a header of the same version, a newer that still serves it, one that does not, an older."""
    folder = bench.copy("versions-of-code")
    bench.run("cdidl", "gen", "common.cdidl", folder=folder)
    for generated, least, fits in (1, 1, True), (2, 1, True), (2, 2, False), (0, 0, False):
        include = folder / f"include-{generated}-{least}"
        shutil.copytree(bench.prefix / "include", include)
        path = include / "cdrpc/generated.h"
        text, changed = re.subn(r"^#define CDRPC_GENERATED +1$", f"#define CDRPC_GENERATED {generated}", path.read_text(), flags=re.M)
        text, changed_too = re.subn(r"^(#define CDRPC_GENERATED_LEAST) 1\b", rf"\1 {least}", text, flags=re.M)
        path.write_text(text)
        if changed + changed_too != 2:
            yield "generated.h does not say its versions"
        for part in "types", "client", "server":
            try:
                bench.run(*bench.compiler, "-std=c11", "-I", include, "-fsyntax-only", f"common_{part}.c", folder=folder)
                said = None
            except Failure as failure:
                said = str(failure)
            if fits != (said is None) or not fits and "of another version than the cdidl" not in said:
                yield f"{part}, {generated}, {least}: {said}"


def main():
    bench = Bench(*sys.argv[1:])
    tap = Tap()
    for name, function in (("what is installed, and the names in it", installed), ("no library of threads", threads),
                           ("CMake", cmake), ("CMake: versions", cmake_versions),
                           ("CMake: another generator", cmake_other_generator), ("Meson", meson), ("Meson, for C++", meson_cpp),
                           ("pkg-config", pkg_config),
                           ("generated code of other versions", other_versions)):
        try:
            problems = list(function(bench))
        except (Failure, subprocess.TimeoutExpired) as failure:
            problems = [str(failure)]
        tap.case(name, problems)
        if not hasattr(bench, "prefix"):
            break
    tap.done()


main()
