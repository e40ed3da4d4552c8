"""The statistics: ratios of pairs, their median with a bootstrap interval, and when a server is warm."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 10_000
SEED = 20260101  # the same slices always give the same interval
STEADY_SLICES = 3
STEADY_CHANGE = 0.03
CONTROL = (0.95, 1.05)


@dataclass(frozen=True)
class Ratio:
    """A median of ratios with the bounds between which it lies with a probability of 95 %."""

    median: float
    low: float
    high: float
    pairs: int

    def as_json(self) -> dict[str, float]:
        return {"median": self.median, "low": self.low, "high": self.high, "pairs": self.pairs}


def ratio(ratios: Sequence[float]) -> Ratio | None:
    """None when no pair was kept. With one pair the interval is that pair: it says nothing about the next one."""
    if not ratios:
        return None
    chance = random.Random(SEED)
    medians = sorted(statistics.median(chance.choices(ratios, k=len(ratios))) for _ in range(RESAMPLES))
    low, high = medians[int(0.025 * RESAMPLES)], medians[int(0.975 * RESAMPLES) - 1]
    return Ratio(statistics.median(ratios), low, high, len(ratios))


def is_steady(costs: Sequence[float]) -> bool:
    """Whether the last three slices of a warm-up cost, together, what the three before them did, within 3 %. One slice alone
    tells little: it may differ by more though nothing changes, and be alike though a compiler goes on working."""
    last, before = costs[-STEADY_SLICES:], costs[-2 * STEADY_SLICES : -STEADY_SLICES]
    if len(before) < STEADY_SLICES:
        return False
    return abs(statistics.mean(last) / statistics.mean(before) - 1) <= STEADY_CHANGE


def is_control(found: Ratio | None) -> bool:
    """Whether a comparison of one side with itself is good enough to believe the others."""
    return found is not None and CONTROL[0] <= found.median <= CONTROL[1]
