"""Counts what each call asks of wineserver: requests.py PROGRAMS OUTPUT LOG RECORD WINE.

LOG is what 'wineserver -d' writes. RECORD is a JSON file with the counts of each version of Wine; those of this one, WINE, are put in
place of its last, and the table that is written to OUTPUT shows all of them.
"""
import collections
import json
import os
import pathlib
import re
import sys
import time

import cases
from programs import Failed, Programs

THREAD = re.compile(r"([0-9a-f]{4}): init_(?:first_)?thread\( .*?unix_tid=(\d+)", re.MULTILINE)
REQUEST = re.compile(r"^([0-9a-f]{4}): (\w+)\((?!\) =)", re.MULTILINE)


class Log:
    """What wineserver writes, from where it was read last."""

    def __init__(self, path):
        self.file = open(path, errors="replace")
        self.threads = {}       # Wine's id to that of the system

    def read(self):
        """Until no more comes: wineserver is idle then, or busy with others."""
        parts = [self.file.read()]
        while len(parts) < 2 or parts[-1]:
            time.sleep(0.1)
            parts.append(self.file.read())
        text = "".join(parts)
        self.threads.update(THREAD.findall(text))
        return text

    def threads_of(self, program):
        own = set(os.listdir(f"/proc/{program.process.pid}/task"))
        return {tid for tid, unix_tid in self.threads.items() if unix_tid in own}


def count(programs, log, series):
    """Requests for each call: the caller's, the server's."""
    client = programs.client(series.program, series.variant)
    server = programs.servers[series.program, series.variant]
    calls = 96 if series.size <= 64 * cases.KIB else 16
    client.run(series.operation, series.size, 3, 33)
    log.read()
    sides = [log.threads_of(client), log.threads_of(server)]
    done = len(client.run(series.operation, series.size, 0, calls))
    counts = [collections.Counter(), collections.Counter()]
    for tid, request in REQUEST.findall(log.read()):
        for side, counter in zip(sides, counts):
            if tid in side:
                counter[request] += 1
    return [{name: round(n / done, 2) for name, n in counter.most_common() if n / done >= 0.05} for counter in counts]


def title(series):
    for case in cases.CASES:
        if case.value == series:
            return cases.full_name(case)
    return f"{cases.peer_name(series)}, {series.size:,} B"


def show(counts):
    return f"{sum(counts.values()):.1f}: " + ", ".join(name if n == 1 else f"{n:g} {name}" for name, n in counts.items())


# What others of the table consist of.
PASSED_OVER = {"poke_sustained", "emit"}


def table(record):
    """Columns for each version; a row for each case of any."""
    versions = sorted(record, key=lambda version: [int(part) for part in version.split(".")])
    head = "| for each call |" + "".join(f" Wine {version} | of the caller | of the server |" for version in versions)
    lines = [head, "|---|" + "---|" * (3 * len(versions))]
    for name in dict.fromkeys(name for version in versions for name in record[version]):
        line = f"| {name} |"
        for version in versions:
            sides = record[version].get(name)
            line += " | | |" if not sides else (f" {sum(sum(side.values()) for side in sides.values()):.1f} "
                                                f"| {show(sides['caller'])} | {show(sides['server'])} |")
        lines.append(line)
    return "\n".join(lines) + "\n"


def main(folder, output, log, record_path, wine):
    programs = Programs(folder)
    log = Log(log)
    results = {}
    try:
        for series in dict.fromkeys(s for case in cases.CASES for s in (case.value, case.peer)):
            if series.operation in PASSED_OVER:
                continue
            caller, server = count(programs, log, series)
            results[title(series)] = {"caller": caller, "server": server}
        programs.end()
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 2
    record_path = pathlib.Path(record_path)
    record = json.loads(record_path.read_text()) if record_path.exists() else {}
    record[wine] = results
    record_path.write_text(json.dumps(record, indent=1) + "\n")
    text = table(record)
    pathlib.Path(output, "requests.md").write_text(text)
    print(text)
    return 0


sys.exit(main(*sys.argv[1:]))
