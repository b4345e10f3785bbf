"""A server and a client in C++, by the wrapper that --cpp writes, on the library.

Usage: run.py CDIDL INCLUDE WORK EMULATOR C_COMPILER CXX_COMPILER LIBRARY...
"""

import os
import pathlib
import subprocess
import sys

from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
SAID = """\
server: 1
find: Jungleland, 1975
find: NotFound
list: first, not dated, 0
list: second, not dated, 0
list: third, not dated, 100000
move: 11, 20
move: 5, 20
notes: 2, two
cover: 1
choose: 1, 4
buffer: 1, 1, CDRPC_E_ARGUMENT
moved to 11, 20
moved to 5, 20
signal: 1
missing: CDRPC_E_NOT_IMPLEMENTED
note: CDRPC_E_ARGUMENT
list: 3 in two halves
list: begun and dropped: 1
quit: CDRPC_OK
"""


class Bench:
    def __init__(self, cdidl, include, work, emulator, c_compiler, cxx_compiler, *libraries):
        self.cdidl, self.include, self.emulator = pathlib.Path(cdidl).resolve(), include, emulator.split()
        self.c_compiler, self.cxx_compiler = c_compiler, cxx_compiler
        self.libraries = [os.path.abspath(word) if os.path.exists(word) else word for word in libraries]
        self.work = pathlib.Path(work)
        self.work.mkdir(parents=True, exist_ok=True)

    def run(self, *command):
        done = subprocess.run([str(word) for word in command], cwd=self.work, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout[:4000]}")
        return done.stdout.replace("\r", "")

    def build(self):
        self.run(self.cdidl, "gen", "--cpp", HERE / "jukebox.cdidl")
        objects = [f"jukebox_{part}.o" for part in ("types", "client", "server")]
        flags = [*WARNINGS, "-I.", "-isystem", self.include, "-c"]
        for name in objects:
            self.run(self.c_compiler, "-std=c11", *flags, name.replace(".o", ".c"), "-o", name)
        self.run(self.cxx_compiler, "-std=c++17", *flags, HERE / "jukebox.cpp", "-o", "jukebox.o")
        self.run(self.cxx_compiler, "jukebox.o", *objects, *self.libraries, "-static", "-o", "jukebox.exe")

    def call(self):
        name = f"jukebox.{os.getpid()}"
        program = [*self.emulator, self.work / "jukebox.exe"]
        with subprocess.Popen([*program, "serve", name], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as server:
            try:
                if server.stdout.readline().strip() != "ready":
                    return ["the server is not ready"]
                said = self.run(*program, "call", name)
                status = server.wait(60)
            finally:
                server.kill()
        return ([] if said == SAID else ["what was wanted:", SAID, "what the client said:", said]) + \
            ([f"the server ended with {status}"] if status else [])


bench = Bench(*sys.argv[1:])
bench.build()
tap = Tap()
tap.case("a client and a server in C++, as two processes", bench.call())
tap.done()
