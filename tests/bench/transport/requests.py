"""Counts what each call asks of wineserver: requests.py PROGRAMS OUTPUT LOG. LOG is what 'wineserver -d' writes."""
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


def main(folder, output, log):
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
    rows = "\n".join(f"| {name} | {sum(sum(side.values()) for side in sides.values()):.1f} | {show(sides['caller'])} "
                     f"| {show(sides['server'])} |" for name, sides in results.items())
    text = "| for each call | requests | of the caller | of the server |\n|---|---|---|---|\n" + rows + "\n"
    pathlib.Path(output, "requests.json").write_text(json.dumps(results, indent=1) + "\n")
    pathlib.Path(output, "requests.md").write_text(text)
    print(text)
    return 0


sys.exit(main(*sys.argv[1:]))
