"""The TextMate grammar against the generator's own lexer, on every interface file of the tree.

Usage: grammar.py ROOT TOKENS

TOKENS prints a file's tokens. Each has to get the scope of its kind, from its first character to its last, and no other one that
editors colour. Only what Python's regular expressions and those of editors have in common is used by the grammar.
"""

import json
import pathlib
import re
import subprocess
import sys

from tap import Tap

BUILTIN = re.compile(r"bool|[iu](8|16|32|64)|f(32|64)|string|wstring|bytes")
DECLARES = {"const", "enum", "struct", "union", "interface", "flags", "table", "errors"}
# A name is followed by one of these; a keyword or a type that is none never is. (A type that was declared with the name of a
# keyword looks like the keyword.)
AFTER_NAME = set(";,)=(>:.}]|")
# The first part of a scope's name -> the kind of what has it. What is not listed says nothing of the kind.
KINDS = {"comment": "comment", "string": "string", "constant.numeric": "number", "keyword.declaration": "keyword",
         "keyword.other": "keyword", "support.type": "type"}


class Grammar:
    """As much of TextMate's way as the grammar needs: lines, match with captures, begin and end, includes."""

    def __init__(self, path):
        self.tree = json.loads(path.read_text())
        self.compiled = {}

    def regex(self, text):
        if text not in self.compiled:
            self.compiled[text] = re.compile(text, re.ASCII)
        return self.compiled[text]

    def expand(self, patterns):
        for pattern in patterns:
            if "include" in pattern:
                rule = self.tree["repository"][pattern["include"].removeprefix("#")]
                yield from self.expand([rule] if "match" in rule or "begin" in rule else rule["patterns"])
            else:
                yield pattern

    def scopes(self, text):
        """The scopes of each character, outermost first."""
        found = [()] * len(text)
        stack = [(None, ())]
        start = 0
        for line in text.splitlines(keepends=True):
            at = 0
            while at <= len(line):
                at = self.step(line, at, stack, found, start)
            start += len(line)
        return found

    def step(self, line, at, stack, found, start):
        """One match of the rules that count at 'at'; returns where the next may begin."""
        rule, scopes = stack[-1]
        candidates = []
        if rule:
            candidates.append((self.regex(rule["end"]).search(line, at), None))
        for pattern in self.expand(rule.get("patterns", []) if rule else self.tree["patterns"]):
            candidates.append((self.regex(pattern.get("match") or pattern["begin"]).search(line, at), pattern))
        candidates = [(match.start(), place, match, pattern) for place, (match, pattern) in enumerate(candidates) if match]
        first = min(candidates, key=lambda one: one[:2], default=None)
        end = first[0] if first else len(line)
        self.mark(found, start + at, start + end, scopes)
        if not first:
            return len(line) + 1
        match, pattern = first[2:]
        if pattern is None:
            stack.pop()
        elif "begin" in pattern:
            scopes = (*scopes, pattern.get("name", ""))
            stack.append((pattern, scopes))
        else:
            scopes = (*scopes, pattern.get("name", ""))
        self.mark(found, start + match.start(), start + match.end(), scopes)
        for group, capture in (pattern or {}).get("captures", {}).items():
            if match[int(group)] is not None:
                self.mark(found, start + match.start(int(group)), start + match.end(int(group)), (*scopes, capture["name"]))
        return match.end() if match.end() > at or pattern is None else at + 1

    @staticmethod
    def mark(found, begin, end, scopes):
        found[begin:end] = [scopes] * (end - begin)


def kind(scopes):
    kinds = {KINDS[begin] for scope in scopes for begin in KINDS if scope.startswith(begin)}
    return "+".join(sorted(kinds)) or "none"


def wanted(name, text, preceding, following):
    """What kind a token has to look like."""
    if preceding in DECLARES and following in (":", "{"):
        return "none"           # the name of a declaration, whatever it is
    if name == "keyword":
        return "keyword" if following not in AFTER_NAME else "none"
    if name == "name":
        return "type" if BUILTIN.fullmatch(text) and following not in AFTER_NAME else "none"
    return "none" if name == "mark" else name


def check(grammar, data, tokens, counts):
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    found = grammar.scopes(text)
    words = [(text[at:at + length], at, name) for at, length, name in tokens]
    preceding = ""
    for place, (word, at, name) in enumerate(words):
        following = next((other for other, _, what in words[place + 1:] if what != "comment"), "")
        right = wanted(name, word, preceding, following)
        preceding = preceding if name == "comment" else word
        counts[right] = counts.get(right, 0) + 1
        got = {kind(found[i]) for i in range(at, at + len(word)) if text[i] not in "\r\n"}
        if got - {right}:
            yield f"line {text.count(chr(10), 0, at) + 1}: {word[:40]!r} looks like {sorted(got)}, not {right}"


def read_tokens(program, paths):
    said = subprocess.run([program, *paths], stdout=subprocess.PIPE, check=True, text=True).stdout
    for part in said.split("= ")[1:]:
        path, *lines = part.splitlines()
        yield path, None if lines == ["refused"] else [(int(at), int(length), name) for at, length, name in map(str.split, lines)]


def main():
    root, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    grammar = Grammar(root / "gen/editor/cdidl.tmLanguage.json")
    folders = [root / name for name in ("examples", "idl", "tests")]
    paths = sorted(str(path) for folder in folders for path in folder.rglob("*.cdidl"))
    tap = Tap()
    counts, refused = {}, 0
    for path, tokens in read_tokens(program, paths):
        if tokens is None:
            refused += 1
            continue
        tap.case(str(pathlib.Path(path).relative_to(root)), check(grammar, pathlib.Path(path).read_bytes(), tokens, counts))
    tap.case(f"seen: {counts}, refused: {refused}",
             [f"few of {name}" for name in ("comment", "keyword", "none", "number", "string", "type") if counts.get(name, 0) < 50]
             + (["most files were refused"] if refused > len(paths) / 5 else []))
    tap.done()


main()
