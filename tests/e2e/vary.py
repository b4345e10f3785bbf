"""cdrpc.h as a program of another version has it: vary.py older|newer CDRPC_H OUTPUT.

'older' lacks the last members of each struct that may grow, 'newer' has two more. Which structs these are, cdrpc.h says.
"""
import pathlib
import re
import sys

# The members that older programs lack: they must be there, and be the last.
LACKED = {
    "cdrpc_env": ["log"],
    "cdrpc_limits": ["events_max", "mapped_max"],
    "cdrpc_policy": ["authorise", "authorise_self"],
    "cdrpc_peer_facts": ["image", "user"],
    "cdrpc_call_trace": ["elapsed_us", "status"],
    "cdrpc_stats": ["events", "events_lost"],
    "cdrpc_server_options": ["session_opened", "session_ended", "session_self"],
    "cdrpc_client_options": ["reconnect_ms", "reconnect_starts", "disconnected", "reconnected", "session_self"],
}
MEMBER = re.compile(r"^\t(?! |/)[^\n]*?(\w+)\)?(\([^\n]*\))?;", re.M)


def vary(version, name, body):
    members = list(MEMBER.finditer(body))
    last = members[-len(LACKED[name]):]
    if [member[1] for member in last] != LACKED[name]:
        sys.exit(f"error: struct {name} ends with {[member[1] for member in last]}")
    return body[:last[0].start()] if version == "older" else body + "\tvoid *added;\n\tvoid *added_too;\n"


def main(version, header, output):
    text = pathlib.Path(header).read_text()
    grow = set(re.findall(r"May grow\.(?: \*/|\n \*/)\nstruct (\w+) \{", text))
    if grow != set(LACKED):
        sys.exit(f"error: {header}: which structs may grow? {sorted(grow ^ set(LACKED))}")
    for name in LACKED:
        text = re.sub(rf"(?<=^struct {name} {{\n)(.*?)(?=^}};)", lambda found: vary(version, name, found[1]), text, flags=re.M | re.S)
    pathlib.Path(output).write_text(f"#define VARIED_{version.upper()}\n{text}")


main(*sys.argv[1:])
