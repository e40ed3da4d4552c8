"""All workloads by their keys, in the order in which they run. `WORKLOADS` are those with a loop of requests."""

from __future__ import annotations

from typing import Any

from . import bulk, quizzes, run
from .workloads import WORKLOADS as WITH_REQUESTS
from .world import World

WORKLOADS = {**WITH_REQUESTS, "4B": quizzes.submit}
KEYS = sorted([*WORKLOADS, "9"])


async def run_one(world: World, key: str, plan: run.Plan) -> dict[str, Any]:
    return await (run.run_workload(world, WORKLOADS[key](world), plan) if key in WORKLOADS else bulk.measure(world, plan))
