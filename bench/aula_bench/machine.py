"""CPU time out of /proc: of processes with their descendants, and of everything else on the machine."""

from __future__ import annotations

import os
import platform
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from aula_local.status import descendants, memory_mb

TICK = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1


def times(stat: str) -> tuple[float, float]:
    """Seconds of user and system CPU in a line of /proc/<pid>/stat: the process's own, and of children that ended."""
    fields = stat.rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK, (int(fields[13]) + int(fields[14])) / TICK


def cpu_of(pid: int) -> float:
    """Of a process and of all below it, those that ended too: what only grows while the process lives."""
    total = 0.0
    for process in [pid, *descendants(pid)]:
        try:
            own, ended = times(Path(f"/proc/{process}/stat").read_text())
        except OSError:
            continue
        total += own + ended
    return total


def cpu_of_threads(pid: int) -> Counter[str]:
    """Of a process's living threads, by their names without the number at the end."""
    found: Counter[str] = Counter()
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        name = text[text.index("(") + 1 : text.rindex(")")]
        found[re.sub(r"[-# ]*\d+[-# ]*$", "", name)] += times(text)[0]
    return found


def compiling(pid: int) -> float:
    """Seconds that a JVM's compilers have worked so far; 0 of another program."""
    return sum(seconds for name, seconds in cpu_of_threads(pid).items() if "Compiler" in name)


def cpu_of_children() -> float:
    """Of children of ours that have ended."""
    ended = os.times()
    return ended.children_user + ended.children_system


def busy(text: str) -> float:
    """Seconds in which any program ran, or the host took the core away, out of /proc/stat. Interrupts are left out:
    nobody can say whose they were."""
    user, nice, system, _, _, _, _, steal = map(int, text.splitlines()[0].split()[1:9])
    return (user + nice + system + steal) / TICK


@dataclass(frozen=True)
class Moment:
    """What was used so far, of the whole machine and by us."""

    clock: float
    machine: float
    ours: float
    of: dict[str, float]


def moment(clock: float, pids: dict[str, list[int]]) -> Moment:
    """`pids` are the processes of each role that is measured apart."""
    of = {role: sum(cpu_of(pid) for pid in members) for role, members in pids.items()}
    return Moment(clock, busy(Path("/proc/stat").read_text()), cpu_of(os.getpid()), of)


def foreign(before: Moment, after: Moment, cores: int = CORES) -> float:
    """Share of the machine that programs other than ours used between two moments."""
    used = (after.machine - before.machine) - (after.ours - before.ours)
    return max(0.0, used) / ((after.clock - before.clock) * cores)


def resident_mb(pid: int) -> float:
    return memory_mb(pid)


def describe() -> dict[str, str]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    total = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return {
        "cpu": model,
        "cores": str(CORES),
        "memory": f"{int(total.split()[1]) / 1024 / 1024:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}",
    }
