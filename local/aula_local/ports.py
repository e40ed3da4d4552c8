"""Free ports that stay the same from one start to the next, and who holds a port that is taken."""

from __future__ import annotations

import json
import os
import random
import socket
from pathlib import Path

from .paths import Problem, State, read_json, write_atomically

# Below the kernel's range for outgoing connections, so that none of them can take a port between two starts.
RANGE = range(20000, 32000)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def holder(port: int) -> str:
    """Who listens on the port, as far as /proc tells: `java (pid 42)`, else `another process`."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in (line.split() for line in lines):
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    for process in Path("/proc").glob("[0-9]*") if inodes else ():
        try:
            if any(os.readlink(link) in inodes for link in list((process / "fd").iterdir())):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                return f"{command[:80]} (pid {process.name})"
        except OSError:
            continue
    return "another process"


def choose(state: State, names: list[str]) -> dict[str, int]:
    """A port for each name: the one of the last time where it is still free, else a new one."""
    remembered = read_json(state.ports)
    ports: dict[str, int] = {}
    for name in names:
        port = remembered.get(name)
        while port is None or port in ports.values() or not is_free(port):
            port = random.choice(RANGE)
        ports[name] = port
    write_atomically(state.ports, json.dumps({**remembered, **ports}, indent=2) + "\n")
    return ports


def require_free(port: int, hint: str) -> None:
    if not is_free(port):
        raise Problem(f"Port {port} is taken by {holder(port)}. {hint}")
