"""Finds JDK 25, Maven, Node and Python, or says which is missing, why it is needed and how to get it."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .paths import LOCAL, TOOLS, Problem, read_json, write_atomically

JDK = 25
NODE = 20
MAVEN_OLDEST = (3, 9, 6)
MAVEN = "3.9.16"
MAVEN_SHA512 = (
    "831a8591fe20c8243b1dbe7d71e3244f31d1665b0804b2e825e38cbbe5ce0caf"
    "b8338851f90780735568773e0a6cd07bbec107cda0b896b008b861075358b6f6"
)
DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0"
JDK_FOLDERS = (
    "/usr/lib/jvm/*",
    "/opt/*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)


@dataclass(frozen=True)
class Toolchain:
    java_home: str
    mvn: str
    node: str

    @property
    def java(self) -> str:
        return f"{self.java_home}/bin/java"

    def environment(self) -> dict[str, str]:
        """This process's environment with the tools found in front, and nothing of our own Python's."""
        inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONUTF8")}
        # Never a folder that is on the PATH already: in front it would change which other programs are found.
        folders = [f"{self.java_home}/bin", *([str(_fetched_maven().parent)] if self.mvn == str(_fetched_maven()) else [])]
        return {
            **inherited,
            "JAVA_HOME": self.java_home,
            "PATH": os.pathsep.join([*folders, os.environ.get("PATH", "/usr/bin:/bin")]),
        }


def find() -> Toolchain:
    missing: list[str] = []
    java_home = _jdk()
    if not java_home:
        missing.append(
            f"JDK {JDK} (compiles and runs the services)\n  get it: apt install temurin-25-jdk or "
            "openjdk-25-jdk, or `sdk install java 25-tem`; or point JAVA_HOME at one"
        )
    node = _node()
    if not node:
        missing.append(
            f"Node {NODE} or newer with npm (fetches ClickHouse's engine, builds and runs the TypeScript "
            "client)\n  get it: apt install nodejs npm, or a version manager such as nvm or fnm"
        )
    system_maven = shutil.which("mvn")
    if not system_maven and not _fetched_maven().exists():
        missing.append(
            "Maven 3.6 or newer (builds; a newer Maven is fetched by it where needed)\n"
            "  get it: apt install maven, or brew install maven"
        )
    if not (find_spec("ensurepip") and find_spec("venv")):
        missing.append("Python's venv module (installs the engines that are Python packages)\n  get it: apt install python3-venv")
    if missing:
        raise Problem("Missing on this machine:\n" + "\n".join(f"- {text}" for text in missing))
    assert java_home and node
    return Toolchain(java_home, _maven(system_maven, java_home), node)


def require_engine_platform() -> None:
    """The engines are packages for one platform; elsewhere one brings engines of one's own."""
    libc, version = platform.libc_ver()
    system = f"{platform.system()} {platform.machine()}" + (f" with {libc} {version}" if libc else "")
    if not (
        sys.platform == "linux"
        and platform.machine() == "x86_64"
        and libc == "glibc"
        and tuple(map(int, version.split(".")[:2])) >= (2, 31)
    ):
        raise Problem(
            f"The bundled engines run on linux x86-64 with glibc 2.31 or newer; this is {system}.\n"
            "Bring your own instead: set POSTGRES_URL, MONGO_URL, REDIS_URL, CLICKHOUSE_URL, S3_ENDPOINT "
            "and SMTP_URL (for tests the same names with TEST_ in front), and have `envoy` on the PATH."
        )
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        raise Problem(
            f"The MongoDB engine has packages for Python 3.10 to 3.13; this is {platform.python_version()}. "
            "Point PYTHON at one of these."
        )


def _jdk() -> str | None:
    def candidates() -> Iterator[str]:
        yield os.environ.get("JAVA_HOME", "")
        yield read_json(LOCAL / "toolchain.json").get("java_home", "")
        for pattern in JDK_FOLDERS:
            yield from sorted(glob.glob(os.path.expanduser(pattern)))

    for candidate in candidates():
        if candidate and _is_jdk(Path(candidate)):
            _remember(java_home=candidate)
            return candidate
    return None


def _is_jdk(home: Path) -> bool:
    try:
        release = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return False
    return f'JAVA_VERSION="{JDK}' in release and (home / "bin" / "javac").exists()


def _node() -> str | None:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    version = _version_of(node, ["--version"])
    return node if version and version[0] >= NODE else None


def _fetched_maven() -> Path:
    return TOOLS / "maven" / "bin" / "mvn"


def _maven(system: str | None, java_home: str) -> str:
    if system and (_version_of(system, ["--version"], java_home) or (0,)) >= MAVEN_OLDEST:
        return system
    target = TOOLS / "maven"
    stamp = target / ".stamp"
    if stamp.exists() and stamp.read_text() == MAVEN_SHA512:
        return str(_fetched_maven())
    if not system:
        raise Problem("Maven is missing: apt install maven")
    print(f"  Maven at {system} is older than {'.'.join(map(str, MAVEN_OLDEST))}: fetching {MAVEN} (9 MB)", flush=True)
    TOOLS.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        [
            system,
            "-q",
            "-B",
            f"{DEPENDENCY_PLUGIN}:copy",
            f"-Dartifact=org.apache.maven:apache-maven:{MAVEN}:tar.gz:bin",
            f"-DoutputDirectory={TOOLS}",
            "-Dmdep.overWriteReleases=true",
        ],
        cwd=TOOLS,
        env={**os.environ, "JAVA_HOME": java_home},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode:
        raise Problem(f"Fetching Maven {MAVEN} failed:\n{result.stdout[-2000:]}")
    archive = TOOLS / f"apache-maven-{MAVEN}-bin.tar.gz"
    digest = hashlib.sha512(archive.read_bytes()).hexdigest()
    if digest != MAVEN_SHA512:
        archive.unlink()
        raise Problem(f"Maven {MAVEN} has another checksum than pinned: {digest}")
    shutil.rmtree(target, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(TOOLS)
    (TOOLS / f"apache-maven-{MAVEN}").rename(target)
    archive.unlink()
    stamp.write_text(MAVEN_SHA512)
    return str(_fetched_maven())


def _version_of(program: str, arguments: list[str], java_home: str = "") -> tuple[int, ...] | None:
    """The program's version; remembered as long as the file is the same, because asking a JVM takes half a second."""
    real = os.path.realpath(program)
    key = f"{real}@{os.stat(real).st_mtime_ns}"
    known = read_json(LOCAL / "toolchain.json").get(key)
    if not known:
        environment = {**os.environ, **({"JAVA_HOME": java_home} if java_home else {})}
        result = subprocess.run([program, *arguments], env=environment, text=True, capture_output=True)
        found = re.search(r"(\d+)\.(\d+)\.(\d+)", result.stdout)
        if result.returncode or not found:
            return None
        known = found.group(0)
        _remember(**{key: known})
    return tuple(map(int, known.split(".")))


def _remember(**values: str) -> None:
    path = LOCAL / "toolchain.json"
    before = read_json(path)
    if {**before, **values} != before:
        write_atomically(path, json.dumps({**before, **values}, indent=2) + "\n")
