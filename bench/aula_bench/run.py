"""Runs workloads: compares answers, counts, finds the rate, warms up, measures pairs, and keeps what came out."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from aula_local.supervisor import say

from . import answers, figures, method, report, sides
from .load import Amount
from .method import Pairs, Slice
from .places import LOAD_CORE
from .sides import LoadSide, PgbenchSide, Side
from .workloads import Aim, Comparison, Workload
from .world import World

# Half of what the slower side does, and never so much that the generator on the other core is what gives out.
LOAD_SHARE = 0.5
LEAST_RATE = 20.0
CAPACITY_SECONDS = 5.0


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    pairs: int = 15
    slice_seconds: float = 10.0
    counted_share: float = 1.0
    gate: float = method.GATE
    control: bool = True
    verdict: bool = True
    # Whether peers go on running for the next workload: saves their start, costs quiet.
    keep_peers: bool = False


# Answers, counts and one short slice of each: enough to see that it works, and nothing that says how fast.
SMOKE = Plan(slice_seconds=0.5, counted_share=0.05, control=False, verdict=False, keep_peers=True)


async def run_workload(world: World, workload: Workload, plan: Plan) -> dict[str, Any]:
    say(f"\nW{workload.key}: {workload.title}")
    await world.start(*(world.programs.service(name, LOAD_CORE) for name in workload.shared))
    if workload.prepare:
        await workload.prepare()
    await workload.ours.start()
    if workload.through_envoy:
        await world.start_envoy()  # last, so that it finds who it asks
    started = time.monotonic()
    found: dict[str, Any] = {"workload": workload.key, "title": workload.title, "rows": [], "counts": {}}
    found["counts"][workload.ours.name] = (await counted(workload, workload.ours, plan)).as_json()
    try:
        if plan.control:
            found["control"] = await control(workload, plan)
        for comparison in workload.comparisons:
            found["rows"].append(await run_comparison(workload, comparison, plan, found["counts"]))
    finally:
        if not plan.keep_peers:
            await workload.ours.stop()
    if workload.facts and plan.verdict:
        found["facts"] = workload.facts(found)
    found["seconds"] = time.monotonic() - started
    return found


async def counted(workload: Workload, side: LoadSide, plan: Plan) -> sides.Counts:
    """After some requests, so that statements are prepared and nothing is loaded for the first time."""
    if side.before_slice:
        await side.before_slice()
    requests = int(workload.counted * plan.counted_share)
    await side.send(Amount(count=requests // 2))
    return await sides.count(side, requests)


async def control(workload: Workload, plan: Plan) -> dict[str, Any]:
    """Ours against itself: whether the machine and the method can be believed today."""
    pairs, _ = await measure(workload, workload.ours, workload.ours, plan)
    return control_of(pairs, pairs.ratio(workload.ours.server, workload.ours.server))


def control_of(pairs: Pairs, ratio: figures.Ratio | None) -> dict[str, Any]:
    """What pairs of one side with itself say, by the figure that the rows are about."""
    say(f"  A/A control: {report.interval(ratio)}  {report.kept(pairs)}")
    return {"ratio": ratio and ratio.as_json(), "good": figures.is_control(ratio), "pairs": pairs.as_json()}


async def run_comparison(workload: Workload, comparison: Comparison, plan: Plan, counts: dict[str, Any]) -> dict[str, Any]:
    ours, peer = workload.ours, comparison.peer
    await peer.start()
    try:
        compared = await compare_answers(workload, peer)
        if isinstance(peer, LoadSide):
            counts[peer.name] = (await counted(workload, peer, plan)).as_json()
        pairs, rate = await measure(workload, ours, peer, plan)
    finally:
        of_ours = {program.name for program in ours.programs}
        if not plan.keep_peers and not any(program.name in of_ours for program in peer.programs):
            await peer.stop()
    row = row_of(ours, peer, pairs, comparison.aims if plan.verdict else [])
    ratio = report.interval(pairs.ratio(ours.server, row["peer_role"]))
    say(f"  {peer.name:<14} {ratio}  {report.kept(pairs)}  {compared} answers equal, {rate:.0f} requests/s")
    return {**row, "note": comparison.note, "compared": compared, "rate": rate}


async def compare_answers(workload: Workload, peer: Side) -> int:
    """Answers of the first requests, the same from both; nothing to compare with what only sends bytes or SQL."""
    ours = workload.ours
    if not isinstance(peer, LoadSide) or peer.name == "echo":
        return 0
    lists = []
    for side in (ours, peer):
        if side.before_slice:
            await side.before_slice()
        head = side.requests.read_text().splitlines(keepends=True)[: workload.compared]
        some = side.requests.with_suffix(".compared")
        some.write_text("".join(head))
        told = await side.answers(some)
        lists.append([*told, await side.world.sql(workload.written)] if workload.written else told)
    return answers.require_equal(ours.name, lists[0], peer.name, lists[1])


async def measure(workload: Workload, ours: Side, peer: Side, plan: Plan) -> tuple[Pairs, float]:
    if not plan.verdict:
        return await glance(ours, peer, plan), LEAST_RATE
    for side in (ours, peer):
        await warm_up(side, workload.warm_up)
    rate = await rate_for(ours, peer)
    amount = Amount(seconds=plan.slice_seconds, rate=rate)
    pairs = await method.compare(slices_of(ours, amount), slices_of(peer, amount), plan.pairs, plan.gate)
    return pairs, rate


async def warm_up(side: Side, count: int) -> None:
    """Once for each start of a side."""
    if side.warm:
        return
    costs = await method.warm_up(slices_of(side, Amount(count=count)))
    steady = "" if figures.is_steady(costs) else ", NOT steady"
    say(f"  {side.name} warmed up in {len(costs)} slices: {costs[0]:.0f} to {costs[-1]:.0f} µs/request{steady}")
    side.warm = True


async def rate_for(*sides: Side) -> float:
    """Half of what the slowest of them does."""
    capacities = [await side.slice(Amount(seconds=CAPACITY_SECONDS)) for side in sides]
    for one in capacities:
        if one.is_void:
            raise method.FailedSlice(f"an error while the capacity was measured: {one.first_error}")
    return round(max(LEAST_RATE, LOAD_SHARE * min(one.ok / one.seconds for one in capacities)), 1)


async def glance(ours: Side, peer: Side, plan: Plan) -> Pairs:
    """One cold slice of each at a low rate, whoever else uses the machine."""
    amount, pairs = Amount(seconds=plan.slice_seconds, rate=LEAST_RATE), Pairs()
    pairs.add(await ours.slice(amount), await peer.slice(amount), gate=math.inf)
    if pairs.void:
        raise method.FailedSlice(f"an error of {ours.name} or {peer.name}: {pairs.first_error}")
    return pairs


def slices_of(side: Side, amount: Amount) -> Callable[[], Any]:
    async def run() -> Slice:
        return await side.slice(amount)

    return run


def row_of(ours: Side, peer: Side, pairs: Pairs, aims: list[Aim]) -> dict[str, Any]:
    """The primary figure is the server's CPU; of a peer without a server, all that it costs."""
    peer_role = peer.server if not isinstance(peer, PgbenchSide) else "client"
    primary, whole = pairs.ratio(ours.server, peer_role), pairs.ratio_of_all()
    ratios = {ours.server: primary, "all": whole}
    return {
        "peer": peer.name,
        "peer_role": peer_role,
        "ratio": primary and primary.as_json(),
        "ratio_of_all": whole and whole.as_json(),
        "cpu_micros": {"ours": medians([a for a, _ in pairs.kept]), "peer": medians([b for _, b in pairs.kept])},
        "compiling": compiling(pairs),
        "latency_ms": {"ours": latencies([a for a, _ in pairs.kept]), "peer": latencies([b for _, b in pairs.kept])},
        "pairs": pairs.as_json(),
        "aims": [verdict(aim, ratios.get(aim.of)) for aim in aims],
    }


def verdict(aim: Aim, ratio: figures.Ratio | None) -> dict[str, Any]:
    """Met only when the whole interval is below."""
    return {"text": aim.text, "most": aim.most, "met": ratio and ratio.high <= aim.most}


def compiling(pairs: Pairs) -> dict[str, float]:
    """What share of its CPU each side's server still spent on its compilers."""
    ours, theirs = [a.compiling for a, _ in pairs.kept], [b.compiling for _, b in pairs.kept]
    return {"ours": report.middle(ours), "peer": report.middle(theirs)}


def medians(slices: list[Slice]) -> dict[str, float]:
    roles = slices[0].cpu if slices else {}
    return {role: report.middle([one.micros(role) for one in slices]) for role in roles}


def latencies(slices: list[Slice]) -> dict[str, float]:
    names = slices[0].latency_ms if slices else {}
    return {name: report.middle([one.latency_ms[name] for one in slices if name in one.latency_ms]) for name in names}


def resized(plan: Plan, pairs: int | None, seconds: float | None) -> Plan:
    """A plan with other numbers, where they are given."""
    return replace(plan, pairs=pairs or plan.pairs, slice_seconds=seconds or plan.slice_seconds)


def as_text(result: dict[str, Any]) -> str:
    return json.dumps(result, indent=2, ensure_ascii=False) + "\n"
