"""What sends requests: the load generator in Go, and pgbench."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path

from aula_local.child import before_exec, killed_at_the_end
from aula_local.paths import Problem


@dataclass(frozen=True)
class Done:
    ok: int
    errors: int
    seconds: float
    first_error: str = ""
    bytes_in: int = 0
    bytes_out: int = 0
    latency_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Amount:
    """How much to send: by count or by time; at a fixed rate, or as fast as answers come."""

    count: int = 0
    seconds: float = 0
    rate: float = 0


async def output_of(command: list[str], environment: dict[str, str] | None = None) -> str:
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=before_exec(signal.SIGKILL),
    )
    async with killed_at_the_end(process):
        output, complaint = await process.communicate()
    if process.returncode:
        raise Problem(f"{Path(command[0]).name} ended with exit code {process.returncode}:\n{complaint.decode()[-2000:]}")
    return output.decode()


def parse_load(text: str) -> Done:
    """The one line that the generator prints."""
    found = json.loads(text)
    return Done(
        ok=found["ok"],
        errors=found["errors"],
        seconds=found["seconds"],
        first_error=found.get("first_error", ""),
        bytes_in=found["bytes_in"],
        bytes_out=found["bytes_out"],
        latency_ms=found.get("latency_ms", {}),
    )


def parse_pgbench(text: str) -> Done:
    """What pgbench prints at its end."""

    def number(pattern: str, otherwise: float | None = None) -> float:
        match = re.search(pattern, text)
        if match is None and otherwise is None:
            raise Problem(f"pgbench said nothing of {pattern!r}:\n{text[-1000:]}")
        return float(match[1]) if match else float(otherwise or 0)

    ok = int(number(r"number of transactions actually processed: (\d+)"))
    failed = int(number(r"number of failed transactions: (\d+)", 0))
    seconds = ok / max(number(r"tps = ([\d.]+) \(without"), 1e-9)
    latency = number(r"latency average = ([\d.]+) ms", 0)
    return Done(ok=ok, errors=failed, seconds=seconds, latency_ms={"mean": latency})
