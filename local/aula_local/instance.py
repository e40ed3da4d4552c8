"""An instance of the mesh: its ports, what its programs are told, and how each part of it starts."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import build, commands, edge, engines, install, ports, probes, warm
from .child import Program, before_exec, tail
from .paths import ADDRESSES, ROOT, Problem, read_json, write_atomically
from .supervisor import Supervisor, say
from .toolchain import Toolchain

ENGINES = engines.PORTS


@contextmanager
def step(title: str) -> Iterator[None]:
    say(f"{title} ...")
    begun = time.monotonic()
    yield
    say(f"{title}: done in {time.monotonic() - begun:.1f} s")


def resolve(command: list[str], toolchain: Toolchain, jars: str = "") -> list[str]:
    known = {"java": toolchain.java, "mvn": toolchain.mvn, "python3": sys.executable, "{jars}": jars}
    return [known.get(word, word) for word in command]


async def run(
    command: list[str],
    toolchain: Toolchain,
    environment: dict[str, str] | None = None,
    log: Path | None = None,
    ending: asyncio.Event | None = None,
) -> int:
    """Runs a command in the foreground, or into a log; when we are to end, so is the command."""
    with open(log or os.devnull, "wb") as file:
        process = await asyncio.create_subprocess_exec(
            *resolve(command, toolchain, build.class_path(copied=False)),
            cwd=ROOT,
            env={**toolchain.environment(), **(environment or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=file if log else None,
            stderr=asyncio.subprocess.STDOUT if log else None,
            preexec_fn=before_exec(signal.SIGKILL),
        )
    waits = [asyncio.ensure_future(process.wait())] + ([asyncio.ensure_future(ending.wait())] if ending else [])
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except asyncio.TimeoutError:
            process.kill()
    for wait in waits[1:]:
        wait.cancel()
    code = await process.wait()
    return 128 - code if code < 0 else code


class Instance:
    def __init__(
        self,
        supervisor: Supervisor,
        toolchain: Toolchain,
        edge: int | None = None,
        prefix: str = "",
        durable: bool = True,
        only: list[str] | None = None,
    ) -> None:
        self.supervisor, self.state, self.toolchain, self.prefix = supervisor, supervisor.state, toolchain, prefix
        names = [*ENGINES, "bff", "envoy_admin"] + [f"{s}{kind}" for s in commands.SERVICES for kind in ("", "_admin")]
        self.ports = ports.choose(self.state, names if edge else ENGINES)
        self.edge, self.only = edge, only or []
        self.engines = engines.describe(self.state, toolchain, self.ports, prefix, durable)

    def environment(self) -> dict[str, str]:
        own = {f"{name.upper()}_PORT": str(port) for name, port in self.ports.items() if name not in ENGINES}
        edge = {"EDGE_URL": f"http://127.0.0.1:{self.edge}", "EDGE_PORT": str(self.edge)} if self.edge else {}
        return {**self.engines.environment(self.state, self.prefix), **own, **edge}

    async def start_engines(self) -> None:
        with step("Starting the engines"):
            await self.supervisor.start_all(self.engines.programs)

    async def migrate(self, store: str | None = None) -> None:
        with step("Migrating"):
            await self._migrate({"DEMO": "true"}, store)

    async def migrate_for_tests(self) -> None:
        """The template of PostgreSQL that each JVM of tests clones, and what the JVMs of one fork share."""
        with step("Migrating"):
            for fork in range(1, commands.TEST_FORKS + 1):
                name = "aula_template" if fork == 1 else f"aula_template_{fork}"
                chosen = {"POSTGRES_DATABASE": "aula_template", "MONGO_DATABASE": name, "CLICKHOUSE_DATABASE": name}
                for store in [None] if fork == 1 else ["mongo", "clickhouse"]:
                    await self._migrate(chosen, store)

    async def _migrate(self, chosen: dict[str, str], store: str | None) -> None:
        """The migrate job reads the engines' plain names, also for tests."""
        log = self.state.logs / "migrate.log"
        environment = {**self.environment(), **self.engines.environment(self.state), **chosen}
        command = [*commands.MIGRATE, *([f"--store={store}"] if store else [])]
        code = await run(command, self.toolchain, environment, log, self.supervisor.ending)
        if code and not self.supervisor.ending.is_set():
            raise Problem(f"The migrate job ended with exit code {code}; its log is {log}:\n" + "\n".join(tail(log, 25)))

    async def start_services(self, learn: bool = False) -> None:
        jars = build.class_path(copied=True)
        start = warm.learning if learn else warm.warm

        def program(name: str, command: list[str], port: int, path: str = "") -> Program:
            return Program(
                name, port, f"http://127.0.0.1:{port}{path}", self.state.logs / f"{name}.log", directory=ROOT,
                command=lambda: start(name, resolve(command, self.toolchain, jars)), ready=lambda: self.answers(port),
                environment={**self.toolchain.environment(), **self.environment()},
                stop_seconds=warm.WRITING_SECONDS if learn else 30, ready_seconds=120,
            )  # fmt: skip

        alone = [program(name, commands.ALONE[name], self.ports[name]) for name in self.only]
        with step("Starting the services"):
            await self.supervisor.start_all(alone or [program("services", commands.MESH, self.ports["bff"], "/graphql")])

    async def answers(self, port: int) -> bool:
        """Of the whole mesh the gateway's health tells, which is the edge's too; some services alone only listen."""
        return await probes.accepts(port) if self.only else await probes.http_status(port, "/healthz") == 200

    async def start_envoy(self) -> None:
        port, admin = self.edge, self.ports["envoy_admin"]
        assert port
        configuration = self.state.root / "envoy.yaml"

        async def prepare() -> None:
            write_atomically(configuration, self.envoy_configuration(), 0o600)

        async def ready() -> bool:
            return await probes.http_status(admin, "/ready") == 200 and await self.answers(port)

        options = "--log-level warning --use-dynamic-base-id --concurrency 2 --file-flush-interval-msec 1000".split()
        envoy = Program(
            "envoy", port, f"http://127.0.0.1:{port}", self.state.logs / "envoy.log",
            command=lambda: [install.envoy_binary(), "-c", str(configuration), *options], ready=ready, prepare=prepare,
            environment={"PATH": os.environ.get("PATH", "")},
        )  # fmt: skip
        with step("Starting Envoy"):
            await self.supervisor.start_all([envoy])

    def envoy_configuration(self) -> str:
        template = ROOT / commands.ENVOY_TEMPLATE
        if not template.exists():
            raise Problem(f"{template} is missing: the build makes it.")
        jwks = self.state.secrets / "services" / "jwks.json"
        key = self.state.secrets / "edge.key"
        values = {f"{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        values |= edge.settings(os.environ, f"http://127.0.0.1:{self.edge}")
        values |= {"EDGE_PORT": str(self.edge), "SERVICE_JWKS": json.dumps(read_json(jwks)) if jwks.exists() else '{"keys":[]}'}
        values["EDGE_KEY"] = key.read_text(encoding="utf-8").strip() if key.exists() else ""
        text = re.sub(r"@@([A-Z0-9_]+)@@", lambda match: values.get(match[1], match[0]), template.read_text(encoding="utf-8"))
        if unknown := sorted(set(re.findall(r"@@[A-Z0-9_]+@@", text))):
            raise Problem(f"{template} asks for {', '.join(unknown)}, which nothing fills in.")
        return text

    def addresses(self) -> dict:
        edge = f"http://127.0.0.1:{self.edge}"
        return {
            "graphql": f"{edge}/graphql",
            "graphiql": f"{edge}/graphiql",
            "grpc": edge,
            "health": f"{edge}/healthz",
            "logins": read_json(self.state.secrets / "logins.json", []),
            "engines": self.engines.urls,
            "mail": self.engines.mail_api,
            "services": {name: f"127.0.0.1:{self.ports[name]}" for name in commands.SERVICES},
            "admin": {name: f"http://127.0.0.1:{self.ports[name + '_admin']}" for name in commands.SERVICES},
            "secrets": str(self.state.secrets),
            "state": str(self.state.file),
            "control": str(self.state.control),
        }

    def mail_hint(self) -> str:
        if not self.engines.mail_api:
            return f"goes to {self.engines.urls['mail']}"
        return "stays on this machine: `make mail` lists it, `make mail TO=address` shows the newest one for it"

    def announce(self) -> None:
        addresses = self.addresses()
        write_atomically(ADDRESSES, json.dumps(addresses, indent=2) + "\n", 0o600)
        if self.only:
            direct = "".join(f"  {name:<18}  127.0.0.1:{self.ports[name]}\n" for name in self.only)
            say(f"\nOnly these answer, and through the edge at {addresses['grpc']}:\n{direct}")
            return
        login = (addresses["logins"] or [{"email": "you@example.org", "password": "secret"}])[0]
        say(f"""
Aula answers:
  GraphiQL            {addresses["graphiql"]}
  GraphQL             {addresses["graphql"]}
  gRPC and grpc-web   {addresses["grpc"]}
  health              {addresses["health"]}
  mail                {self.mail_hint()}
""")
        for entry in addresses["logins"]:
            say(f"  {entry['role']:<18}  {entry['email']}   {entry['password']}")
        values = {"i": {"identifier": login["email"], "password": login["password"]}}
        post = f"curl -s {addresses['graphql']} -H 'content-type: application/json' -d"
        say(f"""
Try:
  curl {addresses["health"]}
  {post} '{json.dumps({"query": commands.SAMPLE_QUERY})}'
  {post} '{json.dumps({"query": commands.SAMPLE_LOGIN, "variables": values})}'

The same as JSON: {ADDRESSES.relative_to(ROOT)}. `make status` shows what runs, `make demo` tells a story.
""")
