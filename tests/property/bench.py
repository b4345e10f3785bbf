"""Generated code and its driver as a program, with sanitizers."""

import os
import shlex
import subprocess

from drivers import driver

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

    def generated(self, folder, stem):
        """The objects of one module's generated C in 'folder'."""
        return [self.compile(os.path.join(folder, name + ".c"), folder, name, WARNINGS)
                for name in (stem + "_types", stem + "_client", stem + "_server")]

    def values(self, interface, folder, objects, seed, least):
        """How many values of the interface came through: about 'least'."""
        name = f"{interface.c}_driver"
        source, program = os.path.join(folder, name + ".c"), os.path.join(folder, name)
        with open(source, "w", encoding="utf-8", newline="\n") as file:
            file.write(driver(interface))
        own = self.compile(source, folder, name)
        run([*self.compiler, *FLAGS, own, *objects, *self.helpers, self.core, "-o", program])
        params = sum(len(method.params) for method in interface.methods) or 1
        return int(run([program, str(seed), str(least // params + 1)]))
