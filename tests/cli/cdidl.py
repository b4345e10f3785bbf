"""Run the generator as its users do.

Usage: cdidl.py GOLDEN COMMAND...

GOLDEN is the folder of golden files, COMMAND the program, perhaps behind an emulator. Everything happens in a temporary folder.
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

GOOD = "module demo.good;\n\nstruct S { u8 a; }\ninterface I { f(S s) @1; }\n"
BAD = "module demo.bad;\n\nstruct S { u23 a; }\n"
BAD_TEXT = """\
{}:3:12: error: unknown type 'u23'; did you mean 'u32'?
  struct S {{ u23 a; }}
             ^~~
1 error
"""
OUTPUTS = ["{}.h", "{}_client.c", "{}_server.c", "{}_types.c"]

golden = pathlib.Path(sys.argv[1]).resolve()
command = [*sys.argv[2:-1], str(pathlib.Path(sys.argv[-1]).resolve())]
on_windows = command[-1].endswith(".exe")
tap = Tap()


class Result:
    """What a run printed and returned; everything is bytes as they came."""

    def __init__(self, *arguments, stdout=subprocess.PIPE):
        # Wine makes UTF-16 of arguments by the locale's encoding.
        done = subprocess.run([*command, *arguments], env=dict(os.environ, LC_ALL="C.UTF-8"), stdin=subprocess.DEVNULL,
                              stdout=stdout, stderr=subprocess.PIPE, timeout=60)
        self.code = done.returncode
        self.out = (done.stdout or b"").decode()
        self.err = done.stderr.decode()

    def expect(self, code, out="", err=""):
        """The problems, if it is not exactly this; None stands for anything but nothing."""
        problems = []
        if self.code != code:
            problems.append(f"exit code {self.code}, not {code}")
        for name, found, wanted in (("stdout", self.out, out), ("stderr", self.err, err)):
            if found != wanted if wanted is not None else not found:
                problems.append(f"{name} is {found!r}, not {wanted!r}")
        return problems


def files(folder="."):
    """Every file below a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


def write(path, text):
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_bytes(text.encode())


def case(function):
    """One test case in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            problems = list(function())
        finally:
            os.chdir("/")
    tap.case(function.__doc__, problems)


def unexpected(found, wanted):
    return [] if sorted(found) == sorted(wanted) else [f"files {sorted(found)}, not {sorted(wanted)}"]


@case
def help_and_version():
    """help and version go to standard output"""
    yield from Result("--help").expect(0, None)
    yield from Result("gen", "--help").expect(0, None)
    yield from Result("--version").expect(0, None)
    for name in "gen", "check", "diff", "fmt":
        if f" cdidl {name} " not in Result("--help").out:
            yield f"{name} is not mentioned"


@case
def usage():
    """wrong usage is told on standard error, with exit code 2"""
    write("a.cdidl", GOOD)
    for arguments in ([], ["frobnicate"], ["gen"], ["check"], ["gen", "--frobnicate", "a.cdidl"], ["gen", "--out"],
                      ["diff", "a.cdidl"], ["diff", "a.cdidl", "a.cdidl", "a.cdidl"], ["fmt"], ["fmt", "-I", "x", "a.cdidl"],
                      ["fmt", "--check", "--write", "a.cdidl"], ["check", "--out", "x", "a.cdidl"]):
        yield from (f"{arguments}: {problem}" for problem in Result(*arguments).expect(2, "", None))
    yield from unexpected(files(), ["a.cdidl"])


@case
def check():
    """check tells what is wrong, and writes nothing"""
    write("good.cdidl", GOOD)
    write("bad.cdidl", BAD)
    yield from Result("check", "good.cdidl").expect(0)
    yield from Result("check", "bad.cdidl").expect(1, "", BAD_TEXT.format("bad.cdidl"))
    yield from Result("check", "good.cdidl", "bad.cdidl").expect(1, "", BAD_TEXT.format("bad.cdidl"))
    yield from Result("check", "none.cdidl").expect(2, "", None)
    yield from Result("check", "none.cdidl", "bad.cdidl").expect(2, "", None)
    yield from unexpected(files(), ["good.cdidl", "bad.cdidl"])


@case
def gen():
    """gen writes four files, and again only what changed"""
    write("src/good.cdidl", GOOD)
    pathlib.Path("out").mkdir()
    yield from Result("gen", "--out", "out", "src/good.cdidl").expect(0)
    yield from unexpected(files("out"), [name.format("good") for name in OUTPUTS])
    before = {path: path.stat().st_mtime_ns for path in pathlib.Path("out").iterdir()}
    pathlib.Path("out/good_types.c").unlink()
    pathlib.Path("out/good.h").write_text("something else\n")
    yield from Result("gen", "--out", "out", "src/good.cdidl").expect(0)
    yield from unexpected(files("out"), [name.format("good") for name in OUTPUTS])
    for name in "client", "server":
        path = pathlib.Path(f"out/good_{name}.c")
        if path.stat().st_mtime_ns != before[path]:
            yield f"{path} was written again"
    if "something else" in pathlib.Path("out/good.h").read_text():
        yield "the header was not written again"


@case
def gen_more():
    """--cpp, --doc, --fuzz and --json write one file more each, and the same as ever"""
    more = {"--cpp": "player.hpp", "--doc": "player.md", "--fuzz": "player_fuzz.c", "--json": "player.json"}
    shutil.copy(golden / "gen" / "player.cdidl", ".")
    shutil.copytree(golden / "gen" / "contoso", "contoso")
    base = [name.format("player") for name in OUTPUTS]
    for options in *([option] for option in more), list(more):
        out = pathlib.Path("out", "".join(options))
        out.mkdir(parents=True)
        yield from Result("gen", *options, "--out", str(out), "player.cdidl").expect(0)
        yield from unexpected(files(out), base + [more[option] for option in options])
        yield from (f"{options}: {name} is another" for name, text in files(out).items()
                    if text != (golden / "gen" / "expected" / name).read_bytes())
    if json.loads(pathlib.Path("out/--json/player.json").read_bytes())["module"] != "contoso.player":
        yield "the model is of another module"


@case
def gen_here():
    """gen writes into the current folder, several inputs in one call"""
    write("src/one.cdidl", GOOD.replace("good", "one"))
    write("src/two.cdidl", GOOD.replace("good", "two"))
    yield from Result("gen", "src/one.cdidl", "src/two.cdidl").expect(0)
    yield from unexpected(files(), ["src/one.cdidl", "src/two.cdidl"] +
                          [name.format(stem) for name in OUTPUTS for stem in ("one", "two")])


@case
def gen_nothing_after_an_error():
    """an error in one input leaves no output, and what was there stays"""
    write("good.cdidl", GOOD)
    write("bad.cdidl", BAD)
    write("out/good.h", "old\n")
    before = files()
    yield from Result("gen", "--out", "out", "--depfile", "out/x.d", "good.cdidl", "bad.cdidl").expect(
        1, "", BAD_TEXT.format("bad.cdidl"))
    if files() != before:
        yield f"files {sorted(files())}"


@case
def gen_every_error():
    """no erroneous golden file leaves an output"""
    shutil.copytree(golden / "errors", "errors")
    names = sorted(f"errors/{path.name}" for path in pathlib.Path("errors").glob("*.cdidl"))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda name: Result("gen", "--out", ".", name), names))
    for name, result in zip(names, results):
        if result.code != 1 or not result.err:
            yield f"{name}: exit code {result.code}"
    found = [name for name in files() if not name.startswith("errors")]
    yield from unexpected(found, [])


@case
def gen_same_names():
    """two inputs that would write the same files are refused"""
    write("a/x.cdidl", GOOD)
    write("b/x.cdidl", GOOD)
    yield from Result("gen", "a/x.cdidl", "b/x.cdidl").expect(
        2, "", "cdidl: 'a/x.cdidl' and 'b/x.cdidl' would both write 'x.h'\n")
    write("c/X.cdidl", GOOD)
    write("a/\u00fcber.cdidl", GOOD)
    write("c/\u00dcber.cdidl", GOOD)
    before = files()
    yield from Result("gen", "a/x.cdidl", "c/X.cdidl").expect(
        2, "", "cdidl: 'a/x.cdidl' and 'c/X.cdidl' would write 'x.h' and 'X.h', which are one file on Windows\n")
    if on_windows:
        yield from Result("gen", "a/\u00fcber.cdidl", "c/\u00dcber.cdidl").expect(2, "", None)
    for name in "x.h", "./X_Types.C":
        yield from Result("gen", "--depfile", name, "a/x.cdidl").expect(
            2, "", f"cdidl: the depfile would be written over '{name.lower().removeprefix('./')}'\n")
    pathlib.Path("o").mkdir()
    for out, name in ("o", "o/../o/x.h"), ("o/../o", "o/x.h"), ("o", "./o/.//x.h"):
        yield from Result("gen", "--out", out, "--depfile", name, "a/x.cdidl").expect(
            2, "", f"cdidl: the depfile would be written over '{out}/x.h'\n")
    yield from unexpected(files(), before)


@case
def gen_over_sources():
    """nothing is written over what was read"""
    write("a.cdidl", 'module a;\nimport "b.cdidl";\n\nstruct S { u8 a; }\n')
    write("b.cdidl", "module b;\n\nstruct S { u8 a; }\n")
    write("c", "module c;\n\nstruct S { u8 a; }\n")
    write("c.h", "module d;\n\nstruct S { u8 a; }\n")
    pathlib.Path("o").mkdir()
    before = files()
    for name in "a.cdidl", "b.cdidl":
        for depfile in f"./{name}", name.upper(), f"o/../{name}", f"../{pathlib.Path.cwd().name}/{name}":
            yield from Result("gen", "--depfile", depfile, "a.cdidl").expect(
                2, "", f"cdidl: '{name}' is read, and would be written over\n")
    yield from Result("gen", "c", "c.h").expect(2, "", "cdidl: 'c.h' is read, and would be written over\n")
    yield from Result("gen", "--out", "o/..", "c", "c.h").expect(2, "", "cdidl: 'c.h' is read, and would be written over\n")
    if files() != before:
        yield f"files {sorted(files())}"


@case
def gen_folders():
    """an output folder is made with those above it, and those are removed again if nothing is written"""
    write("good.cdidl", GOOD)
    write("bad.cdidl", BAD)
    write("file", "")
    yield from Result("gen", "--out", "one/two", "good.cdidl").expect(0)
    yield from Result("gen", "--out", "one//three/", "good.cdidl").expect(0)
    wanted = ["good.cdidl", "bad.cdidl", "file"]
    for folder in "one/two", "one/three":
        wanted += [str(pathlib.Path(folder) / name.format("good")) for name in OUTPUTS]
    pathlib.Path("one/fo").mkdir()
    yield from Result("gen", "--out", "one/four/x", "bad.cdidl").expect(1, "", BAD_TEXT.format("bad.cdidl"))
    yield from Result("gen", "--out", "one/four/x", "--depfile", "good.cdidl", "good.cdidl").expect(2, "", None)
    yield from Result("gen", "--out", "one/four/x", "--depfile", "one/four/none/d", "good.cdidl").expect(2, "", None)
    yield from Result("gen", "--out", "file/x", "good.cdidl").expect(2, "", None)
    yield from Result("gen", "--out", "one/none/../fo", "--depfile", "none/d", "good.cdidl").expect(2, "", None)
    yield from Result("gen", "--out", "", "good.cdidl").expect(2, "", None)
    yield from unexpected(files(), wanted)
    yield from unexpected([path.name for path in pathlib.Path("one").iterdir()], ["two", "three", "fo"])


@case
def depfile():
    """the depfile names every file that was read, with blanks escaped"""
    write("my src/a.cdidl", 'module a;\nimport "x/b.cdidl";\nimport "c.cdidl";\n\nstruct S { u8 a; }\n')
    write("my src/x/b.cdidl", 'module b;\nimport "d.cdidl";\n\nstruct T { u8 a; }\n')
    write("inc/c.cdidl", "module c;\n\nstruct U { u8 a; }\n")
    write("inc/d.cdidl", "module d;\n\nstruct V { u8 a; }\n")
    yield from Result("gen", "-I", "inc", "--depfile", "a.d", "my src/a.cdidl").expect(0)
    rule = pathlib.Path("a.d").read_text()
    wanted = ("a.h a_types.c a_client.c a_server.c: my\\ src/a.cdidl my\\ src/x/b.cdidl inc/c.cdidl inc/d.cdidl\n")
    if rule.replace("\\\n", "").split() != wanted.split():
        yield f"the rule is {rule!r}"


@case
def names():
    """names of files are UTF-8, with blanks"""
    name = "Größe 世界"
    write(f"ein ordner/{name}.cdidl", GOOD)
    pathlib.Path("aus gabe").mkdir()
    yield from Result("gen", "--out", "aus gabe", f"ein ordner/{name}.cdidl").expect(0)
    yield from unexpected(files("aus gabe"), [output.format(name) for output in OUTPUTS])
    write(f"{name}.cdidl", BAD)
    yield from Result("check", f"{name}.cdidl").expect(1, "", BAD_TEXT.format(f"{name}.cdidl"))


@case
def fmt():
    """fmt prints, checks or rewrites"""
    ugly, fine = "module a;struct S{u8 a;}", "module a;\nstruct S { u8 a; }\n"
    write("ugly.cdidl", ugly)
    write("fine.cdidl", fine)
    write("bad.cdidl", "module a; struct S { u8 }\n")
    before = files()
    yield from Result("fmt", "ugly.cdidl").expect(0, fine)
    yield from Result("fmt", "fine.cdidl", "ugly.cdidl").expect(0, fine + fine)
    yield from Result("fmt", "--check", "fine.cdidl").expect(0)
    yield from Result("fmt", "--check", "fine.cdidl", "ugly.cdidl").expect(1, "ugly.cdidl\n")
    yield from Result("fmt", "--write", "ugly.cdidl", "bad.cdidl").expect(1, "", None)
    yield from Result("fmt", "--check", "none.cdidl").expect(2, "", None)
    if files() != before:
        yield "something was written"
    written = pathlib.Path("fine.cdidl").stat().st_mtime_ns
    yield from Result("fmt", "--write", "fine.cdidl", "ugly.cdidl").expect(0)
    yield from unexpected(files(), ["ugly.cdidl", "fine.cdidl", "bad.cdidl"])
    if pathlib.Path("ugly.cdidl").read_text() != fine:
        yield "it was not rewritten"
    if pathlib.Path("fine.cdidl").stat().st_mtime_ns != written:
        yield "what was formatted already was rewritten"


@case
def fmt_line_ends():
    """fmt leaves line ends as they are, through standard output too"""
    text = b"module a;\r\nstruct S { u8 a; }\r\n"
    pathlib.Path("a.cdidl").write_bytes(text)
    yield from Result("fmt", "--check", "a.cdidl").expect(0)
    yield from Result("fmt", "a.cdidl").expect(0, text.decode())


@case
def diff():
    """diff's exit code says whether something breaks"""
    for version in "before", "after":
        for name in "allowed", "c_names", "structs":
            shutil.copy(golden / "diff" / f"{name}.{version}.cdidl", ".")
    text = {name: (golden / "diff" / f"{name}.txt").read_text() for name in ("c_names", "structs")}
    yield from Result("diff", "allowed.before.cdidl", "allowed.after.cdidl").expect(0)
    yield from Result("diff", "c_names.before.cdidl", "c_names.after.cdidl").expect(1, text["c_names"])
    yield from Result("diff", "--wire", "c_names.before.cdidl", "c_names.after.cdidl").expect(0, text["c_names"])
    yield from Result("diff", "--wire", "structs.before.cdidl", "structs.after.cdidl").expect(1, text["structs"])
    write("bad.cdidl", BAD)
    for arguments in ["bad.cdidl", "structs.after.cdidl"], ["structs.before.cdidl", "bad.cdidl"]:
        yield from Result("diff", *arguments).expect(1, "", BAD_TEXT.format("bad.cdidl"))
    yield from Result("diff", "none.cdidl", "structs.after.cdidl").expect(2, "", None)


@case
def full_disk():
    """output that cannot be written is an error"""
    write("a.cdidl", GOOD)
    if on_windows:
        return
    with open("/dev/full", "w") as full:
        for arguments in ["fmt", "a.cdidl"], ["--help"]:
            if Result(*arguments, stdout=full).code != 2:
                yield f"{arguments}: exit code 0"


tap.done()
