"""Random interfaces, each with random values that travel through its generated code and back.

Usage: run.py CC CDIDL INCLUDE CORE_LIBRARY SUPPORT_FOLDER WORK_FOLDER

The seeds are the same each time, so that a run can be repeated. CDRPC_PROPERTY_SEED=N in the environment takes as many from N on,
CDRPC_PROPERTY_SEED=random from anywhere. A failure names the seed; the interface, the generated code and the program stay in
WORK_FOLDER/SEED.
"""

import os
import random
import shlex
import subprocess
import sys

from drivers import driver
from interfaces import Interface
from tap import Tap

VALUES_MIN = 100000
INTERFACES = 24
FLAGS = ["-std=c11", "-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
         "-D_POSIX_C_SOURCE=200809L"]
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Wshadow", "-Werror"]


class Failure(Exception):
    pass


def run(command, **arguments):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **arguments)
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


class Bench:
    def __init__(self, compiler, cdidl, include, core, support, work):
        self.compiler = shlex.split(compiler)
        self.cdidl, self.include, self.core, self.support, self.work = cdidl, include, core, support, work
        here = os.path.dirname(os.path.abspath(__file__))
        self.includes = ["-I", include, "-I", os.path.join(include, "../core"), "-I", support, "-I", here]
        os.makedirs(work, exist_ok=True)
        self.helpers = []
        for name in ("loopback", "loopback_client", "loopback_message", "loopback_server"):
            self.helpers.append(self.compile(os.path.join(support, name + ".c"), work, name))
        self.helpers.append(self.compile(os.path.join(here, "values.c"), work, "values"))

    def compile(self, source, folder, name, warnings=()):
        object = os.path.join(folder, name + ".o")
        run([*self.compiler, *FLAGS, *warnings, *self.includes, "-I", folder, "-c", source, "-o", object])
        return object

    def values(self, seed, least):
        """How many values of the seed's interface came through."""
        folder = os.path.join(self.work, str(seed))
        os.makedirs(folder, exist_ok=True)
        interface = Interface(random.Random(seed))
        for name, text in (("prop.cdidl", interface.text()), ("driver.c", driver(interface))):
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        run([self.cdidl, "gen", "--out", folder, os.path.join(folder, "prop.cdidl")])
        objects = [self.compile(os.path.join(folder, name + ".c"), folder, name, WARNINGS)
                   for name in ("prop_types", "prop_client", "prop_server")]
        objects.append(self.compile(os.path.join(folder, "driver.c"), folder, "driver"))
        program = os.path.join(folder, "driver")
        run([*self.compiler, *FLAGS, *objects, *self.helpers, self.core, "-o", program])
        params = sum(len(method.params) for method in interface.methods) or 1
        return int(run([program, str(seed), str(least // params + 1)]))


def problems(bench, seed, least, counts):
    try:
        counts.append(bench.values(seed, least))
    except Failure as failure:
        yield f"CDRPC_PROPERTY_SEED={seed} does it again"
        yield str(failure)


def main():
    wanted = os.environ.get("CDRPC_PROPERTY_SEED", "1")
    first = random.SystemRandom().randrange(1, 1 << 31) if wanted == "random" else int(wanted)
    bench = Bench(*sys.argv[1:])
    tap = Tap()
    counts = []
    for seed in range(first, first + INTERFACES):
        tap.case(f"seed {seed}", problems(bench, seed, VALUES_MIN // INTERFACES, counts))
    total = sum(counts)
    tap.case(f"{total} values", [] if total >= VALUES_MIN else [f"fewer than {VALUES_MIN}"])
    tap.done()


main()
