"""What came out, as a table, as JSON and as a plot."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from .figures import Ratio
from .method import Pairs

WIDTH, ROW, LEFT, RIGHT = 860, 26, 300, 40


def middle(values: Sequence[float]) -> float:
    return round(statistics.median(values), 3) if values else 0.0


def interval(ratio: Ratio | None) -> str:
    return f"{ratio.median:.2f} ({ratio.low:.2f}–{ratio.high:.2f})" if ratio else "no pair was quiet"


def interval_of(found: dict[str, float] | None) -> str:
    return f"{found['median']:.2f} ({found['low']:.2f}–{found['high']:.2f})" if found else "–"


def kept(pairs: Pairs) -> str:
    text = f"{len(pairs.kept)} pairs"
    text += f", {pairs.noisy} dropped for noise" if pairs.noisy else ""
    return text + (f", {pairs.void} void: {pairs.first_error}" if pairs.void else "")


def micros(cpu: dict[str, float]) -> str:
    return " + ".join(f"{role} {value:.0f}" for role, value in cpu.items()) or "–"


def compiling(share: float) -> str:
    return f" ({share:.0%} of the first compiling)" if share >= 0.01 else ""


def latency(found: dict[str, float]) -> str:
    return f"{found['p50']:.1f} / {found['p99']:.1f}" if "p99" in found else f"{found['mean']:.1f} mean" if found else "–"


def table(result: dict[str, Any]) -> str:
    """Markdown, to read as it is and to put into bench/README.md."""
    lines = [head(result)]
    for workload in result["workloads"]:
        lines += [f"\n### W{workload['workload']}: {workload['title']}\n"]
        if workload.get("control"):
            good = "good" if workload["control"]["good"] else "NOT within 0.95–1.05: believe nothing below"
            lines.append(f"A/A control {interval_of(workload['control']['ratio'])}: {good}\n")
        if workload["rows"]:
            lines += [
                "| peer | CPU ours ÷ peer's, 95 % | of all processes | µs/request ours | µs/request peer | ms p50 / p99 ours | peer | pairs (dropped) |",
                "|---|---|---|---|---|---|---|---|",
                *map(row, workload["rows"]),
            ]
        lines += counts(workload.get("counts", {}))
        lines += [f"- {one}" for one in workload.get("facts", [])]
        lines += aims(workload)
    return "\n".join(lines) + "\n"


def head(result: dict[str, Any]) -> str:
    machine = result["machine"]
    text = f"{result['when']}: {machine['cpu']}, {machine['cores']} cores, {machine['memory']}, {machine['kernel']}"
    plan = result["plan"]
    text += f"; {plan['pairs']} pairs of slices of {plan['slice_seconds']:g} s"
    return text if result["verdict"] else f"{text}\n\n**A short run that shows that the harness works. Its figures mean nothing.**"


def row(found: dict[str, Any]) -> str:
    pairs = found["pairs"]
    cells = [
        f"{found['peer']}: {found['note']}",
        interval_of(found["ratio"]),
        interval_of(found["ratio_of_all"]),
        micros(found["cpu_micros"]["ours"]) + compiling(found["compiling"]["ours"]),
        micros(found["cpu_micros"]["peer"]) + compiling(found["compiling"]["peer"]),
        latency(found["latency_ms"]["ours"]),
        latency(found["latency_ms"]["peer"]),
        f"{pairs['kept']} ({pairs['dropped_for_noise']} noise, {pairs['void']} void)",
    ]
    return "| " + " | ".join(cells) + " |"


def counts(found: dict[str, dict[str, float]]) -> list[str]:
    if not found:
        return []
    names = ["grpc_calls", "statements", "transaction_control", "bytes_in", "bytes_out", "allocated_bytes"]
    lines = [
        "\n| of one request | gRPC calls | SQL statements | BEGIN, COMMIT, `set_config` | bytes answered | bytes sent | bytes allocated by the server |",
        "|---|---|---|---|---|---|---|",
    ]
    for side, values in found.items():
        cells = [number(values.get(name), decimals=name in names[:3]) for name in names]
        lines.append(f"| {side} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def number(value: float | None, decimals: bool) -> str:
    return "–" if value is None else f"{value:.1f}" if decimals else f"{value:.0f}"


def aims(workload: dict[str, Any]) -> list[str]:
    words = {True: "met", False: "NOT met", None: "not measured"}
    return [f"- {one['peer']}, {aim['text']}: {words[aim['met']]}" for one in workload["rows"] for aim in one["aims"]]


def plot(result: dict[str, Any]) -> str:
    """Each comparison as its median with its interval, on a scale of powers of two around 1."""
    rows = [
        (f"W{workload['workload']} {one['peer']}", one["ratio"], one["aims"])
        for workload in result["workloads"]
        for one in workload["rows"]
        if one["ratio"]
    ]
    height = ROW * (len(rows) + 3)
    title = "CPU of a request: ours ÷ the peer's. Left of 1 is cheaper"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/><text x="10" y="18" font-weight="bold">{title}</text>',
    ]
    for power in range(-4, 5):
        x = place(2.0**power)
        label = f"{2.0**power:g}"
        shade = "#333" if power == 0 else "#ddd"
        parts.append(f'<line x1="{x:.1f}" y1="{ROW * 1.6:.0f}" x2="{x:.1f}" y2="{height - 8}" stroke="{shade}"/>')
        parts.append(f'<text x="{x:.1f}" y="{ROW * 1.4:.0f}" text-anchor="middle" fill="#555">{label}</text>')
    for number, (name, ratio, row_aims) in enumerate(rows):
        y = ROW * (number + 2.3)
        parts += bar(name, ratio, row_aims, y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def bar(name: str, ratio: dict[str, float], row_aims: list[dict[str, Any]], y: float) -> list[str]:
    low, high, at = place(ratio["low"]), place(ratio["high"]), place(ratio["median"])
    parts = [
        f'<text x="10" y="{y + 4:.1f}">{escape(name)}</text>',
        f'<text x="{LEFT - 12}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{ratio["median"]:.2f}</text>',
        f'<line x1="{low:.1f}" y1="{y:.1f}" x2="{high:.1f}" y2="{y:.1f}" stroke="#2a6fb0" stroke-width="3"/>',
        f'<circle cx="{at:.1f}" cy="{y:.1f}" r="5" fill="#2a6fb0"/>',
    ]
    for aim in row_aims:
        x = place(aim["most"])
        parts.append(f'<line x1="{x:.1f}" y1="{y - 9:.1f}" x2="{x:.1f}" y2="{y + 9:.1f}" stroke="#c33" stroke-width="2"/>')
    return parts


def place(ratio: float) -> float:
    """Where a ratio lies, from 1/16 to 16."""
    power = max(-4.0, min(4.0, math.log2(max(ratio, 1e-9))))
    return LEFT + (power + 4) / 8 * (WIDTH - LEFT - RIGHT)


def keep(result: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    (folder / "table.md").write_text(table(result))
    (folder / "plot.svg").write_text(plot(result))
