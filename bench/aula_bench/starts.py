"""How long everything takes to start and what memory it has then: in one JVM, and in one each. A Spring peer beside it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from aula_local import commands, warm
from aula_local.child import Program
from aula_local.paths import ROOT
from aula_local.probes import accepts, http_status

from . import machine
from .places import STATE
from .world import World

MESH_AIM = (6.0, 700)
ALONE_AIM = (10.0, 2_500)


async def measure(world: World) -> list[str]:
    """Facts for the table. These may use both cores, as `make run` does."""
    one = {"services": ("org.aula.local.Mesh", "bff", "/healthz")}
    each = {name: (f"org.aula.{name}.{name.capitalize()}", name, "") for name in [*commands.SERVICES, "bff"]}
    facts = []
    for what, mains, aim in (("everything in one JVM", one, MESH_AIM), (f"{len(each)} programs, one JVM each", each, ALONE_AIM)):
        cold = await started(world, [unpinned(world, name, *main, plain) for name, main in mains.items()])
        await started(world, [unpinned(world, name, *main, warm.learning) for name, main in mains.items()])
        cached = await started(world, [unpinned(world, name, *main, warm.warm) for name, main in mains.items()])
        facts += [f"{what}, as built: {told(cold)}", fact(f"{what}, after `make warm`", cached, aim)]
    for name in each:
        warm.cache(name).unlink()  # a hundred megabytes each
    spring = await started(world, [world.programs.spring_peer("spring_bare", checks=False)])
    return [*facts, f"one Spring program with parts of three services, as built: {told(spring)}"]


def plain(_: str, java: list[str]) -> list[str]:
    return java


@dataclass(frozen=True)
class Start:
    """`memory_mb` counts shared pages once; `cpu` is what each kind of thread had used when the last program answered."""

    seconds: float
    memory_mb: float
    cpu: Counter[str]


def fact(what: str, found: Start, aim: tuple[float, int]) -> str:
    met = "met" if found.seconds <= aim[0] and found.memory_mb <= aim[1] else "not met"
    return f"{what}: {told(found)} (aim {aim[0]:.0f} s, {aim[1]} MB: {met})"


def told(found: Start) -> str:
    total = max(found.cpu.total(), 0.01)
    most = ", ".join(f"{name} {seconds / total:.0%}" for name, seconds in found.cpu.most_common(3))
    return f"{found.seconds:.1f} s, {found.memory_mb:.0f} MB, {total:.1f} s of CPU ({most})"


def unpinned(world: World, name: str, main: str, port: str, path: str, start: Callable[[str, list[str]], list[str]]) -> Program:
    programs, at = world.programs, world.ports[port]
    java = [world.toolchain.java, "@local/jvm.options", "-cp", programs.jars, main]

    async def ready() -> bool:
        return await http_status(at, path) == 200 if path else await accepts(at)

    return Program(
        name, at, f"http://127.0.0.1:{at}", STATE.logs / f"{name}.log", command=lambda: start(name, java), ready=ready, directory=ROOT,
        environment={**world.toolchain.environment(), **programs.environment}, stop_seconds=warm.WRITING_SECONDS, ready_seconds=120,
    )  # fmt: skip


async def started(world: World, programs: list[Program]) -> Start:
    """All at once."""
    names = [program.name for program in programs]
    await world.stop(*names)
    begun = time.monotonic()
    await world.start(*programs)
    seconds = time.monotonic() - begun
    memory = sum(world.memory_mb(name) for name in names)
    cpu = sum((machine.cpu_of_threads(pid) for name in names if (pid := world.pid(name))), Counter())
    await world.stop(*names)
    return Start(seconds, memory, cpu)
