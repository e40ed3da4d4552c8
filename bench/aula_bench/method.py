"""The method: warm-up by count, slices in the order A B B A, the gate for foreign CPU, pairs and their ratios."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from . import figures
from .figures import Ratio

GATE = 0.05
# Pairs that are tried for one that is wanted: a machine that is never quiet ends the run, honestly short.
MAX_TRIES = 2
MAX_WARM_UPS = 40
# Of a server's CPU in a slice of its warm-up: a JVM on one core compiles behind its work, long after that has become steady.
MAX_COMPILING = 0.05


@dataclass(frozen=True)
class Slice:
    """What one stretch of load cost. `cpu` is in seconds, by role; `compiling` is the share that the server's own compilers had in
    its."""

    ok: int
    errors: int
    cpu: dict[str, float]
    foreign: float
    seconds: float
    first_error: str = ""
    latency_ms: dict[str, float] = field(default_factory=dict)
    compiling: float = 0.0

    @property
    def is_void(self) -> bool:
        return self.errors > 0 or self.ok == 0

    def micros(self, role: str) -> float:
        return self.cpu[role] / self.ok * 1e6

    def total_micros(self) -> float:
        return sum(self.cpu.values()) / self.ok * 1e6


@dataclass
class Pairs:
    """Slices of both sides, side by side in time."""

    kept: list[tuple[Slice, Slice]] = field(default_factory=list)
    noisy: int = 0
    void: int = 0
    first_error: str = ""

    def add(self, a: Slice, b: Slice, gate: float = GATE) -> None:
        if a.is_void or b.is_void:
            self.void += 1
            self.first_error = self.first_error or a.first_error or b.first_error
        elif max(a.foreign, b.foreign) > gate:
            self.noisy += 1
        else:
            self.kept.append((a, b))

    def ratio(self, role_a: str, role_b: str) -> Ratio | None:
        return figures.ratio([a.micros(role_a) / b.micros(role_b) for a, b in self.kept if b.micros(role_b) > 0])

    def ratio_of_all(self) -> Ratio | None:
        return figures.ratio([a.total_micros() / b.total_micros() for a, b in self.kept if b.total_micros() > 0])

    def as_json(self) -> dict[str, Any]:
        return {"kept": len(self.kept), "dropped_for_noise": self.noisy, "void": self.void, "first_error": self.first_error}


Run = Callable[[], Awaitable[Slice]]


async def warm_up(run: Run, most: int = MAX_WARM_UPS) -> list[float]:
    """Runs slices of a fixed count until three cost what the three before did and the server has compiled itself; answers what
    each cost in all."""
    costs: list[float] = []
    compiling = 0.0
    while len(costs) < most and (compiling > MAX_COMPILING or not figures.is_steady(costs)):
        done = await run()
        if done.is_void:
            raise FailedSlice(f"an error while warming up: {done.first_error}")
        costs.append(done.total_micros())
        compiling = done.compiling
    return costs


class FailedSlice(Exception):
    pass


async def compare(a: Run, b: Run, pairs: int, gate: float = GATE, report: Callable[[Pairs], None] = lambda _: None) -> Pairs:
    """A B B A until there are so many pairs; each slice is paired with its neighbour, so that drift hits both."""
    found = Pairs()
    for _ in range(pairs * MAX_TRIES // 2 or 1):
        first_a, first_b = await a(), await b()
        found.add(first_a, first_b, gate)
        second_b, second_a = await b(), await a()
        found.add(second_a, second_b, gate)
        report(found)
        if len(found.kept) >= pairs:
            break
    return found
