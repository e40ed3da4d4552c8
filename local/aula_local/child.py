"""One child process: how it is started, when it is ready, how it is stopped, and what is said when it dies."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from .paths import Problem
from .ports import holder, is_free

PR_SET_PDEATHSIG = 1
START_MARK = "=== start of "
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass
class Program:
    """What to run. `ready` raises or answers False while the program is not ready; `prepare` runs before each start."""

    name: str
    port: int
    url: str
    log: Path
    command: Callable[[], list[str]]
    ready: Callable[[], Awaitable[bool]]
    prepare: Callable[[], Awaitable[None]] | None = None
    environment: dict[str, str] | None = None
    directory: Path | None = None
    user: tuple[int, int] | None = None  # uid and gid
    stop_signal: signal.Signals = signal.SIGTERM
    stop_by_stdin: bool = False
    death_signal: signal.Signals | None = signal.SIGKILL  # what the child gets when the supervisor dies
    stop_seconds: float = 15
    ready_seconds: float = 60


def before_exec(death_signal: signal.Signals | None) -> Callable[[], None]:
    """Ties the child to this process: when we are killed, the kernel sends it the signal."""
    parent = os.getpid()

    def run() -> None:
        if _prctl and death_signal:
            _prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return run


@asynccontextmanager
async def killed_at_the_end(process: asyncio.subprocess.Process) -> AsyncIterator[None]:
    """A helper that is still running when we stop waiting for it, because we are cancelled, is killed."""
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Died(Problem):
    pass


@dataclass
class Child:
    program: Program
    status: str = "stopped"
    stopping: bool = False
    was_ready: bool = False
    started: float = 0
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process and self.process.returncode is None else None

    async def start(self) -> float:
        """Starts and waits until ready; answers the seconds that took."""
        program, self.stopping, self.was_ready = self.program, False, False
        self.started = time.monotonic()
        if program.port and not is_free(program.port):
            raise Died(f"{program.name}: port {program.port} is taken by {holder(program.port)}")
        self.status = "starting"
        if program.prepare:
            await program.prepare()
        await self._spawn()
        await self._until_ready()
        self.status, self.was_ready = "ready", True
        return time.monotonic() - self.started

    async def _spawn(self) -> None:
        program = self.program
        uid, gid = program.user or (None, None)
        with open(program.log, "ab") as log:
            log.write(f"{START_MARK}{program.name} {datetime.now(timezone.utc):%Y-%m-%d %H:%M:%S} UTC\n".encode())
            log.flush()
            self.process = await asyncio.create_subprocess_exec(
                *program.command(),
                cwd=program.directory,
                env=program.environment,
                stdin=asyncio.subprocess.PIPE if program.stop_by_stdin else asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                user=uid,
                group=gid,
                extra_groups=None if uid is None else [],
                preexec_fn=before_exec(program.death_signal),
            )

    async def _until_ready(self) -> None:
        assert self.process
        deadline = time.monotonic() + self.program.ready_seconds
        pause = 0.02
        while True:
            if self.process.returncode is not None:
                raise Died(self.obituary("ended while starting"))
            if self.stopping:
                raise Died(f"{self.program.name} was stopped while starting")
            try:
                if await asyncio.wait_for(self.program.ready(), 3):
                    return
            except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError):
                pass
            if time.monotonic() > deadline:
                text = self.obituary(f"was not ready after {self.program.ready_seconds:.0f} s")
                await self.stop()
                raise Died(text)
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, 0.15)

    async def stop(self) -> None:
        self.stopping = True
        process = self.process
        if process and process.returncode is None:
            self.status = "stopping"
            if self.program.stop_by_stdin and process.stdin:
                process.stdin.close()
            else:
                self._signal(self.program.stop_signal)
            try:
                await asyncio.wait_for(process.wait(), self.program.stop_seconds)
            except asyncio.TimeoutError:
                self._signal(signal.SIGKILL)
                await process.wait()
        self.status = "stopped"

    def _signal(self, number: signal.Signals) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    def obituary(self, happened: str = "died") -> str:
        code = self.process.returncode if self.process else None
        how = "" if code is None else f" by {signal.Signals(-code).name}" if code < 0 else f" with exit code {code}"
        return f"{self.program.name} {happened}{how}; its log is {self.program.log}:\n" + "\n".join(
            f"    | {line}" for line in tail(self.program.log)
        )


def tail(log: Path, lines: int = 15) -> list[str]:
    """The last lines, of the last start only."""
    try:
        with open(log, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - 64 * 1024))
            text = file.read().decode(errors="replace").rpartition(START_MARK)[2]
            return [line[:400] for line in text.splitlines()[-lines:]]
    except OSError:
        return []
