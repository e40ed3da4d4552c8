"""Where the CPU of a side goes: its server, on the JVM, under JDK Flight Recorder while a workload's requests come at the rate at which
they are measured.

Tables as `jfr view` makes them say which methods are hot and what allocates; the table of shares says how much of the time was
spent below which part of the program. A profile explains a figure; it is none, since recording costs something itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from aula_local.paths import Problem
from aula_local.supervisor import say

from . import load, machine, run
from .load import Amount
from .places import BENCH, LOAD_CORE, RESULTS
from .sides import LoadSide
from .workloads import Workload
from .world import World

SECONDS = 30  # or until the requests give out that can be sent once only
VIEWS = ("hot-methods", "allocation-by-class", "allocation-by-site")
# The first of these that a stack passes through from its top is what the sample is counted for.
PARTS = {
    "logging": ("ch.qos.logback", "org.slf4j", "net.logstash"),
    "metrics": ("io.micrometer",),
    "token and rights": ("com.nimbusds", "org.aula.kernel.call", "org.aula.kernel.token", "org.aula.kernel.server.Access", "org.aula.kernel.server.Caller"),
    "validation": ("build.buf.protovalidate", "dev.cel", "org.aula.kernel.server.Validation"),
    "Redis": ("io.lettuce", "org.aula.kernel.redis"),
    "JDBC driver": ("org.postgresql", "com.zaxxer"),
    "Micronaut Data": ("io.micronaut.data", "org.aula.kernel.postgres"),
    "GraphQL engine": ("graphql.",),
    "JSON": ("tools.jackson", "com.fasterxml", "com.google.gson"),
    "protobuf": ("com.google.protobuf", "org.aula.api."),
    "gRPC and netty": ("io.grpc", "io.netty"),
    "HTTP server": ("io.micronaut",),
    "Spring": ("org.springframework",),
    "our code": ("org.aula",),
}


async def profile(world: World, workload: Workload, name: str) -> None:
    """Of the side with this name; of ours when it is empty."""
    side = side_of(workload, name)
    await world.start(*(world.programs.service(service, LOAD_CORE) for service in workload.shared))
    if workload.prepare:
        await workload.prepare()
    await side.start()
    await run.warm_up(side, workload.warm_up)
    rate = await run.rate_for(side)
    server = side.roles[side.server][0]
    file = RESULTS / f"w{workload.key}-{server}.jfr"
    RESULTS.mkdir(parents=True, exist_ok=True)
    await jcmd(world, server, "JFR.start", "name=bench", f"settings={BENCH}/profile.jfc")
    before = machine.cpu_of_threads(world.pid(server))
    done = await side.slice(Amount(seconds=SECONDS, rate=rate))
    threads = machine.cpu_of_threads(world.pid(server)) - before
    await jcmd(world, server, "JFR.dump", "name=bench", f"filename={file}")
    await jcmd(world, server, "JFR.stop", "name=bench")
    costs = ", ".join(f"{role} {done.micros(role):.0f} µs" for role in done.cpu)
    say(f"\nW{workload.key}: {workload.title}: {done.ok / done.seconds:.0f} requests/s of {server}; of each request {costs}\n")
    jfr = f"{world.toolchain.java_home}/bin/jfr"
    for view in VIEWS:
        say(await load.output_of([jfr, "view", "--width", "140", view, str(file)]))
    samples = json.loads(await load.output_of([jfr, "print", "--json", "--stack-depth", "128", "--events", "jdk.ExecutionSample", str(file)]))
    say(table("samples", shares(Counter(part_of(stack) for stack in stacks_of(samples)))))
    # What samples do not see: the JVM's own threads, and time in the kernel.
    say("\n" + table("CPU", shares(threads)))
    say(f"\nThe recording: {file}")


def side_of(workload: Workload, name: str) -> LoadSide:
    sides = [workload.ours, *(one.peer for one in workload.comparisons if isinstance(one.peer, LoadSide))]
    if found := next((one for one in sides if name in ("", one.name)), None):
        return found
    raise Problem(f"W{workload.key} has no side {name!r}; it has {', '.join(one.name for one in sides)}.")


async def jcmd(world: World, server: str, *command: str) -> None:
    await load.output_of([f"{world.toolchain.java_home}/bin/jcmd", str(world.pid(server)), *command])


def stacks_of(recording: dict[str, Any]) -> Iterable[list[str]]:
    """Each sample's methods, the running one first."""
    for event in recording["recording"]["events"]:
        frames = (event["values"].get("stackTrace") or {}).get("frames", [])
        yield [f"{frame['method']['type']['name'].replace('/', '.')}.{frame['method']['name']}" for frame in frames]


def part_of(stack: list[str]) -> str:
    return next((part for method in stack for part, starts in PARTS.items() if method.startswith(starts)), "the JDK's own threads")


def shares(found: Counter[str]) -> list[tuple[str, float]]:
    return [(part, count / found.total()) for part, count in found.most_common()]


def table(of: str, found: list[tuple[str, float]]) -> str:
    return "\n".join([f"share of {of:<8}   part", *(f"{share:16.1%}   {part}" for part, share in found if share >= 0.001)])
