"""From measurements to bench.json, a table in Markdown, and plots."""
import json
import statistics
import subprocess
import time

import cases


def percentile(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, len(values) * percent // 100)]


def us(nanoseconds):
    return round(nanoseconds / 1000, 3)


def compared(case, times):
    value, peer = times[case.value], times[case.peer]
    middle, peer_middle = statistics.median(value), statistics.median(peer)
    ratio = middle / peer_middle
    return {
        "name": cases.full_name(case),
        "case": f"{case.name}, {case.payload}",
        "dispatch": case.dispatch,
        "loop": case.loop,
        "value_us": us(middle),
        "value_p99_us": us(percentile(value, 99)),
        "peer": cases.peer_name(case.peer),
        "peer_us": us(peer_middle),
        "peer_p99_us": us(percentile(peer, 99)),
        "ratio": round(ratio, 4),
        "bound": case.bound,
        "rule": "ratio <= bound",
        "ok": None if case.bound is None else ratio <= case.bound,
        "calls": [len(value), len(peer)],
    }


def crowded(crowds):
    """Throughput of eight clients against that of one, as the time between two answers; and the worst tail among the eight."""
    rates, times = crowds
    most = cases.CLIENTS[-1]
    results = []
    for name, series in cases.CROWDS:
        if series.program != "cdrpc":
            continue
        dispatch = "posted" if "posted" in series.operation else "inline"
        bounded = dispatch == "posted"
        ratio = rates[name, most] / rates[name, 1]
        tails = [(percentile(t, 99), statistics.median(t)) for t in (times[name, most, i] for i in range(most))]
        tail, middle = max(tails, key=lambda pair: pair[0] / pair[1])
        common = {"dispatch": dispatch, "loop": "own"}
        results += [{
            "name": f"{most} clients of one server, throughput, 16 B each way", **common,
            "value_us": us(1e9 / rates[name, most]), "peer": "one client", "peer_us": us(1e9 / rates[name, 1]),
            "ratio": round(ratio, 4), "bound": cases.THROUGHPUT_BOUND if bounded else None, "rule": "ratio >= bound",
            "ok": ratio >= cases.THROUGHPUT_BOUND if bounded else None,
        }, {
            "name": f"{most} clients of one server, the worst p99, 16 B each way", **common,
            "value_us": us(tail), "peer": "the same client's median", "peer_us": us(middle),
            "ratio": round(tail / middle, 4), "bound": cases.TAIL_BOUND if bounded else None, "rule": "ratio <= bound",
            "ok": tail / middle <= cases.TAIL_BOUND if bounded else None,
        }]
    return results


def others(sessions, dispatch):
    one, many = dispatch
    yield {
        "name": "finding one of 1,000 methods of 1,000 interfaces", "dispatch": "native", "loop": "none",
        "value_us": round(many / 1000, 5), "peer": "one method of one interface", "peer_us": round(one / 1000, 5),
        "ratio": round(many / one, 4), "bound": cases.DISPATCH_BOUND_NS / 1000, "rule": "value_us - peer_us <= bound",
        "ok": many - one <= cases.DISPATCH_BOUND_NS,
    }
    for side, size in zip(("client", "server"), sessions):
        kib = size / 1024
        yield {
            "name": f"private memory of an idle session, the {side}'s", "dispatch": "none", "loop": "own",
            "value_us": None, "value_kib": round(kib, 2), "peer": "", "peer_us": None, "ratio": None,
            "bound": cases.SESSION_BOUND_KIB, "rule": "value_kib <= bound", "ok": kib <= cases.SESSION_BOUND_KIB,
        }


# ---- Markdown ----

def show_time(value):
    if value is None:
        return ""
    if value < 1:
        return f"{value * 1000:.1f} ns"
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"


def show_bound(result):
    if result["bound"] is None:
        return "none"
    bound = f"{result['bound']:g}"
    return {
        "ratio <= bound": f"<= {bound}",
        "ratio >= bound": f">= {bound}",
        "value_us - peer_us <= bound": f"<= {cases.DISPATCH_BOUND_NS} ns more",
        "value_kib <= bound": f"<= {bound} KiB",
    }[result["rule"]]


def show_row(result):
    met = {True: "met", False: "**not met**", None: ""}[result["ok"]]
    value = f"{result['value_kib']:.1f} KiB" if "value_kib" in result else show_time(result["value_us"])
    cells = [result.get("case", result["name"]), result["dispatch"], result["loop"], value, show_time(result.get("value_p99_us")), result["peer"],
             show_time(result["peer_us"]), show_time(result.get("peer_p99_us")),
             "" if result["ratio"] is None else f"{result['ratio']:.3f}", show_bound(result), met]
    return "| " + " | ".join(cells) + " |"


def table(results):
    return "\n".join([
        "| case | dispatch | loop | median, us | p99 | beside | its median, us | p99 | ratio | bound | |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *map(show_row, results)])


def curve_table(times):
    def cell(curve, size):
        return show_time(us(statistics.median(times[curve(size)])))

    heads = [f"{s // 1048576} MiB" if s >= 1048576 else f"{s // 1024} KiB" if s >= 1024 else f"{s} B" for s in cases.SIZES]
    return "\n".join([
        f"| echo, median, us | {' | '.join(heads)} |",
        "|---" * (len(heads) + 1) + "|",
        *(f"| {name} | {' | '.join(cell(curve, size) for size in cases.SIZES)} |" for name, curve in cases.CURVES)])


def crowd_table(rates):
    return "\n".join([
        f"| calls each second, with so many clients | {' | '.join(map(str, cases.CLIENTS))} |",
        "|---" * (len(cases.CLIENTS) + 1) + "|",
        *(f"| {name} | {' | '.join(f'{rates[name, n]:,.0f}' for n in cases.CLIENTS)} |" for name, _ in cases.CROWDS)])


# ---- plots ----

def plot(path, settings, lines):
    """One line for each (title, [(x, y)])."""
    blocks, parts = [], []
    for i, (title, points) in enumerate(lines):
        blocks.append(f"$line{i} << END\n" + "\n".join(f"{x} {y}" for x, y in points) + "\nEND\n")
        parts.append(f"$line{i} using 1:2 with linespoints linetype {i + 1} pointtype {i + 1} title '{title}'")
    script = (f"set terminal pngcairo noenhanced size 1200,800 font 'DejaVu Sans,11'\nset output '{path}'\nset key outside right\nset grid\n"
              + settings + "".join(blocks) + "plot " + ", ".join(parts) + "\n")
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def plot_all(folder, times, rates):
    plot(folder / "latency.png",
         "set title 'Echo: latency against payload (Wine, one core)'\nset logscale x 2\nset logscale y 10\n"
         "set xlabel 'bytes each way'\nset ylabel 'median, us'\nset format x '%.0b %BB'\n",
         [(name, [(size, us(statistics.median(times[curve(size)]))) for size in cases.SIZES]) for name, curve in cases.CURVES])
    plot(folder / "throughput.png",
         "set title 'Throughput against number of clients (Wine, one core, 16 bytes each way)'\n"
         "set xlabel 'clients, each a process'\nset ylabel 'calls each second'\nset yrange [0:*]\n",
         [(name, [(count, rates[name, count]) for count in cases.CLIENTS]) for name, _ in cases.CROWDS])


def write(folder, machine, rounds, times, crowds, sessions, dispatch):
    """Returns whether all bounds are met."""
    rates, _ = crowds
    results = [compared(case, times) for case in cases.CASES] + crowded(crowds) + list(others(sessions, dispatch))
    curves = {name: {size: us(statistics.median(times[curve(size)])) for size in cases.SIZES} for name, curve in cases.CURVES}
    throughput = {name: {count: round(rates[name, count]) for count in cases.CLIENTS} for name, _ in cases.CROWDS}
    (folder / "bench.json").write_text(json.dumps({
        "machine": machine, "rounds": rounds, "cases": results, "echo_us": curves, "calls_per_second": throughput}, indent=1) + "\n")
    failed = sum(result["ok"] is False for result in results)
    bounded = sum(result["ok"] is not None for result in results)
    text = "\n\n".join([table(results), f"{bounded - failed} of {bounded} bounds are met.", curve_table(times), crowd_table(rates),
                        f"{machine}; {rounds} rounds, measured on {time.strftime('%F')}."]) + "\n"
    (folder / "transport.md").write_text(text)
    print(text)
    plot_all(folder, times, rates)
    return failed == 0
