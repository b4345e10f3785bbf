"""Compile and run what the documents show.

Usage: snippets.py ROOT CDIDL WORK PKG_CONFIG_PATH COMPILER... -- DOCUMENT...

Each fenced block is one test case, by its language:

    cdidl   goes through 'cdidl gen', and what that writes is compiled. Without a 'module' line it gets one.
    c       is compiled, after the headers of the document's .cdidl blocks so far.
    cpp     is compiled, after their C++ wrappers.
    sh      is run by 'sh -e' in the document's own folder, where its files are.
    meson   ends a project that has the document's files, which is configured and built.
    cmake   is not looked at: tests/install builds with it, against what is installed.
    text    is not looked at, unless it has a directive.

A block may have a directive, an HTML comment on the line before it, which a reader does not see:

    <!-- test: file=NAME -->        save it under that name; C is then compiled as it stands
    <!-- test: fails -->            cdidl refuses it with the diagnostics that the next block shows, and writes nothing
    <!-- test: statements -->       C that stands in a function, with a client, a server and a call at hand
    <!-- test: output -->           text: what the sh block before it printed
    <!-- test: serve=A run=B -->    text: what the Windows program B prints while A, which says "ready", is running
    <!-- test: tree -->             sh that runs in a copy of the sources; the search paths that it exports hold for later blocks
    <!-- test: elsewhere -->        sh that a test cannot run here; only the scripts that it names have to exist
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

BLOCK = re.compile(r"(?:^<!-- test: (?P<directive>[^\n]*) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wpedantic", "-Werror"]
TIMEOUT = 600

PRELUDE = """\
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <cdrpc/cdrpc.h>
"""
CPP_PRELUDE = """\
#include <algorithm>
#include <cstdio>
#include <string>
#include <windows.h>
"""
STATEMENTS = """\
cdrpc_status snippet(struct cdrpc_client *client, struct cdrpc_server *server, struct cdrpc_call *call, void *self);
cdrpc_status
snippet(struct cdrpc_client *client, struct cdrpc_server *server, struct cdrpc_call *call, void *self)
{
	(void)client, (void)server, (void)call, (void)self;
	{
%s	}
	return CDRPC_OK;
}
"""


def anchors(text):
    """What a link can name in a document: its headings, small, without punctuation, with '-' for blanks."""
    headings = re.findall(r"^#+ +(.+?) *$", FENCED.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Document:
    """A document's blocks, and the folder where they come true."""

    def __init__(self, path, settings):
        self.settings = settings
        self.environment = dict(settings.environment)
        self.text = path.read_text()
        self.name = str(path.relative_to(settings.root))
        self.folder = settings.work / re.sub(r"\W", "_", self.name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.headers = []
        self.output = ""        # of the last sh block
        self.diagnostics = None  # of the last cdidl block that had to fail

    def run(self, command, **more):
        done = subprocess.run(command, cwd=more.pop("cwd", self.folder), env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT, **more)
        return done.returncode, done.stdout.decode().replace("\r", "")

    def check(self, command):
        """Run a command that has to succeed; its problems as lines."""
        status, output = self.run(command)
        return [f"exit status {status} of {' '.join(map(str, command))}", output] if status else []

    def compile(self, names, *flags):
        problems = []
        for name in names:
            problems += self.check([*self.settings.compiler, "-std=c11", *WARNINGS, *flags, f"-I{self.settings.include}", "-I.",
                                    "-c", name, "-o", name + ".o"])
        return problems

    def do_cdidl(self, line, text, options):
        name = options.get("file", f"snippet_{line}.cdidl")
        if not re.search(r"^(\[.*\]\s*)?module\b", text, re.M):
            text = f"module snippet_{line};\n" + text
        (self.folder / name).write_text(text)
        status, output = self.run([self.settings.cdidl, "gen", "--cpp", name])
        stem = name.removesuffix(".cdidl")
        written = sorted(path.name for path in self.folder.glob(stem + "*.[ch]*") if path.suffix != ".cdidl")
        if "fails" in options:
            self.diagnostics = output
            return ([] if status == 1 else [f"exit status {status}, not 1"]) + [f"{name} was written" for name in written]
        if status:
            return [f"cdidl ended with {status}", output]
        if len(written) != 5:
            return [f"written: {' '.join(written)}"]
        self.headers.append(stem + ".h")
        return self.compile([name for name in written if name.endswith(".c")])

    def do_c(self, line, text, options):
        name = options.get("file")
        if name:
            (self.folder / name).write_text(text)
            return self.compile([name])
        if "statements" in options:
            text = STATEMENTS % text
        includes = "".join(f'#include "{header}"\n' for header in self.headers)
        (self.folder / f"snippet_{line}.c").write_text(PRELUDE + includes + text)
        return self.compile([f"snippet_{line}.c"], "-Wno-unused-function", "-Wno-unused-variable",
                            "-Wno-unused-but-set-variable")

    def do_cpp(self, line, text, options):
        includes = "".join(f'#include "{header.replace(".h", ".hpp")}"\n' for header in self.headers)
        (self.folder / f"snippet_{line}.cpp").write_text(CPP_PRELUDE + includes + text)
        compiler = [word.replace("-gcc", "-g++") for word in self.settings.compiler]
        return self.check([*compiler, *WARNINGS, "-std=c++17", "-Wno-unused-function", f"-I{self.settings.include}", "-I.",
                           "-c", f"snippet_{line}.cpp", "-o", f"snippet_{line}.o"])

    def run_in_tree(self, text):
        """The copy stays, so that a second run builds only what is new."""
        tree = self.settings.work / "tree"
        shutil.copytree(self.settings.root, tree, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git", "build"))
        names = ["PATH", "PKG_CONFIG_PATH"]
        exported = "".join(f'printf "%s\\n" "${name}" >&3\n' for name in names)
        with tempfile.TemporaryFile("w+") as file:
            done = self.run(["sh", "-e", "-c", f"exec 3>&{file.fileno()}\n{text}{exported}"], cwd=tree,
                            pass_fds=[file.fileno()])
            file.seek(0)
            self.environment.update(zip(names, file.read().splitlines()))
        return done

    def do_sh(self, line, text, options):
        if "elsewhere" in options:
            scripts = re.findall(r"^sh (\S+)", text, re.M)
            return [f"there is no {script}" for script in scripts if not (self.settings.root / script).is_file()]
        status, self.output = self.run_in_tree(text) if "tree" in options else self.run(["sh", "-e", "-c", text])
        return [f"exit status {status}", self.output] if status else []

    def do_meson(self, line, text, options):
        project = "project('snippet', 'c')\ncdrpc_dep = dependency('cdrpc')\n"
        # A DLL has no undefined symbols, so it shows whether a library has all its parts.
        probes = "".join(f"shared_library('probe_{name}', link_whole: {name}, dependencies: cdrpc_dep)\n"
                         for name in re.findall(r"^(\w+) = static_library", text, re.M))
        (self.folder / "meson.build").write_text(project + text + probes)
        build = self.folder / "build"
        setup = ["meson", "setup", *self.settings.meson_options, build]
        return self.check(setup) or self.check(["ninja", "-C", build])

    def do_cmake(self, line, text, options):
        return None

    def serve_and_run(self, server, client):
        with subprocess.Popen(["wine", server], cwd=self.folder, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
            try:
                said = process.stdout.readline().strip()
                if said != "ready":
                    return f"the server said '{said}'\n"
                return self.run(["wine", client])[1]
            finally:
                process.kill()

    def do_text(self, line, text, options):
        if "serve" in options:
            got = self.serve_and_run(options["serve"], options["run"])
        elif self.diagnostics is not None:
            got, self.diagnostics = self.diagnostics, None
        elif "output" in options:
            got = self.output
        else:
            return None
        return [] if got == text else ["the document says:", text, "the truth is:", got]

    def blocks(self):
        """Line, language, text and options of each block."""
        for match in BLOCK.finditer(self.text):
            line = self.text.count("\n", 0, match.start("language")) + 1
            options = dict((word.split("=", 1) + [""])[:2] for word in (match["directive"] or "").split())
            yield line, match["language"], match["text"], options

    def test(self, tap):
        fences = len(re.findall(r"^```", self.text, re.M))
        blocks = list(self.blocks())
        tap.case(f"{self.name}: blocks are closed and have a language",
                 [] if fences == 2 * len(blocks) else [f"{fences} fences, {len(blocks)} blocks"])
        for line, language, text, options in blocks:
            name = f"{self.name}:{line}: {language}"
            do = getattr(self, "do_" + language, None)
            try:
                problems = do(line, text, options) if do else [f"nobody knows what to do with '{language}'"]
            except subprocess.TimeoutExpired as error:
                problems = [str(error)]
            if problems is not None:
                tap.case(name, problems)
        self.test_links(tap)

    def test_links(self, tap):
        here = self.settings.root / self.name
        links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", FENCED.sub("", self.text))
        problems = []
        for path, fragment in links:
            target = here.parent / path if path else here
            if not target.exists():
                problems.append(f"{path} is not there")
            elif fragment and fragment not in anchors(target.read_text()):
                problems.append(f"{path}#{fragment} is not there")
        tap.case(f"{self.name}: links", problems)


class Settings:
    def __init__(self, root, cdidl, work, pkg_config_path, compiler):
        self.root = pathlib.Path(root)
        self.work = pathlib.Path(work)
        self.cdidl = pathlib.Path(cdidl).resolve()
        self.compiler = compiler
        self.include = self.root / "runtime" / "include"
        self.meson_options = ["--cross-file", str(self.root / "tests" / "cross" / "x86_64.ini"),
                              f"-Dpkg_config_path={pkg_config_path}"]
        programs = self.work / "bin"
        programs.mkdir(parents=True, exist_ok=True)
        shim = programs / "cdidl"
        shim.unlink(missing_ok=True)
        shim.symlink_to(self.cdidl)
        self.environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PKG_CONFIG_PATH": pkg_config_path}


def main():
    split = sys.argv.index("--")
    settings = Settings(*sys.argv[1:5], sys.argv[5:split])
    tap = Tap()
    for path in sys.argv[split + 1:]:
        Document(settings.root / path, settings).test(tap)
    tap.done()


main()
