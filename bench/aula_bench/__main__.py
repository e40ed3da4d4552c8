"""`make bench` and `make bench-smoke`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
import unittest
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aula_local import install, toolchain
from aula_local.build import build
from aula_local.paths import Problem
from aula_local.supervisor import Interrupted, Supervisor, say

from . import answers, machine, method, peers, profile, report, run, starts
from .places import BENCH, RESULTS, STATE
from .registry import KEYS, WORKLOADS, run_one
from .run import SMOKE, Plan
from .world import World, forget_data_of_another_seed, forget_engines_of_ones_own

SMOKE_WORKLOADS = ["1", "2", "3", "4B", "9"]


async def in_world(found: toolchain.Toolchain, work: Callable[[World], Awaitable[int]]) -> int:
    async with Supervisor(STATE) as supervisor:
        try:
            world = World(supervisor, found)
            await world.start_engines()
            await world.prepare_data()
            supervisor.set_phase("ready")
            return await until_ended(supervisor, work(world))
        except Interrupted:
            return 130


async def profile_all(world: World, keys: list[str], side: str) -> int:
    for key in filter(WORKLOADS.__contains__, keys):
        await profile.profile(world, WORKLOADS[key](world), side)
        await stop_everything_but_engines(world)
    return 0


async def until_ended(supervisor: Supervisor, work: Any) -> int:
    """Ctrl-C ends the work; what it started stops with the supervisor."""
    task, ending = asyncio.ensure_future(work), asyncio.ensure_future(supervisor.ending.wait())
    await asyncio.wait({task, ending}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if not task.done():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return 130
    return task.result()


async def run_all(world: World, keys: list[str], plan: Plan, other: Path | None = None) -> int:
    begun = time.monotonic()
    result: dict[str, Any] = {
        "when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "machine": machine.describe(),
        "verdict": plan.verdict,
        "plan": vars(plan),
        "workloads": [],
    }
    for key in keys:
        found = await run_one(world, key, plan, other)
        if key == "8":
            await stop_everything_but_engines(world)
            found["facts"] = [*found.get("facts", []), *await starts.measure(world)]
        result["workloads"].append(found)
        report.keep(result, RESULTS)  # after each, so that what was measured is there whatever comes
        if not plan.keep_peers or key == keys[-1]:
            await stop_everything_but_engines(world)
    say("\n" + report.table(result))
    say(f"Done in {time.monotonic() - begun:.0f} s: {RESULTS}/table.md, result.json and plot.svg")
    return 0


async def stop_everything_but_engines(world: World) -> None:
    """Each workload begins with the same things running."""
    keep = {program.name for program in world.instance.engines.programs}
    await world.stop(*(name for name in reversed(list(world.supervisor.children)) if name not in keep))


def prepare() -> toolchain.Toolchain:
    if machine.CORES < 2:
        raise Problem("The benchmarks need two cores: one for the server, one for its load and database.")
    found = toolchain.find()
    install.install(found)
    build(found)
    peers.build_all(found)
    return found


def keys_of(text: str) -> list[str]:
    keys = [key.strip().upper().removeprefix("W") for key in text.split(",") if key.strip()] or KEYS
    if unknown := [key for key in keys if key not in KEYS]:
        raise argparse.ArgumentTypeError(f"no workload is called {', '.join(unknown)}; there are {', '.join(KEYS)}")
    return keys


def test() -> int:
    """The harness's own tests: no server, no engine."""
    suite = unittest.defaultTestLoader.discover(str(BENCH / "tests"), top_level_dir=str(BENCH))
    return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Benchmarks of Aula with peers; see bench/README.md.")
    parser.add_argument("command", choices=["run", "smoke", "profile", "build", "test"])
    parser.add_argument("--workloads", type=keys_of, default=KEYS, help="such as 1,3; all when absent")
    parser.add_argument("--pairs", type=int, help="pairs of slices for each comparison; 15 when absent")
    parser.add_argument("--seconds", type=float, help="length of a slice; 10 when absent")
    parser.add_argument("--side", default="", help="whom to profile: ours when absent, or a peer on the JVM")
    parser.add_argument("--before", type=Path, help="a built checkout of another commit: beside that build, and no peers")
    parser.add_argument("--where-possible", action="store_true", help="leave everything out where Go or a second core is missing, and say so")
    arguments = parser.parse_args()
    if arguments.command == "test":
        return test()
    if sys.version_info < (3, 12):
        # No threads beside ours: we fork with a function that runs before exec.
        asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    if arguments.where_possible and not (peers.has_go() and machine.CORES >= 2):
        print("Left out: peers and their load need Go 1.26 and two cores, and not both are here.")
        return 0
    try:
        forget_engines_of_ones_own()
        forget_data_of_another_seed()
        found = prepare()
        if arguments.command == "build":
            return 0
        if arguments.command == "profile":
            return asyncio.run(in_world(found, lambda world: profile_all(world, arguments.workloads, arguments.side)))
        smoke = arguments.command == "smoke"
        keys = SMOKE_WORKLOADS if smoke and arguments.workloads == KEYS else arguments.workloads
        plan = run.resized(SMOKE if smoke else Plan(), arguments.pairs, arguments.seconds)
        other = arguments.before and arguments.before.absolute()
        return asyncio.run(in_world(found, lambda world: run_all(world, keys, plan, other)))
    except (Problem, answers.Different, method.FailedSlice) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except (Interrupted, KeyboardInterrupt):
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
