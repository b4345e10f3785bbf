"""Count the test cases in the logs of 'meson test'; the last line is the count.

Usage: summary.py [--skipped NUMBER] BUILD_DIRECTORY...

Each case is a line of a test program's TAP report. A program that failed without a failed case in its report (it crashed,
ran too long, or did not keep its plan) counts as one failed case. So does one that Meson calls skipped although its report does not
say so: that is what Meson makes of a program that bails out, or promises cases and runs none, before its first result. NUMBER is how
many programs were not run at all. The exit status is 0 only if cases ran and none failed. Where there are several trees, each has a
line of its own before.
"""

import json
import pathlib
import re
import sys

CASE = re.compile(r"(?P<not>not )?ok\b(?P<text>[^#]*)(?:#\s*(?P<directive>skip)?.*)?", re.I)
PLAN = re.compile(r"\s*1\.\.(\d+)\b")
BAILED = re.compile(r"^Bail out!.*", re.M)


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


def read_skip(report, skipped):
    """What is wrong with a report in which everything was skipped; '' if it says that itself and keeps its plan."""
    bailed = BAILED.search(report)
    plans = [int(count) for count in PLAN.findall(report)]
    if bailed:
        return bailed[0]
    return "" if plans == [skipped] else f"counted as skipped, promises {plans or 'nothing'}, says so of {skipped} cases"


def read_program(entry):
    """Count the cases of one program by its entry in the log, and put its end right where the report cannot tell it."""
    passed, failed, skipped = read_report(entry.get("stdout", ""))
    if entry["result"] == "SKIP":
        wrong = read_skip(entry.get("stdout", ""), skipped)
        failed += [wrong] if wrong else []
        skipped = skipped if wrong else max(skipped, 1)
    elif entry["result"] != "OK":
        if not failed:
            failed.append(f"{entry['result']}, exit status {entry['returncode']}, after {passed} cases that passed")
        failed[-1] += "\n" + entry.get("stderr", "")
    elif not passed and not skipped:
        failed.append("reported no case")
    return passed, failed, skipped


def main():
    words = sys.argv[1:]
    total = [0, 0, 0]
    if words[:1] == ["--skipped"]:
        total[2] = int(words[1])
        words = words[2:]
    failures = []
    lines = []
    for build in map(pathlib.Path, words):
        before = list(total)
        log = build / "meson-logs" / "testlog.json"
        entries = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        if not entries:
            entries = [{"name": str(log), "result": "no test ran", "returncode": "none"}]
        for entry in entries:
            passed, failed, skipped = read_program(entry)
            total = [total[0] + passed, total[1] + len(failed), total[2] + skipped]
            failures += [f"{build.name}: {entry['name']}: {text.strip()}" for text in failed]
        passed, failed, skipped = (after - earlier for after, earlier in zip(total, before))
        lines.append(f"{build.name}: {passed + failed + skipped} cases, of which {failed} failed and {skipped} were skipped")
    for text in failures:
        print("FAILED " + text.replace("\n", "\n    "))
    if len(lines) > 1:
        print("\n".join(lines))
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    sys.exit(1 if total[1] or not total[0] else 0)


main()
