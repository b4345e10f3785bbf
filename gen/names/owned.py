"""The list of owned names as text.

A line "[kind]" begins the names of one kind; of a name that is of several, the first counts. Any other line is what its names begin
with and how each of them goes on: "PRI d16 d32" is PRId16 and PRId32, '.' stands for nothing.
"""

import collections
import re

KINDS = ["c-macro", "c-name", "windows-macro", "windows-name"]
# The headers that these names are from, in small letters, as files of a folder may be found by.
HEADERS = "header"
COLUMNS = 140
HEAD = """# Names that the C library (c-) and <windows.h> (windows-) have made macros of or declare, and their headers. Made by collect.py;
# owned.py says how to read it.
"""


def read(text):
    """kind -> set of names"""
    names = {kind: set() for kind in [*KINDS, HEADERS]}
    for line in text.splitlines():
        if line.startswith("["):
            those = names[line.strip("[]")]
        elif not line.startswith("#"):
            begin, *ends = (word.replace(".", "") for word in line.split())
            those.update(begin + end for end in ends)
    return names


def beginnings(name):
    """What its words make: "ERROR_DS_", "ERROR_" of ERROR_DS_BUSY."""
    return [name[:match.end()] for match in re.finditer(r"_+|[a-z](?=[A-Z])", name)][::-1]


def groups(names):
    """(beginning, ends): a name goes with the longest beginning that enough others share to make the text shorter."""
    sharing = collections.defaultdict(set)
    for name in names:
        for begin in beginnings(name):
            sharing[begin].add(name)
    left = set(names)
    for begin in sorted(sharing, key=lambda begin: (-len(begin), begin)):
        those = sharing[begin] & left
        shorter = next((len(other) for other in beginnings(begin)[1:] if len(sharing[other] & left) > 2), 1)
        if len(those) * (len(begin) - shorter) > 2 * len(begin) and len(those) > 2:
            left -= those
            yield begin, [name[len(begin):] or "." for name in sorted(those)]
    yield ".", sorted(left)


def lines(names):
    for begin, ends in sorted(groups(names)):
        line = begin
        for end in ends:
            if len(line) + 1 + len(end) > COLUMNS:
                yield line
                line = begin
            line += " " + end
        yield line


def write(names):
    text, taken = HEAD, set()
    for kind in KINDS:
        those = {name for name in names[kind] if not name.startswith("_")} - taken
        taken |= those
        text += f"[{kind}]\n" + "".join(line + "\n" for line in lines(those))
    return text + f"[{HEADERS}]\n" + "".join(line + "\n" for line in lines(names[HEADERS]))
