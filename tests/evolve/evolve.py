"""Old clients with new servers, and the reverse, as two processes, for every change that a file can go through.

Usage: evolve.py CDIDL LANGUAGE INCLUDE EMULATOR LIBRARY... -- COMPILER...

All pairs of pairs.py are compiled into one program, which is an old or a new server, or client, of all of them. What each client
sees has to be what the pair says; and 'cdidl diff' has to say that the wire breaks where something differs for which there is no
allowance, and nowhere else. LANGUAGE is where what is allowed is listed.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

from pairs import PAIRS
from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
SIDES = {"old": "a", "new": "b"}
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror"]


class Bench:
    def __init__(self, arguments):
        split = arguments.index("--")
        cdidl, language, include, emulator = arguments[:4]
        self.libraries = [os.path.abspath(word) if os.path.exists(word) else word for word in arguments[4:split]]
        self.compiler = arguments[split + 1:]
        self.cdidl, self.include, self.emulator = pathlib.Path(cdidl).resolve(), include, emulator.split()
        self.language = pathlib.Path(language).read_text()
        self.temporary = tempfile.TemporaryDirectory()
        self.work = pathlib.Path(self.temporary.name)

    def run(self, *command, statuses=(0,)):
        done = subprocess.run([str(word) for word in command], cwd=self.work, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        if done.returncode not in statuses:
            sys.exit(f"{' '.join(map(str, command))[:300]}\nended with {done.returncode}:\n{done.stdout[:4000]}")
        return done.stdout

    def write(self, name, text):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return name

    def write_side(self, side, module, stem, attribute=""):
        """The names of the files, the side's own first."""
        names = [f"{stem}.cdidl"]
        text = f"{attribute}module evolve.{module};\n"
        if side.imports:
            names.append(f"{stem}_part.cdidl")
            text += f'import "{os.path.basename(names[1])}";\n'
            self.write(names[1], f"{attribute.replace(stem, stem + '_part')}module evolve.{module}_part;\n{side.imports}\n")
        self.write(names[0], text + side.declarations)
        return names

    def build(self):
        names = []
        for pair in PAIRS:
            for version, letter in SIDES.items():
                side = getattr(pair, version)
                prefix = f"{letter}_{pair.name}"
                module = side.module or pair.name
                names += self.write_side(side, module, prefix, f'[c_name("{prefix}")] ')
        self.run(self.cdidl, "gen", *names)
        sources = [self.source(version, letter) for version, letter in SIDES.items()]
        self.run(*self.compiler, *WARNINGS, "-I.", f"-I{self.include}", f"-I{HERE}", *sources, HERE / "evolve.c", *self.libraries,
                 "-static", "-o", "evolve.exe")

    def source(self, version, letter):
        """One file with everything of a version, which saves most of the compiler's time."""
        text, table = '#include "evolve.h"\n', ""
        for pair in PAIRS:
            prefix = f"{letter}_{pair.name}"
            side = getattr(pair, version)
            parts = [".h", "_types.c", "_client.c", "_server.c"] + ["_part_types.c"] * bool(side.imports)
            text += "".join(f'#include "{prefix}{part}"\n' for part in parts)
            text += side.code.replace("$$", prefix.upper()).replace("$", prefix)
            table += f'\t{{ "{pair.name}", {prefix}_serve, {prefix}_call }},\n'
        return self.write(f"{version}.c", f"{text}\nconst struct evolve_side evolve_{version}[] = {{\n{table}\t{{ 0 }},\n}};\n")

    def breaks(self, pair):
        """The rules by which 'cdidl diff' says that the wire breaks, and those by which it says that only sources do."""
        paths = []
        for version, side in ("old", pair.published or pair.old), ("new", pair.new):
            paths += self.write_side(side, side.module or pair.name, f"{version}/{pair.name}")[:1]
        said = self.run(self.cdidl, "diff", *paths, statuses=(0, 1))
        found = re.findall(r"^[^:]+:\d+:\d+: (\w+): .* \[breaks (.*)\]$", said, re.M)
        return {rule for rule, what in found if what != "source"}, {rule for rule, what in found if what == "source"}

    def calls(self):
        """(client's version, server's version) -> what the client says of each pair."""
        seen = {}
        for server in SIDES:
            service = f"evolve.{server}.{os.getpid()}"
            with subprocess.Popen([*self.emulator, self.work / "evolve.exe", "serve", server, service], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
                try:
                    if process.stdout.readline().strip() != "ready":
                        sys.exit(f"the {server} server is not ready")
                    for client in SIDES:
                        said = self.run(*self.emulator, self.work / "evolve.exe", "call", client, service)
                        seen[client, server] = dict(line.split("; ", 1) for line in said.replace("\r", "").splitlines())
                    process.stdin.close()
                    if process.wait(30):
                        sys.exit(f"the {server} server ended with {process.returncode}")
                finally:
                    process.kill()
        return seen


def check(pair, seen, wire, source, allowed):
    own = {version: seen[version, version][pair.name] for version in SIDES}
    got = {"old": seen["old", "new"][pair.name], "new": seen["new", "old"][pair.name]}
    differs = False
    for version in SIDES:
        wanted = getattr(pair, f"{version}_client") or own[version]
        if got[version] != wanted:
            yield f"the {version} client says '{got[version]}', not '{wanted}'"
        differs = differs or got[version] != own[version]
        if "CDRPC_E" in own[version] and "policy_tightened" not in pair.breaks:
            yield f"the {version} version fails by itself: '{own[version]}'"
    if wire != {*pair.breaks, *pair.later}:
        yield f"cdidl diff says that the wire breaks by {sorted(wire)}, not {sorted({*pair.breaks, *pair.later})}"
    if pair.breaks and not differs:
        yield "but nothing differs"
    if differs and not wire and pair.because not in allowed | source:
        yield f"'{pair.because}' allows no difference; cdidl diff says {sorted(source)}"


def main():
    bench = Bench(sys.argv[1:])
    bench.build()
    seen = bench.calls()
    evolution = bench.language.split("## Evolution")[1].split("`cdidl diff OLD NEW`")[0]
    allowed = set(re.findall(r"^\| (?!allowed|---)(.+?) \| .* \|$", evolution, re.M))
    rules = set(re.findall(r"^\| `(\w+)` \| wire", bench.language, re.M))
    tap = Tap()
    for pair in PAIRS:
        wire, source = bench.breaks(pair)
        tap.case(pair.name, check(pair, seen, wire, source, allowed))
    tap.case("every allowed change is tried", sorted(allowed - {pair.because for pair in PAIRS}))
    tap.case("every rule of the wire is tried", sorted(rules - {rule for pair in PAIRS for rule in {*pair.breaks, *pair.later}}))
    tap.done()


main()
