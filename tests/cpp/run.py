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
note: 1
notes: 2, two
cover: 1
choose: 1, 4
log: cdrpc_buffer_send, 1 bytes: it was sent
buffer: 1, 1, CDRPC_E_ARGUMENT
moved to 11, 20
moved to 5, 20
log: test.jukebox.Jukebox.moved: an exception left it: five
absent: 3, text, 1, 8, 6, 3, 2, there, 9
absent: 0
present: 1 '' 0 0 4 6 track
present: - - - - - - -
fail 0: CDRPC_E_HANDLER
fail 1: CDRPC_E_REMOTE_NOMEM
fail 2: CDRPC_E_HANDLER
fail 3: CDRPC_E_HANDLER
fail 4: CDRPC_E_HANDLER
fail 5: CDRPC_E_HANDLER
fail 6: CDRPC_E_ABANDONED
unlock: CDRPC_E_HANDLER
spoil: 1
fail 7: CDRPC_E_BUSY, 0
wait: from elsewhere
wait: CDRPC_E_ABANDONED
wait: 1
wait: CDRPC_E_CANCELLED
wait: CDRPC_E_STATE
waits: 1
frame: 1
holder: 1
ring: Jungleland
stats: 1
lend: 1
event: 1
replaced: 1, 1, 1, 1
signal: 1
hand: 1
missing: CDRPC_E_NOT_IMPLEMENTED
log: test.jukebox.Jukebox.note: input 'line': NULL
note: CDRPC_E_ARGUMENT
list: 3 in two halves
list: begun and dropped: 1
quit: CDRPC_OK
post: first, 1, CDRPC_OK
log: cdrpc: what was posted: an exception left it: of a posted one
post: CDRPC_E_CLOSED
"""


LOGGED = f"""\
opened: 1
log: test.jukebox.Jukebox.fail: an exception left the handler: no needle in the groove
log: test.jukebox.Jukebox.fail: an exception left the handler
log: test.jukebox.Jukebox.fail: an exception left the handler: out of range
log: test.jukebox.Jukebox.fail: an exception left the handler: {'x' * 299}
log: test.jukebox.Jukebox.fail: an exception left the handler: K?ln
log: test.jukebox.Jukebox.fail: an exception left the handler: dropped on the way out
log: test.jukebox.Jukebox.unlock: an exception left the handler
log: test.jukebox.Jukebox.spoil: an exception left the handler: milk
log: test.jukebox.Jukebox.spoil: an exception left the handler: std::bad_alloc
log: test.jukebox.Jukebox.fail: an exception left the handler: kept nevertheless
log: test.jukebox.Jukebox.wait: reply 'text': 65 bytes, bound 64
cancelled: 1, CDRPC_OK
log: cdrpc::kept_call::notify: an exception left it: nobody waits
log: test.jukebox.Jukebox.missing: there is no handler, or it returned CDRPC_E_NOT_IMPLEMENTED
log: cdrpc::server_listener::session_ended: an exception left it: good bye
"""
FOLLOWED = """\
following
disconnected: CDRPC_E_PEER_DIED
log: cdrpc::client_listener::disconnected: an exception left it
reconnected
moved to 2, 1
quit: CDRPC_OK
"""
ONCE = """\
log: cdrpc::single_instance: hand_over: an exception left it: handed over
failed: CDRPC_E_HANDLER
handed over: Jungleland
"""
BECOME = """\
failed: CDRPC_E_HANDLER
ready
"""


class Bench:
    def __init__(self, cdidl, include, work, emulator, c_compiler, cxx_compiler, *libraries):
        self.cdidl, self.include, self.emulator = pathlib.Path(cdidl).resolve(), include, emulator.split()
        self.c_compiler, self.cxx_compiler = c_compiler, cxx_compiler
        self.libraries = [os.path.abspath(word) if os.path.exists(word) else word for word in libraries]
        self.work = pathlib.Path(work)
        self.work.mkdir(parents=True, exist_ok=True)
        self.flags = [*WARNINGS, "-I.", "-isystem", self.include, "-c"]
        self.program = [*self.emulator, self.work / "jukebox.exe"]

    def run(self, *command):
        done = subprocess.run([str(word) for word in command], cwd=self.work, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout[:4000]}")
        return done.stdout.replace("\r", "")

    def build(self):
        self.run(self.cdidl, "gen", "--cpp", HERE / "jukebox.cdidl")
        objects = [f"jukebox_{part}.o" for part in ("types", "client", "server")]
        for name in objects:
            self.run(self.c_compiler, "-std=c11", *self.flags, name.replace(".o", ".c"), "-o", name)
        self.run(self.cxx_compiler, "-std=c++17", *self.flags, HERE / "jukebox.cpp", "-o", "jukebox.o")
        self.run(self.cxx_compiler, "jukebox.o", *objects, *self.libraries, "-static", "-o", "jukebox.exe")

    def serve(self, name):
        server = subprocess.Popen([*self.program, "serve", name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        if server.stdout.readline().strip() != b"ready":
            server.kill()
            sys.exit("the server is not ready")
        return server

    def call(self):
        name = f"jukebox.{os.getpid()}"
        with self.serve(name) as server:
            try:
                said = self.run(*self.program, "call", name)
                logged = server.stdout.read().decode().replace("\r", "")
                status = server.wait(60)
            finally:
                server.kill()
        return compare(said, SAID) + compare(logged, LOGGED) + ([f"the server ended with {status}"] if status else [])

    def follow(self):
        """The first server is killed, and the second serves whoever had the first."""
        name = f"jukebox.follow.{os.getpid()}"
        first = self.serve(name)
        with subprocess.Popen([*self.program, "follow", name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as client:
            try:
                said = client.stdout.readline()
                first.kill()
                first.wait(60)
                # Until the client knows of the end, so that it is the end that it knows of.
                said += client.stdout.readline()
                with self.serve(name) as second:
                    said += client.stdout.read()
                    status = client.wait(60)
                    second.kill()
            finally:
                first.kill()
                client.kill()
        return compare(said.decode().replace("\r", ""), FOLLOWED) + ([f"the client ended with {status}"] if status else [])


    def once(self):
        name = f"jukebox.once.{os.getpid()}"
        with subprocess.Popen([*self.program, "once", name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as instance:
            try:
                became = b"".join(instance.stdout.readline() for _ in BECOME.splitlines())
                said = self.run(*self.program, "once", name)
                status = instance.wait(60)
            finally:
                instance.kill()
        return compare(became.decode().replace("\r", ""), BECOME) + compare(said, ONCE) + ([f"the instance ended with {status}"] if status else [])


def compare(said, wanted):
    return [] if said == wanted else ["what was wanted:", wanted, "what was said:", said]


bench = Bench(*sys.argv[1:])
bench.build()
tap = Tap()
tap.case("a client and a server in C++, as two processes", bench.call())
tap.case("a client in C++ whose server is killed and comes again", bench.follow())
tap.case("a program in C++ that runs once", bench.once())
tap.done()
