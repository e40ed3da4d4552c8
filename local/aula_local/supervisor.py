"""Owns the children: starts them, says who died and why, starts them again, stops them in reverse order.

It listens on a unix socket for one JSON object per line, `{"command": "stop", "name": "redis"}`; commands are status,
start, stop, restart and shutdown. So a test takes an engine away and gives it back.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import time

from .child import Child, Program
from .paths import Problem, State, write_atomically

FAST_FAILURE_SECONDS = 30
MAX_FAST_FAILURES = 5


def say(text: str) -> None:
    print(text, flush=True)


class Supervisor:
    def __init__(self, state: State) -> None:
        self.state = state
        self.children: dict[str, Child] = {}
        self.phase = "starting"
        self.exit_code = 0
        self.ending = asyncio.Event()
        self._watchers: dict[str, asyncio.Task[None]] = {}
        self._order: list[list[str]] = []

    async def __aenter__(self) -> Supervisor:
        self.state.create()
        self._lock = open(self.state.lock, "a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(already_running(self.state)) from None
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.ending.set)
        self.state.control.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._serve, str(self.state.control))
        self.state.control.chmod(0o600)
        self.write_state()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.set_phase("stopping")
        # A second Ctrl-C while we stop must not leave children behind.
        for group in reversed(self._order):
            await asyncio.gather(*(self.stop(name) for name in group))
        self._server.close()
        self.state.control.unlink(missing_ok=True)
        self.set_phase("stopped")
        self._lock.close()

    def set_phase(self, phase: str) -> None:
        self.phase = phase
        self.write_state()

    async def start_all(self, programs: list[Program]) -> None:
        """Starts these at once and waits until all are ready; they stop together, before those started earlier."""
        self._order.append([program.name for program in programs])
        tasks = [asyncio.ensure_future(self.start(program)) for program in programs]
        ending = asyncio.ensure_future(self.ending.wait())
        try:
            pending: set[asyncio.Future] = set(tasks)
            while pending:
                done, _ = await asyncio.wait({*pending, ending}, return_when=asyncio.FIRST_COMPLETED)
                for task in done - {ending}:
                    task.result()
                if ending in done:
                    raise Interrupted
                pending -= done
        finally:
            ending.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def start(self, program: Program) -> None:
        child = self.children.setdefault(program.name, Child(program))
        if child.pid:
            raise Problem(f"{program.name} is already running")
        try:
            seconds = await child.start()
        except BaseException:
            if child.pid:
                await child.stop()
            child.status = "failed"
            raise
        finally:
            self.write_state()
        say(f"  {program.name:<12} ready in {seconds:5.2f} s   {program.url}")
        self._watchers[program.name] = asyncio.ensure_future(self._watch(child))

    async def stop(self, name: str) -> None:
        child = self.children.get(name)
        if child is None:
            return
        watcher = self._watchers.pop(name, None)
        await child.stop()
        if watcher:
            watcher.cancel()
        self.write_state()

    async def _watch(self, child: Child) -> None:
        failures = 0
        while True:
            assert child.process
            await child.process.wait()
            if child.stopping:
                return
            long_lived = child.was_ready and time.monotonic() - child.started > FAST_FAILURE_SECONDS
            failures = 1 if long_lived else failures + 1
            child.status = "died"
            self.write_state()
            if child.was_ready:
                say(child.obituary())
            if failures >= MAX_FAST_FAILURES:
                say(f"{child.program.name} failed {failures} times in a row: stopping everything.")
                self.exit_code = 1
                self.ending.set()
                return
            delay = min(2 ** (failures - 1), 8)
            say(f"  {child.program.name} starts again in {delay} s")
            await asyncio.sleep(delay)
            try:
                say(f"  {child.program.name} is back after {await child.start():.2f} s")
            except Problem as problem:
                say(str(problem))
            self.write_state()

    async def wait(self) -> int:
        await self.ending.wait()
        return self.exit_code

    def snapshot(self) -> dict:
        return {
            "pid": os.getpid(),
            "phase": self.phase,
            "control": str(self.state.control),
            "processes": {
                name: {
                    "pid": child.pid,
                    "port": child.program.port,
                    "url": child.program.url,
                    "status": child.status,
                    "log": str(child.program.log),
                }
                for name, child in self.children.items()
            },
        }

    def write_state(self) -> None:
        write_atomically(self.state.file, json.dumps(self.snapshot(), indent=2) + "\n")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                try:
                    answer = {"ok": True, **await self._obey(json.loads(line))}
                except (Problem, ValueError, KeyError) as problem:
                    answer = {"ok": False, "error": str(problem)}
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def _obey(self, request: dict) -> dict:
        command = request.get("command")
        if command == "status":
            return self.snapshot()
        if command == "shutdown":
            self.ending.set()
            return {}
        child = self.children.get(request.get("name", ""))
        if child is None or command not in ("start", "stop", "restart"):
            raise Problem(f"unknown command or name; names are {', '.join(self.children)}")
        if command in ("stop", "restart"):
            await self.stop(child.program.name)
        if command in ("start", "restart"):
            await self.start(child.program)
        return self.snapshot()["processes"][child.program.name]


class Interrupted(Exception):
    """Ctrl-C, or `make down`, while something was starting."""


def already_running(state: State) -> str:
    pid = state.lock.read_text().strip() or "unknown"
    return (
        f"{state.root} is in use by the supervisor with pid {pid}. Stop it with `make down`, "
        f"with Ctrl-C where it runs, or with `kill {pid}`."
    )


def is_running(state: State) -> bool:
    try:
        with open(state.lock, "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


async def ask(state: State, request: dict) -> dict:
    reader, writer = await asyncio.open_unix_connection(str(state.control))
    try:
        writer.write(json.dumps(request).encode() + b"\n")
        return json.loads(await reader.readline())
    finally:
        writer.close()
