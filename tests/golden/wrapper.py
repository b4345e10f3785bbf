"""Builds wrapper.cpp with sanitizers and runs it.

Usage: wrapper.py INCLUDE CORE_LIBRARY SUPPORT_FOLDER EXPECTED_FOLDER WORK_FOLDER
"""

import os
import subprocess
import sys

from tap import Tap

FLAGS = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-Wall", "-Wextra"]
LOOPBACK = ["loopback", "loopback_client", "loopback_message", "loopback_server"]
PLAYER = ["player_types", "player_client", "player_server"]


def build_and_run(include, core, support, expected, work):
    os.makedirs(work, exist_ok=True)
    includes = ["-isystem", include, "-I", os.path.join(include, "../core"), "-I", support, "-I", expected]
    here = os.path.dirname(os.path.abspath(__file__))
    sources = [os.path.join(support, name + ".c") for name in LOOPBACK]
    sources += [os.path.join(expected, name + ".c") for name in PLAYER]
    commands, objects = [], []
    for source in sources:
        objects.append(os.path.join(work, os.path.basename(source) + ".o"))
        commands.append(["gcc", "-std=c11", *FLAGS, *includes, "-c", source, "-o", objects[-1]])
    program = os.path.join(work, "wrapper")
    commands.append(["g++", "-std=c++17", *FLAGS, *includes, os.path.join(here, "wrapper.cpp"), *objects, core, "-o",
                     program])
    commands.append([program])
    for command in commands:
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if run.returncode != 0:
            yield f"{' '.join(command)}\n{run.stdout}"
            return


tap = Tap()
tap.case("C++ wrapper", build_and_run(*sys.argv[1:]))
tap.done()
