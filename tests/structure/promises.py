"""Each promise of SECURITY.md names the tests that show it, and they are there.

Usage: promises.py SOURCE_ROOT

A test is named as `folder/file.c: test, test`, in tests/; each item of "What is defended" names one at least.
"""

import pathlib
import re
import sys

from tap import Tap

NAMED = re.compile(r"`((?:unit|e2e)/\w+\.c): ([\w,\s]+)`")


def missing(tests, file, names):
    """What is not there of these tests."""
    path = tests / file
    if not path.exists():
        return [f"there is no {file}"]
    there = set(re.findall(r"^START_TEST\((\w+)\)", path.read_text(), re.M))
    return [f"{file} has no test {name}" for name in re.split(r",\s*", names.strip()) if name not in there]


def main():
    root = pathlib.Path(sys.argv[1])
    text = (root / "runtime/SECURITY.md").read_text()
    promises = re.split(r"^- ", text.split("\n## What is defended\n")[1].split("\n## ")[0], flags=re.M)[1:]
    tap = Tap()
    tap.case("SECURITY.md: each promise names a test",
             [promise.split("\n")[0] for promise in promises if not NAMED.search(promise)]
             or ([] if promises else ["no promise was found"]))
    tap.case("SECURITY.md: the tests that it names are there",
             [line for file, names in NAMED.findall(text) for line in missing(root / "tests", file, names)])
    tap.done()


main()
