"""Doxygen's input filter: plain.py FILE prints it with its comments as Doxygen's, line for line.

A comment before a declaration, or behind one on its line, is its documentation; one before several that have no blank line between them
is that of each. The first of a file, and one with a blank line behind it, are about the file. Indented lines are shown as they stand.
Of inline functions of C the definitions are left out: their declarations say what they do.
"""

import re
import sys

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", re.S)
INDENTED = re.compile(r"^ \*\t|^\t \*\t")
DEFINITION = re.compile(r"^static inline [^\n;]*\n\w+\([^{;]*\)\n\{.*?^\}", re.M | re.S)
BARE = re.compile(r"^\s*\*?\s*$")


def escaped(line):
    return re.sub(r"[\\@<>#%&]", lambda match: "\\" + match[0], line)


def body(comment):
    """The comment's lines, of which those that are indented become verbatim."""
    lines = comment.split("\n")
    indented = [bool(INDENTED.match(line)) for line in lines]
    shown, verbatim = [], False
    for number, line in enumerate(lines):
        if BARE.match(line) and verbatim:
            shown.append(line.replace("*", " "))
            continue
        if indented[number] and not verbatim:
            shown[-1] += " @verbatim"
        elif verbatim and not indented[number]:
            shown[-1] += " @endverbatim"
        verbatim = indented[number]
        shown.append(line.replace("*", " ", 1) if verbatim else escaped(line))
    if verbatim:
        shown[-1] = shown[-1].removesuffix("*/") + "@endverbatim */"
    return "\n".join(shown)


def document(text):
    """The text with the comments that document something marked as such."""
    parts, at = [], 0
    for match in COMMENT.finditer(text):
        comment = match[0]
        before = text[text.rfind("\n", 0, match.start()) + 1:match.start()]
        after = text[match.end():]
        if match.start() < at or not comment.startswith("/*") or comment.startswith("/* ----") or before.startswith("#endif"):
            continue
        inner = body(comment[2:-2] + "*/")[:-2]
        end = "*/"
        if before.strip():
            # Not one in the middle of a line.
            start = "/**<" if after.startswith("\n") else "/*"
        elif match.start() == 0 or re.match(r"\n\s*\n", after):
            start = "/** @file"
        else:
            start = "/**"
            declared = re.match(r"\n(.*?)(?=\n\n|\n\s*/\*|\Z)", after, re.S)[1]
            if not before and not declared.startswith("#if") and len(re.findall(r"^(?:CDRPC_API|static inline|#define) ", declared, re.M)) > 1:
                parts += [text[at:match.start()], "/**@{*/ /**", inner, "*/", document("\n" + declared), "\n/**@}*/ "]
                at = match.end() + 1 + len(declared) + 1
                continue
        parts += [text[at:match.start()], start, inner, end]
        at = match.end()
    return "".join(parts) + text[at:]


with open(sys.argv[1], encoding="utf-8") as file:
    source = DEFINITION.sub(lambda match: "\n" * match[0].count("\n"), file.read())
sys.stdout.write(document(source))
