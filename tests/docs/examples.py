"""Run the examples as examples/run.sh does, and end them in the middle.

Usage: examples.py DEMO BUILD_DIRECTORY
"""

import os
import pathlib
import signal
import subprocess
import sys

from tap import Tap


def left_behind(build):
    """Command lines of processes that still run a program of the examples."""
    lines = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if any(f"{build}/examples/".encode() in word and word.endswith(b".exe") for word in words):
            lines.append(" ".join(word.decode(errors="replace") for word in words))
    return [f"still running: {line}" for line in lines]


def run_whole(demo, build):
    done = subprocess.run(["sh", demo, build], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    output = done.stdout
    problems = [f"exit status {done.returncode}", output] if done.returncode else []
    problems += [f"no reply by {route}" for route in ["value", "message", "section"] if f" reply={route} " not in output]
    return problems


def interrupt(demo, build):
    """Ctrl+C while a server is there, which a call shows; the keyboard's signal goes to the whole process group."""
    with subprocess.Popen(["sh", demo, build], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, start_new_session=True) as process:
        while "method=Files.stat" not in (line := process.stdout.readline()):
            if not line:
                return ["it ended before it could be interrupted"]
        os.killpg(process.pid, signal.SIGINT)
        output = process.stdout.read()
    if "all calls succeeded" in output or process.returncode == 0:
        return [f"it went on: exit status {process.returncode}", output]
    return []


def main():
    demo, build = sys.argv[1:]
    tap = Tap()
    tap.case("the examples run, and their files come back identical", run_whole(demo, build))
    tap.case("nothing is left behind", left_behind(build))
    tap.case("they can be interrupted", interrupt(demo, build))
    tap.case("nothing is left behind then either", left_behind(build))
    tap.done()


main()
