"""Test tests/windows.cmd, as far as it goes without Windows: Wine's cmd runs it, with SHELL in place of MSYS2's.

Usage: windows_cmd.py SCRIPT SHELL
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

script, shell = map(pathlib.Path, sys.argv[1:3])

STEPS = ["packages", "versions", "configure", "build", "facts", "tests", "count"]


def run(folder, fail="", system=""):
    """Exit status, what is said, and the report's lines without those that only Windows can write."""
    (folder / "tests").mkdir(parents=True)
    shutil.copy(script, folder / "tests")
    if fail is not None:
        (folder / "msys/usr/bin").mkdir(parents=True)
        shutil.copy(shell, folder / "msys/usr/bin/bash.exe")
    environment = dict(os.environ, MSYS2="Z:" + str(folder / "msys").replace("/", "\\"), CDRPC_FAIL=fail or "")
    environment.pop("MSYSTEM", None)
    environment.update({"MSYSTEM": system} if system else {})
    done = subprocess.run(["wine", "cmd", "/c", "tests\\windows.cmd"], cwd=folder, env=environment, capture_output=True, text=True)
    report = folder / "build/windows-report.txt"
    lines = report.read_text().splitlines() if report.exists() else []
    return done.returncode, done.stdout.split(), [line.strip() for line in lines]


def environments(report):
    return {line for line in report if line.startswith("environment ")}


def expect(what, got, wanted):
    return [] if got == wanted else [f"{what}: {got!r} instead of {wanted!r}"]


tap = Tap()
with tempfile.TemporaryDirectory() as name:
    root = pathlib.Path(name)
    status, said, report = run(root / "good")
    commands = [line for line in report if line.startswith("[")]
    titles = [line[3:] for line in report if line.startswith("== ")]
    tap.case("each step runs, in order", expect("status", status, 0) + expect("steps", titles, STEPS)
             + expect("commands", len(commands), len(STEPS)))
    tap.case("what the shell is given is whole", expect("form", [c for c in commands if not re.fullmatch(r"\[-lc\]\[[^]]+\]", c)], [])
             + expect("build", commands[3:4], ["[-lc][ninja -C build/windows]"]))
    tap.case("what README.md installs is installed", [f"{word} is not" for word in (
        "lemon", "re2c", *(f"mingw-w64-ucrt-x86_64-{part}" for part in ("check", "gcc", "meson", "ninja", "pkgconf")))
        if word not in " ".join(commands[:1])])

    status, said, report = run(root / "fails", "ninja -C")
    tap.case("a step that fails is told, and the others go on", expect("status", status, 1) + expect("told", "build:" in said, True)
             + expect("steps", len([line for line in report if line.startswith("== ")]), len(STEPS)))

    status, said, report = run(root / "arm", system="CLANGARM64")
    tap.case("another environment has its own packages", expect("status", status, 0)
             + expect("named", any("mingw-w64-clang-aarch64-clang" in line for line in report), True)
             + expect("environment", environments(report), {"environment CLANGARM64"}))

    status, said, report = run(root / "git", system="MINGW64")
    tap.case("what another shell says of its environment is passed over", expect("status", status, 0)
             + expect("named", any("mingw-w64-ucrt-x86_64-gcc" in line for line in report), True)
             + expect("environment", environments(report), {"environment UCRT64"}))

    status, said, report = run(root / "without", None)
    tap.case("without MSYS2 it says what to do", expect("status", status, 2) + expect("report", report, []))
tap.done()
