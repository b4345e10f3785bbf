"""The table of cdrpc.h of what functions return, as C: statuses.py CDRPC_H HELD_C OUTPUT FUNCTION...

Fails where a function of the header that returns a status has no line there, or a line is of none, or HELD_C holds nobody to it, or
holds other functions than those named, which the linker leads there.
"""
import pathlib
import re
import sys

BEGIN = "What functions return"
DECLARED = re.compile(r"^(?:static inline |CDRPC_API )?cdrpc_status (cdrpc_\w+)\(", re.MULTILINE)


def table(text):
    """Name to the list of what it returns."""
    lines = text[text.index(BEGIN):].split(" */")[0].split("\n")
    found = {}
    for line in lines:
        words = line[2:].strip("\t ").split()
        if not line.startswith(" *\t") or not words:
            continue
        if words[0] != words[0].upper():
            name = words.pop(0)
            found[name] = []
        found[name] += [word.strip(",") for word in words]
    return found


def main(header, held, output, *functions):
    text = pathlib.Path(header).read_text()
    known = set(re.findall(r"^\t(?:CDRPC_E_)(\w+) = ", text, re.MULTILINE))
    found = table(text)
    missing = set(DECLARED.findall(text)) - set(found)
    if missing:
        sys.exit(f"error: {header}: no line in the table of what functions return: {', '.join(sorted(missing))}")
    holds = pathlib.Path(held).read_text()
    led = set(re.findall(r"^HOLD\(\w+, (\w+),", holds, re.MULTILINE))
    if led != set(functions):
        sys.exit(f"error: {held} and the build disagree about {', '.join(sorted(led ^ set(functions)))}")
    out = []
    for name, words in found.items():
        if f"({name}," not in holds:
            sys.exit(f"error: {held}: nobody is held to the line of {name}")
        statuses, flags = [], {"OK": "true", "ERRORS": "false", "REMOTE": "false", "KEPT": "false"}
        if "KEPT" in words:
            flags["OK"] = "false"
        for word in words:
            if word in flags:
                flags[word] = "true"
            elif word in known:
                statuses.append(f"CDRPC_E_{word}, ")
            else:
                sys.exit(f"error: {header}: {name} returns {word}, which is no status")
        out.append(f"static const struct listed listed_{name} = {{ {flags['OK']}, {flags['ERRORS']}, {flags['REMOTE']}, {flags['KEPT']},\n"
                   f"\t{{ {''.join(statuses)}0 }} }};\n")
    pathlib.Path(output).write_text("".join(out))


main(*sys.argv[1:])
