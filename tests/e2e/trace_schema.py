"""Every line that real processes write into the file of CDRPC_TRACE is as trace.schema.json says.

Usage: trace_schema.py SCHEMA TRACE PROGRAM=CASE...

Runs each test program, with its test case of that name, so that its processes append to the file TRACE.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys

import jsonschema

from tap import Tap

LINES_LEAST = 500


def run(program, case, trace):
    # That of a Windows program under Wine.
    path = "Z:" + str(trace).replace("/", "\\")
    environment = {**os.environ, "CDRPC_TRACE": path, "CK_RUN_CASE": case}
    done = subprocess.run(["wine", program], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    return [f"exit status {done.returncode}", done.stdout] if done.returncode else []


def breaks(validator, text):
    """What is wrong with a line."""
    try:
        line = json.loads(text)
    except ValueError as error:
        return f"{error}: {text}"
    error = next(validator.iter_errors(line), None)
    return f"{error.message}: {text}" if error else None


def unseen(schema, lines):
    """Values that the schema allows and no line has: the runs show too little."""
    for member in "dir", "type", "route":
        seen = {line[member] for line in lines}
        for value in schema["properties"][member]["enum"]:
            if value not in seen and (member, value) not in {("type", "?"), ("route", "none")}:
                yield f"no line has {member} {value}"


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    trace = pathlib.Path(sys.argv[2])
    tap = Tap()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    trace.unlink(missing_ok=True)
    for argument in sys.argv[3:]:
        program, case = argument.split("=")
        tap.case(f"{pathlib.Path(program).stem} {case} with a trace", run(program, case, trace))
    texts = trace.read_text().splitlines() if trace.exists() else []
    problems = list(filter(None, (breaks(validator, text) for text in texts)))
    tap.case("each line is as the schema says", problems[:20])
    lines = [] if problems else [json.loads(text) for text in texts]
    tap.case("all types, routes and directions are there", unseen(schema, lines) if lines else ["no line can be read"])
    tap.case("lines have their members in one order",
             {str(list(line)) for line in lines if list(line) != list(schema["properties"])})
    tap.case(f"there are {LINES_LEAST} lines or more",
             [] if len(lines) >= LINES_LEAST else [f"{len(lines)}: {collections.Counter(line['type'] for line in lines)}"])
    tap.done()


main()
