"""Answers of both sides are compared before anything is timed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

Normalise = Callable[[Any], Any]


class Different(Exception):
    pass


def without(names: frozenset[str]) -> Normalise:
    """Takes these fields away wherever they are: what differs from call to call and says nothing."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: clean(inner) for name, inner in value.items() if name not in names}
        if isinstance(value, list):
            return [clean(inner) for inner in value]
        return value

    return clean


def plain(value: Any) -> Any:
    """25.0 and 25 are one number, whoever wrote it."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def canonical(text: str, normalise: Normalise) -> str:
    value = json.loads(text)
    if isinstance(value, dict) and ("failed" in value or "errors" in value):
        raise Different(f"a request failed: {text[:500]}")
    return json.dumps(plain(normalise(value)), sort_keys=True, ensure_ascii=False, indent=1)


def require_equal(name_a: str, a: Iterable[str], name_b: str, b: Iterable[str]) -> int:
    """How many were compared; raises with the first lines that differ."""
    lines_a, lines_b = list(a), list(b)
    if len(lines_a) != len(lines_b) or not lines_a:
        raise Different(f"{name_a} gave {len(lines_a)} answers, {name_b} {len(lines_b)}")
    for number, (one, other) in enumerate(zip(lines_a, lines_b), 1):
        if one != other:
            raise Different(f"answer {number} of {name_a} and {name_b} differs:\n{first_difference(one, other)}")
    return len(lines_a)


def first_difference(one: str, other: str) -> str:
    lines, others = one.splitlines(), other.splitlines()
    for number, (left, right) in enumerate(zip(lines, others)):
        if left != right:
            around = "\n".join(f"    {line}" for line in lines[max(0, number - 3) : number])
            return f"{around}\n  - {left[:300]}\n  + {right[:300]}"
    return f"one ends after {min(len(lines), len(others))} lines"
