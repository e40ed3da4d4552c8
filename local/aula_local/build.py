"""Builds the Java programs when a source is newer than the last build."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import commands, warm
from .child import before_exec
from .paths import LOCAL, ROOT, Problem
from .toolchain import Toolchain

APP = LOCAL / "app"
STAMP = LOCAL / "build.stamp"
LOG = LOCAL / "build.log"


def build(toolchain: Toolchain) -> None:
    LOCAL.mkdir(exist_ok=True)
    with open(LOCAL / "build.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _build(toolchain)


def class_path(copied: bool) -> str:
    """The jars of the last build; copied for what keeps running while others build."""
    if not copied:
        return ":".join(f"{folder}/*" for folder in commands.JARS)
    wanted = {jar.name: jar for folder in commands.JARS for jar in (ROOT / folder).glob("*.jar")}
    APP.mkdir(parents=True, exist_ok=True)
    for jar in APP.iterdir():
        if jar.name not in wanted:
            jar.unlink()
            warm.forget()
    for name, jar in wanted.items():
        before, now = (APP / name).stat() if (APP / name).exists() else None, jar.stat()
        if not before or (before.st_size, before.st_mtime_ns) != (now.st_size, now.st_mtime_ns):
            (APP / name).unlink(missing_ok=True)
            shutil.copy2(jar, APP / name)
            warm.forget()
    return f"{APP}/*"


def mark_built() -> None:
    """After a build that somebody else ran."""
    STAMP.write_text(_fingerprint())


def _build(toolchain: Toolchain) -> None:
    fingerprint = _fingerprint()
    if (ROOT / commands.JARS[0]).is_dir() and STAMP.exists() and STAMP.read_text() == fingerprint:
        return
    print("Building ...", flush=True)
    begun = time.monotonic()
    if _maven([toolchain.mvn, *commands.BUILD[1:]], toolchain):
        errors = [line for line in LOG.read_text(errors="replace").splitlines() if line.startswith("[ERROR]")]
        raise Problem("The build failed; its log is " + str(LOG) + ":\n" + "\n".join(errors[:30]))
    STAMP.write_text(fingerprint)
    print(f"Building: done in {time.monotonic() - begun:.1f} s", flush=True)


def _maven(command: list[str], toolchain: Toolchain) -> int:
    """Shows one line for each module; the rest goes to the log."""
    with open(LOG, "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=toolchain.environment(),
            text=True,
            errors="replace",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=before_exec(signal.SIGKILL),
        )
        assert process.stdout
        for line in process.stdout:
            log.write(line)
            if module := re.match(r"\[INFO\] Building (.+?) \S+\s+\[(\d+)/(\d+)\]", line):
                print(f"  {module[2]:>2} of {module[3]}  {module[1]}", flush=True)
        return process.wait()


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.platform.encode())
    for path, entry in sorted(_sources()):
        digest.update(f"{path}\0{entry.st_mtime_ns}\0{entry.st_size}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, os.stat_result]]:
    for source in commands.SOURCES:
        if (ROOT / source).is_file():
            yield source, (ROOT / source).stat()
        for folder, names, files in os.walk(ROOT / source):
            names[:] = [name for name in names if name not in ("target", "node_modules", "test") and not name.startswith(".")]
            for file in files:
                path = Path(folder) / file
                yield str(path), path.stat()
