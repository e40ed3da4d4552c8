"""All workloads by their keys, in the order in which they run."""

from __future__ import annotations

from typing import Any

from . import bulk, quizzes, run
from .workloads import WORKLOADS as WITH_REQUESTS
from .world import World

LOADS = {**WITH_REQUESTS, "4B": quizzes.submit}
KEYS = sorted([*LOADS, "9"])


async def run_one(world: World, key: str, plan: run.Plan) -> dict[str, Any]:
    return await (run.run_workload(world, LOADS[key](world), plan) if key in LOADS else bulk.measure(world, plan))
