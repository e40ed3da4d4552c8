"""What is compared: each side is something that takes load, with the processes whose CPU is its cost."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aula_local.child import Program

from . import answers, load, machine
from .answers import Normalise
from .learners import Learners
from .load import Amount, Done
from .method import Slice
from .places import SERVER_CORE, WORK
from .world import LEARNER, World


@dataclass
class Side:
    """`roles` are processes by what they do; the first one is what the side is: its server."""

    name: str
    world: World
    roles: dict[str, list[str]]
    programs: list[Program] = field(default_factory=list)
    before_slice: Callable[[], Awaitable[None]] | None = None
    # Whether its programs have been warmed up since they were started.
    warm: bool = False

    @property
    def server(self) -> str:
        return next(iter(self.roles))

    async def start(self) -> None:
        await self.world.start(*self.programs)

    async def stop(self) -> None:
        await self.world.stop(*(program.name for program in self.programs))
        self.warm = False

    async def send(self, amount: Amount) -> Done:
        raise NotImplementedError

    async def slice(self, amount: Amount) -> Slice:
        """One stretch of load with what it cost."""
        if self.before_slice:
            await self.before_slice()
        await self.world.token()  # now, so that no login falls into the slice
        pids = self.world.pids(self.roles)
        servers = pids[self.server]
        compiled = sum(map(machine.compiling, servers))
        before = machine.moment(time.monotonic(), pids)
        done = await self.send(amount)
        after = machine.moment(time.monotonic(), pids)
        compiled = sum(map(machine.compiling, servers)) - compiled
        cpu = {role: after.of[role] - before.of[role] for role in pids}
        cpu |= self.own_cpu(before, after, cpu)
        return Slice(
            done.ok, done.errors, cpu, machine.foreign(before, after), done.seconds, done.first_error, done.latency_ms,
            compiled / max(cpu[self.server], 0.01),
        )  # fmt: skip

    def own_cpu(self, before: machine.Moment, after: machine.Moment, known: dict[str, float]) -> dict[str, float]:
        """CPU of a role that lives no longer than the slice."""
        return {}


@dataclass
class LoadSide(Side):
    """A server that the load generator calls."""

    kind: str = "grpc"
    target: str = ""
    method: str = ""
    requests: Path = Path()
    normalise: Normalise = answers.without(frozenset())
    once: bool = False
    connections: int = 4
    workers: int = 16
    # Whose token a request takes: the demo's student's, another account's, or that of its own learner.
    caller: str = LEARNER
    learners: Learners | None = None

    async def _options(self, requests: Path) -> list[str]:
        method = ["-method", self.method] if self.method else []
        header = (
            self.learners.options()
            if self.learners
            else ["-header", f"authorization: Bearer {await self.world.token(self.caller)}"]
        )
        target = ["-kind", self.kind, "-target", self.target, "-connections", str(self.connections)]
        return [*target, *method, *header, "-workers", str(self.workers), "-requests", str(requests)]

    async def send(self, amount: Amount) -> Done:
        options = await self._options(self.requests)
        for name, value in (("count", amount.count), ("seconds", amount.seconds), ("rate", amount.rate)):
            options += [f"-{name}", str(value)] if value else []
        options += ["-once"] if self.once else []
        return load.parse_load(await load.output_of(self.world.programs.load_command(*options)))

    async def answers(self, requests: Path) -> list[str]:
        """What it says to each of these requests, so that it can be compared."""
        path = WORK / f"{self.name}.answers"
        options = [*await self._options(requests), "-answers", str(path)]
        await load.output_of(self.world.programs.load_command(*options))
        # A server may end its document with a line's end; the generator ends it with one of its own.
        lines = filter(None, path.read_text().split("\n"))
        return [answers.canonical(line, self.normalise) for line in lines]


@dataclass
class PgbenchSide(Side):
    """The same data by SQL alone. pgbench stands in the server's place, on its core."""

    script: Path = Path()
    _client: float = 0.0

    async def send(self, amount: Amount) -> Done:
        before = machine.cpu_of_children()
        done = await self.world.pgbench(self.script, amount, SERVER_CORE)
        self._client = machine.cpu_of_children() - before
        return done

    def own_cpu(self, before: machine.Moment, after: machine.Moment, known: dict[str, float]) -> dict[str, float]:
        return {"client": self._client}


@dataclass
class Counts:
    """Of one request, on average."""

    grpc_calls: float | None = None
    statements: float | None = None
    transaction_control: float | None = None
    bytes_in: float | None = None
    bytes_out: float | None = None
    allocated_bytes: float | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


async def count(side: LoadSide, requests: int) -> Counts:
    """What a request costs in things that can be counted. The calls that the harness itself makes are none of the
    contract's, so that nothing has to be taken away."""
    world = side.world
    if side.before_slice:
        await side.before_slice()
    await world.token()
    await world.count_statements(True)
    server = side.roles[side.server][0]
    before = await world.grpc_calls(), await world.statements(), await world.allocated(server)
    done = await side.send(Amount(count=requests))
    after = await world.grpc_calls(), await world.statements(), await world.allocated(server)
    await world.count_statements(False)
    each = max(done.ok, 1)
    allocated = (after[2] - before[2]) / each if before[2] is not None and after[2] is not None else None
    return Counts(
        grpc_calls=(after[0] - before[0]) / each,
        statements=(after[1][0] - before[1][0]) / each,
        transaction_control=(after[1][1] - before[1][1]) / each,
        bytes_in=done.bytes_in / each,
        bytes_out=done.bytes_out / each,
        allocated_bytes=allocated,
    )
