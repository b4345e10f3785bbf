"""Test the test harness: a test program that fails or crashes must say so, in its report and in its exit status.

Usage: selftest.py FIXTURE [TOOL_PREFIX]. With the prefix of a cross tool chain the fixture runs under Wine.
"""

import re
import subprocess
import sys

from tap import Tap

fixture = sys.argv[1]
prefix = sys.argv[2] if len(sys.argv) > 2 else None

PASSED = "ok 1 - fixture.c:case:passes: Passed\n"


def run(ending):
    wrapper = ["wine"] if prefix else []
    done = subprocess.run([*wrapper, fixture, ending], capture_output=True, text=True)
    # Check names each case by the path of its source, which is the builder's.
    return done.returncode, re.sub(r"\S*[/\\]fixture\.c", "fixture.c", done.stdout), done.stderr


def expect(what, got, wanted):
    return [] if got == wanted else [f"{what}: {got!r} instead of {wanted!r}"]


def resolve(report):
    """The functions of the fixture that the backtrace names, innermost first. Check calls the test 'x' x_fn."""
    headers = subprocess.run([prefix + "objdump", "-p", fixture], capture_output=True, text=True, check=True).stdout
    base = int(re.search(r"^ImageBase\s+([0-9a-f]+)", headers, re.M).group(1), 16)
    offsets = [int(offset, 16) for offset in re.findall(r"test_fixture\.exe\+0x([0-9a-f]+)", report)]
    lines = subprocess.run([prefix + "addr2line", "-f", "-e", fixture, *(hex(base + offset) for offset in offsets)],
                           capture_output=True, text=True, check=True).stdout.splitlines()
    return [name.lstrip("_") for name in lines[::2]]


tap = Tap()

status, out, err = run("pass")
tap.case("a test that passes", expect("status", status, 0) + expect("report", out, PASSED + "1..1\n"))

status, out, err = run("fail")
tap.case("a test that fails", expect("status", status, 1)
         + expect("report", out, PASSED + "not ok 2 - fixture.c:case:fails: Assertion '1 + 1 == 3' failed: 1 + 1 == 2, 3 == 3\n"
                  "1..2\n"))

status, out, err = run("abort")
tap.case("a test that aborts", expect("status is 0", status == 0, False) + expect("report", out, PASSED))

status, out, err = run("crash")
problems = expect("report", out, PASSED) + expect("status is 0", status == 0, False)
if prefix:
    problems += expect("status", status, 99)
    problems += expect("crash", re.sub(r"thread \d+", "thread N", err.splitlines()[0] if err else ""),
                       "crash: exception 0xc0000005, writing 0x0, thread N")
    names = resolve(err)
    problems += expect("innermost function", names[:1], ["crashes_fn"])
    problems += expect("check_main in the backtrace", "check_main" in names, True)
tap.case("a test that crashes", problems)

tap.done()
