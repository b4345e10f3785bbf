"""Test that a program which shows nothing is not counted as fine: by Meson's log and summary.py, and by the compiler.

Usage: counting.py SUPPORT_FOLDER
"""

import pathlib
import subprocess
import sys
import tempfile

from tap import Tap

support = pathlib.Path(sys.argv[1])

# What a program reports, and how it is counted: passed, failed, skipped.
REPORTS = {
    "passes": ("ok 1 - a\\n1..1\\n", (1, 0, 0)),
    "fails": ("not ok 1 - a\\n1..1\\n", (0, 1, 0)),
    "skips_all": ("1..0 # SKIP no display\\n", (0, 0, 1)),
    "skips_cases": ("ok 1 - a # SKIP no display\\nok 2 - b # SKIP the same\\n1..2\\n", (0, 0, 2)),
    "skips_one": ("ok 1 - a # SKIP no display\\nok 2 - b\\n1..2\\n", (1, 0, 1)),
    "bails_out": ("1..3\\nBail out! no display\\n", (0, 1, 0)),
    "bails_out_later": ("1..3\\nok 1 - a\\nBail out! no display\\n", (1, 1, 0)),
    "bails_out_after_a_skip": ("1..2\\nok 1 - a # SKIP no display\\nBail out! and no more\\n", (0, 1, 1)),
    "promises": ("1..3\\n", (0, 1, 0)),
    "promises_more": ("ok 1 - a # SKIP no display\\n1..2\\n", (0, 1, 1)),
    "says_nothing": ("", (0, 1, 0)),
}

PROJECT = """project('reports')
test('{name}', find_program('printf'), args: '{text}', protocol: 'tap')
"""

PROGRAM = """#include "check_main.h"
START_TEST(returns)
{{
}}
END_TEST
int
main(void)
{{
	TCase *tcase = tcase_create("case");

	{call};
	return 0;
}}
"""


def count(folder, name, text):
    """What summary.py counts of a tree whose only test reports 'text'."""
    source = folder / name
    source.mkdir()
    (source / "meson.build").write_text(PROJECT.format(name=name, text=text))
    subprocess.run(["meson", "setup", source / "build", source], capture_output=True, check=True)
    subprocess.run(["meson", "test", "-C", source / "build"], capture_output=True)
    done = subprocess.run([sys.executable, support / "summary.py", source / "build"], capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines()[-1]


def compiles(call):
    flags = subprocess.run(["pkg-config", "--cflags", "check"], capture_output=True, text=True).stdout.split()
    done = subprocess.run(["cc", "-fsyntax-only", f"-I{support}", *flags, "-x", "c", "-"], input=PROGRAM.format(call=call),
                          capture_output=True, text=True)
    return done.returncode == 0


tap = Tap()
with tempfile.TemporaryDirectory() as name:
    for case, (text, wanted) in REPORTS.items():
        want = (0 if wanted[0] and not wanted[1] else 1, "{} passed, {} failed, {} skipped".format(*wanted))
        got = count(pathlib.Path(name), case, text)
        tap.case(f"a program that {case.replace('_', ' ')}", [] if got == want else [f"{got!r} instead of {want!r}"])

for call, wanted in {
    "tcase_add_test(tcase, returns)": True,
    "tcase_add_loop_test(tcase, returns, 0, 3)": True,
    "tcase_add_exit_test(tcase, returns, 3)": False,
    "tcase_add_loop_exit_test(tcase, returns, 3, 0, 3)": False,
    "tcase_add_test_raise_signal(tcase, returns, 6)": False,
    "tcase_add_loop_test_raise_signal(tcase, returns, 6, 0, 3)": False,
}.items():
    tap.case(call, [] if compiles(call) == wanted else ["compiles" if not wanted else "does not compile"])
tap.done()
