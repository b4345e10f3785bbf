"""Runs the benchmark: run.py PROGRAMS OUTPUT full|quick MACHINE. Everything that it starts stays on the core on which it runs.

In each round each series of cases.py is measured once, and another begins each time; every second round goes backwards. What is
compared are medians over all calls of all rounds. Exit status 1: a bound is not met.
"""
import pathlib
import statistics
import subprocess
import sys
import time

import cases
import report
from programs import Failed, Programs

MODES = {
    # rounds, milliseconds of a series in a round, rounds of the crowds, milliseconds of each, measurements of the dispatch
    "quick": (4, 15, 1, 200, 101),
    "full": (40, 30, 6, 400, 1001),
}
CALLS_MOST = 400        # of a series in a round
WARM_MS = 3             # before each, which is not measured


BEGAN = time.monotonic()


def say(text):
    print(f"   {time.monotonic() - BEGAN:.0f} s: {text}", file=sys.stderr, flush=True)


def rotated(items, round_):
    items = items[round_ % len(items):] + items[:round_ % len(items)]
    return items[::-1] if round_ % 2 else items


def measure_series(programs, rounds, budget_ms):
    """Nanoseconds of each call, by series."""
    series = cases.all_series()
    plan, times = {}, {s: [] for s in series}
    for s in series:
        client = programs.client(s.program, s.variant)
        client.run(s.operation, s.size, 1, 1)
        each = statistics.median(client.run(s.operation, s.size, 0, 3)) / 1e6
        count = max(1, min(CALLS_MOST, int(budget_ms / each)))
        plan[s] = (client, max(1, min(10, int(WARM_MS / each))), count)
    # Each begins at another place; with a step that the number of series does not share, all do in time.
    for round_ in range(rounds):
        for s in rotated(series, round_ * 7):
            client, warm, count = plan[s]
            times[s] += client.run(s.operation, s.size, warm, count)
        if round_ % 10 == 9:
            say(f"round {round_ + 1} of {rounds}")
    return times


def measure_crowds(programs, rounds, duration_ms):
    """Calls each second, by name and number of clients, and the calls' nanoseconds by client."""
    rates, times = {}, {}
    jobs = [(name, s, count) for name, s in cases.CROWDS for count in cases.CLIENTS]
    for round_ in range(rounds):
        for name, s, count in rotated(jobs, round_ * 3):
            clients = programs.clients_of(s.program, s.variant, count)
            start = int(time.time() * 1000) + 30
            for client in clients:
                client.tell("sustain", s.operation, s.size, start, duration_ms)
            rate = 0
            for i, client in enumerate(clients):
                took, *each = client.values()
                rate += len(each) / took * 1e9
                times.setdefault((name, count, i), []).extend(each)
            rates.setdefault((name, count), []).append(rate)
    return {key: statistics.median(values) for key, values in rates.items()}, times


def measure_dispatch(folder, count):
    """Nanoseconds to find a method: of one, of 1,000 in 1,000 interfaces."""
    lines = subprocess.run([f"{folder}/dispatch", str(count)], check=True, capture_output=True, text=True).stdout.splitlines()
    return [statistics.median(float(word) for word in line.split()) for line in lines]


def main(folder, output, mode, machine):
    rounds, budget_ms, crowd_rounds, crowd_ms, dispatch_count = MODES[mode]
    programs = Programs(folder)
    try:
        times = measure_series(programs, rounds, budget_ms)
        say("clients side by side")
        crowds = measure_crowds(programs, crowd_rounds, crowd_ms)
        sessions = programs.client("cdrpc", "own").run("sessions", 16, 0, 2)
        programs.end()
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 2
    dispatch = measure_dispatch(folder, dispatch_count)
    return 0 if report.write(pathlib.Path(output), machine, rounds, times, crowds, sessions, dispatch) else 1


sys.exit(main(*sys.argv[1:]))
