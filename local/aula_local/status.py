"""`make status`: a table of what runs."""

from __future__ import annotations

import os
from pathlib import Path

from .paths import State, read_json


def memory_mb(pid: int, with_descendants: bool = True) -> float:
    """Memory of a process and its descendants; pages that they share count once."""
    total = 0
    for process in [pid, *(descendants(pid) if with_descendants else [])]:
        try:
            total += next(int(line.split()[1]) for line in open(f"/proc/{process}/smaps_rollup") if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


def descendants(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def show_status(state: State, running: bool) -> int:
    known = read_json(state.file)
    if not running:
        print("Nothing runs.")
        return 0
    print(f"{'process':<12} {'status':<9} {'pid':>7} {'port':>6} {'memory':>8}  log")
    rows = {"supervisor": {"pid": known["pid"], "status": known["phase"], "port": None, "log": ""}, **known["processes"]}
    for name, row in rows.items():
        pid = row["pid"]
        memory = memory_mb(pid, with_descendants=name != "supervisor") if pid else 0
        log = os.path.relpath(row["log"]) if row["log"] else ""
        print(
            f"{name:<12} {row['status']:<9} {pid or '-':>7} {row['port'] or '-':>6} "
            f"{f'{memory:.0f} MB' if memory else '-':>8}  {log}"
        )
    return 0 if all(row["status"] == "ready" for row in known["processes"].values()) else 1
