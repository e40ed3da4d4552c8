"""All workloads by their keys, in the order in which they run. `WORKLOADS` are those with a loop of requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import before, bulk, quizzes, run
from .workloads import WORKLOADS as WITH_REQUESTS
from .world import World

WORKLOADS = {**WITH_REQUESTS, "4B": quizzes.submit}
KEYS = sorted([*WORKLOADS, "9"])


async def run_one(world: World, key: str, plan: run.Plan, other: Path | None = None) -> dict[str, Any]:
    """`other` is a checkout whose build takes the place of all peers; W9 has no such side."""
    if key not in WORKLOADS:
        return await bulk.measure(world, plan)
    workload = WORKLOADS[key](world)
    return await run.run_workload(world, before.beside(workload, other) if other else workload, plan)
