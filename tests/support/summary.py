"""Count the test cases in the logs of 'meson test'; the last line is the count.

Usage: summary.py BUILD_DIRECTORY...
       summary.py --timed-out BUILD_DIRECTORY

The second prints the programs that ran into their time limits. What they come to when they are run again counts (again.json), and
it is said that they were.

Each case is a line of a test program's TAP report. A program that failed without a failed case in its report (it crashed,
ran too long, or did not keep its plan) counts as one failed case. The exit status is 0 only if cases ran and none failed.
"""

import json
import pathlib
import re
import sys

CASE = re.compile(r"(?P<not>not )?ok\b(?P<text>[^#]*)(?:#\s*(?P<directive>skip)?.*)?", re.I)
PLAN = re.compile(r"\s*1\.\.\d+\b")


def read_report(report):
    """Count the cases of a TAP report; a failed one comes as its text, with what the lines after it explain."""
    passed, failed, skipped = 0, [], 0
    explaining = False
    for line in report.splitlines():
        case = CASE.match(line.strip())
        if case:
            explaining = bool(case["not"]) and not case["directive"]
            passed += not case["not"] and not case["directive"]
            skipped += bool(case["directive"])
            failed += [line] if explaining else []
        elif PLAN.match(line):
            explaining = False
        elif explaining:
            failed[-1] += "\n" + line
    return passed, failed, skipped


def read_program(entry):
    """Count the cases of one program by its entry in the log, and put its end right where the report cannot tell it."""
    passed, failed, skipped = read_report(entry.get("stdout", ""))
    if entry["result"] == "SKIP":
        skipped = max(skipped, 1)
    elif entry["result"] != "OK":
        if not failed:
            failed.append(f"{entry['result']}, exit status {entry['returncode']}, after {passed} cases that passed")
        failed[-1] += "\n" + entry.get("stderr", "")
    elif not passed and not skipped:
        failed.append("reported no case")
    return passed, failed, skipped


def read_log(build, name):
    log = build / "meson-logs" / f"{name}.json"
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def print_timed_out(build):
    print(*[entry["name"].split(" / ")[-1] for entry in read_log(build, "testlog") if entry["result"] == "TIMEOUT"])


def main():
    if sys.argv[1] == "--timed-out":
        print_timed_out(pathlib.Path(sys.argv[2]))
        return
    total = [0, 0, 0]
    failures = []
    for build in map(pathlib.Path, sys.argv[1:]):
        entries = read_log(build, "testlog")
        if not entries:
            entries = [{"name": str(build), "result": "no test ran", "returncode": "none"}]
        again = {entry["name"]: entry for entry in read_log(build, "again")}
        for name in again:
            print(f"ran into its time limit, and was run again: {build.name}: {name}")
        entries = [again.get(entry["name"], entry) for entry in entries]
        for entry in entries:
            passed, failed, skipped = read_program(entry)
            total = [total[0] + passed, total[1] + len(failed), total[2] + skipped]
            failures += [f"{build.name}: {entry['name']}: {text.strip()}" for text in failed]
    for text in failures:
        print("FAILED " + text.replace("\n", "\n    "))
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    sys.exit(1 if total[1] or not total[0] else 0)


main()
