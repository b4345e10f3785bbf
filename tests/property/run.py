"""Random interfaces, each with random values that travel through its generated code and back.

Usage: run.py CC CDIDL INCLUDE CORE_LIBRARY SUPPORT_FOLDER WORK_FOLDER

The seeds are the same each time, so that a run can be repeated. CDRPC_PROPERTY_SEED=N in the environment takes as many from N on,
CDRPC_PROPERTY_SEED=random from anywhere. A failure names the seed; the interface, the generated code and the program stay in
WORK_FOLDER/SEED.
"""

import os
import random
import sys

from bench import Bench, Failure, run
from interfaces import Interface
from tap import Tap

VALUES_MIN = 100000
INTERFACES = 24


def values(bench, seed, least):
    """How many values of the seed's interface came through."""
    folder = os.path.join(bench.work, str(seed))
    os.makedirs(folder, exist_ok=True)
    interface = Interface(random.Random(seed))
    source = os.path.join(folder, "prop.cdidl")
    with open(source, "w", encoding="utf-8", newline="\n") as file:
        file.write(interface.text())
    run([bench.cdidl, "gen", "--out", folder, source])
    return bench.values(interface, folder, bench.generated(folder, "prop"), seed, least)


def problems(bench, seed, least, counts):
    try:
        counts.append(values(bench, seed, least))
    except Failure as failure:
        yield f"CDRPC_PROPERTY_SEED={seed} does it again"
        yield str(failure)


def main():
    wanted = os.environ.get("CDRPC_PROPERTY_SEED", "1")
    first = random.SystemRandom().randrange(1, 1 << 31) if wanted == "random" else int(wanted)
    bench = Bench(*sys.argv[1:])
    tap = Tap()
    counts = []
    for seed in range(first, first + INTERFACES):
        tap.case(f"seed {seed}", problems(bench, seed, VALUES_MIN // INTERFACES, counts))
    total = sum(counts)
    tap.case(f"{total} values", [] if total >= VALUES_MIN else [f"fewer than {VALUES_MIN}"])
    tap.done()


main()
