"""What is measured, and the bounds: the table of cases."""
import collections

KIB = 1024
MIB = 1024 * KIB

# A series of measurements of one operation: the program and its variant, what that calls it, and bytes of payload.
Series = collections.namedtuple("Series", "program variant operation size")

# What is compared: the ratio of the two medians is to be 'bound' at most. None is for information.
Case = collections.namedtuple("Case", "name dispatch loop payload value peer bound")


def own(operation, size=16):
    return Series("cdrpc", "own", operation, size)


def attached(operation, size=16):
    return Series("cdrpc", "attached", operation, size)


def large(operation, size):
    return Series("cdrpc", "large", operation, size)


def by(program, operation, size=16):
    return Series(program, "-", operation, size)


PEERS = {
    ("cdrpc", "blob"): "as bytes",
    ("copydata", "send"): "raw WM_COPYDATA answered TRUE",
    ("copydata", "echo"): "raw nested echo",
    ("copydata", "fetch"): "raw nested reply",
    ("section", "fresh"): "fresh section",
    ("section", "echo"): "kept section, message as bell",
    ("section", "store"): "kept section, message as bell",
    ("section", "fetch"): "kept section, message as bell",
    ("events", "echo"): "kept section, two events",
    ("events", "store"): "kept section, two events",
    ("events", "fetch"): "kept section, two events",
    ("pipe", "echo"): "named pipe",
    ("msrpc", "small"): "ncalrpc",
    ("msrpc", "echo"): "ncalrpc",
    ("msrpc", "fetch"): "ncalrpc",
    ("com", "small"): "COM local server",
    ("com", "echo"): "COM local server",
    ("memory", "echo"): "memcpy",
    ("wide", "call"): "one interface of one method",
}


def peer_name(series):
    return PEERS[series.program, series.operation] if series else ""


TRACKS = 168672         # bytes of the list of 1,000 tracks, as codec/ has them

RAW = by("copydata", "send")
NESTED = by("copydata", "echo")

CASES = [
    Case("small call", "inline", "own", "16 B each way", own("small_inline"), RAW, 1.15),
    Case("small call", "inline", "own", "16 B each way", own("small_inline"), NESTED, 0.55),
    Case("small call", "inline", "own", "16 B each way", own("small_inline"), by("msrpc", "small"), 0.40),
    Case("small call", "posted", "attached", "16 B each way", attached("small_posted"), NESTED, 0.80),
    Case("small call", "inline", "attached", "16 B each way", attached("small_inline"), NESTED, None),
    Case("small call", "posted", "own", "16 B each way", own("small_posted"), NESTED, None),
    Case("small call", "posted", "own", "16 B each way", own("small_posted"), by("com", "small"), None),
    Case("small call", "inline", "own", "16 B each way", own("small_inline"), by("events", "echo"), None),

    Case("echo of bytes", "inline", "own", "64 KiB each way", own("echo_inline", 64 * KIB), by("copydata", "echo", 64 * KIB), 0.35),
    Case("echo of bytes", "posted", "own", "64 KiB each way", own("echo_posted", 64 * KIB), by("copydata", "echo", 64 * KIB), 0.42),
    Case("echo of bytes", "posted", "attached", "64 KiB each way", attached("echo_posted", 64 * KIB),
         by("copydata", "echo", 64 * KIB), None),

    Case("reply in place", "inline", "own", "16 B, 1 MiB back", own("fetch", MIB), by("section", "fetch", MIB), 1.10),
    Case("reply in place", "inline", "own", "16 B, 1 MiB back", own("fetch", MIB), by("copydata", "fetch", MIB), 0.06),
    Case("reply in place", "inline", "own", "16 B, 1 MiB back", own("fetch", MIB), by("msrpc", "fetch", MIB), 0.01),
    Case("reply in place, cap raised", "inline", "own", "16 B, 1 MiB back", large("fetch", MIB), by("section", "fetch", MIB), None),
    Case("reply in place, cap raised, warm", "inline", "own", "16 B, 64 MiB back", large("fetch", 64 * MIB),
         by("section", "fetch", 64 * MIB), 1.10),
    Case("reply in place, cap raised, first touch", "inline", "own", "16 B, 64 MiB back", large("first_touch", 64 * MIB),
         by("section", "fetch", 64 * MIB), None),
    Case("request in place", "inline", "own", "4 MiB, status back", own("store", 4 * MIB), by("section", "store", 4 * MIB), 1.10),
    Case("request in place", "inline", "own", "4 MiB, status back", own("store", 4 * MIB), by("copydata", "send", 4 * MIB), 0.05),
    Case("request in place, cap raised", "inline", "own", "4 MiB, status back", large("store", 4 * MIB),
         by("section", "store", 4 * MIB), None),

    Case("list of 1,000 tracks", "inline", "own", f"{TRACKS} B back", own("tracks", TRACKS), own("blob", TRACKS), 1.5),

    Case("oneway", "oneway", "own", "16 B", own("poke"), RAW, 0.90),
    Case("oneway", "oneway", "attached", "16 B", attached("poke"), RAW, 1.35),
    Case("oneway, until it has run", "oneway", "own", "16 B", own("poke_sustained"), RAW, None),
    Case("oneway, until it has run", "oneway", "attached", "16 B", attached("poke_sustained"), RAW, None),

    Case("event, from emit to handler", "event", "own", "16 B", own("event"), RAW, 0.80),
    Case("event, emit alone", "event", "own", "16 B", own("emit"), RAW, 0.60),

    Case("connect and first call", "inline", "own", "16 B each way", own("first"), NESTED, 10),

    Case("1,000 methods, 1,000 interfaces", "inline", "own", "16 B each way", Series("wide", "many", "call", 16),
         Series("wide", "one", "call", 16), 1.08),
]

# Latency against payload: who echoes, and from which size on. What has another operation for 16 bytes says which.
SIZES = [16, 256, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB]
CURVES = [
    ("cdrpc, inline", lambda size: own("small_inline" if size == 16 else "echo_inline", size)),
    ("cdrpc, posted", lambda size: own("small_posted" if size == 16 else "echo_posted", size)),
    ("raw WM_COPYDATA answered TRUE (one way)", lambda size: by("copydata", "send", size)),
    ("raw nested echo", lambda size: by("copydata", "echo", size)),
    ("fresh section", lambda size: by("section", "fresh", size)),
    ("kept section, message as bell", lambda size: by("section", "echo", size)),
    ("kept section, two events", lambda size: by("events", "echo", size)),
    ("named pipe", lambda size: by("pipe", "echo", size)),
    ("ncalrpc", lambda size: by("msrpc", "small" if size == 16 else "echo", size)),
    ("COM local server", lambda size: by("com", "small" if size == 16 else "echo", size)),
    ("memcpy", lambda size: by("memory", "echo", size)),
]

# Throughput against number of clients, each a process of its own. The first has a bound.
CLIENTS = [1, 2, 4, 8]
CROWDS = [
    ("cdrpc, posted", own("small_posted")),
    ("cdrpc, inline", own("small_inline")),
    ("raw nested echo", NESTED),
    ("ncalrpc", by("msrpc", "small")),
]
THROUGHPUT_BOUND = 0.95
TAIL_BOUND = 4

DISPATCH_BOUND_NS = 100
SESSION_BOUND_KIB = 128


def full_name(case):
    return f"{case.name}, {case.dispatch}, {case.loop} loop, {case.payload}"


def all_series():
    """Each once; those that are compared stand side by side."""
    series = [s for case in CASES for s in (case.value, case.peer)]
    series += [curve(size) for size in SIZES for _, curve in CURVES]
    return list(dict.fromkeys(series))
