"""What a run needs, started by itself: engines, schema, data, services, peers, tokens."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import shutil
import time
import urllib.request
import uuid
from pathlib import Path

from aula_local import commands, engines, install, ports, probes
from aula_local.child import Program
from aula_local.instance import Instance, step
from aula_local.paths import Problem, read_json, write_atomically
from aula_local.supervisor import Supervisor
from aula_local.toolchain import Toolchain

from . import load, machine
from .load import Amount, Done
from .peers import Programs, pinned
from .places import LOAD_CORE, SERVER_CORE, SQL, STATE, WORK

PEERS = ["go", "go_bare", "spring", "spring_bare", "echo", "apollo", "postgraphile"]
LEARNER = "student@aula.example"
TOKEN_SECONDS = 300  # a third of a token's life
# What opens and ends a transaction, saying who calls among it, is counted apart.
CONTROL = ("BEGIN%", "COMMIT%", "ROLLBACK%", "SET %", "DISCARD%", "%SELECT set_config(%")
# The relay's look for new events and the scheduler's for work that is due.
CLOCK_STATEMENTS = "query LIKE '%FROM outbox WHERE position IS NULL)%' OR query LIKE '%from scheduled_tasks%'"
CONTROL_STATEMENTS = " OR ".join(f"query ILIKE '{pattern}'" for pattern in CONTROL)


def password_of(email: str) -> str:
    """Of an account of the demo."""
    return next(one["password"] for one in read_json(STATE.secrets / "logins.json", []) if one["email"] == email)


SEED = SQL / "seed.sql"
SEEDED = STATE.root / "seed.sha256"


def forget_data_of_another_seed() -> None:
    """The data is the harness's own, so it makes it anew when it would be another."""
    if SEEDED.exists() and SEEDED.read_text() != seed_digest():
        for folder in (STATE.outside, STATE.root):
            shutil.rmtree(folder, ignore_errors=True)


def seed_digest() -> str:
    return hashlib.sha256(SEED.read_bytes()).hexdigest()


def forget_engines_of_ones_own() -> None:
    """The harness measures its own engines, whatever else the shell knows. The edge counts nobody's hour unless it is told
    to by API_LIMITS=on: a load from one address would use it up."""
    os.environ.setdefault("API_LIMITS", "off")
    for variable in engines.VARIABLES.values():
        os.environ.pop(variable, None)


class World:
    def __init__(self, supervisor: Supervisor, toolchain: Toolchain) -> None:
        self.supervisor, self.toolchain = supervisor, toolchain
        edge = ports.choose(STATE, ["edge"])["edge"]
        self.instance = Instance(supervisor, toolchain, edge)
        before = [f"{name}_before{kind}" for name in [*commands.SERVICES, "bff"] for kind in ("", "_admin")]
        names = [*PEERS, "go_stats", "go_bare_stats", *before]
        self.ports = {**self.instance.ports, **ports.choose(STATE, names), "edge": edge}
        self.programs = Programs(toolchain, self.instance.environment(), self.ports)
        self._tokens: dict[str, tuple[str, float]] = {}

    async def start_engines(self) -> None:
        """On the core of the load, PostgreSQL counting statements when it is asked to."""
        for program in self.instance.engines.programs:
            extra = ["--shared-preload-libraries=pg_stat_statements"] if program.name == "postgres" else []
            command = program.command
            program.command = lambda command=command, extra=extra: pinned(LOAD_CORE, [*command(), *extra])
        await self.instance.start_engines()

    async def prepare_data(self) -> None:
        await self.instance.migrate()
        if not SEEDED.exists():
            with step("Seeding 1,000 courses"):
                await self.sql_file(SEED)
            SEEDED.write_text(seed_digest())
        await self.sql_file(SQL / "postgraphile.sql")
        # Counting costs the database something, so it is on only while requests are counted.
        await self.sql("ALTER SYSTEM SET pg_stat_statements.track = 'none'; SELECT pg_reload_conf()")

    def _psql(self) -> list[str]:
        port = str(self.ports["postgres"])
        return [f"{install.POSTGRES}/bin/psql", "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "-d", "aula"]

    def _postgres_environment(self) -> dict[str, str]:
        return {**os.environ, "PGPASSWORD": STATE.secret("postgres/postgres.password"), "PGOPTIONS": "-c client_min_messages=warning"}

    async def sql(self, text: str, core: str = LOAD_CORE) -> str:
        statements = [option for statement in text.split("; ") for option in ("-c", statement)]
        return (await load.output_of(pinned(core, [*self._psql(), *statements]), self._postgres_environment())).strip()

    async def sql_file(self, path: Path, **variables: int) -> None:
        given = [option for name, value in variables.items() for option in ("-v", f"{name}={value}")]
        await load.output_of([*self._psql(), *given, "-f", str(path)], self._postgres_environment())

    async def start(self, *programs: Program) -> None:
        missing = [program for program in programs if not self.pid(program.name)]
        await self.supervisor.start_all(missing)

    async def start_envoy(self) -> None:
        """The edge with its configuration of every day, on the core of the server, and one worker as that core is one.
        The gateway runs too: it has the keys by which Envoy verifies tokens."""
        await self.start(self.programs.service("bff", LOAD_CORE))
        at, admin = self.ports["edge"], self.ports["envoy_admin"]
        configuration = STATE.root / "envoy.yaml"
        write_atomically(configuration, self.instance.envoy_configuration(), 0o600)
        options = "--log-level warning --use-dynamic-base-id --concurrency 1 --file-flush-interval-msec 1000".split()
        command = pinned(SERVER_CORE, [install.envoy_binary(), "-c", str(configuration), *options])

        async def ready() -> bool:
            return await probes.http_status(admin, "/ready") == 200 and await probes.accepts(at)

        envoy = Program(
            "envoy", at, f"http://127.0.0.1:{at}", STATE.logs / "envoy.log", command=lambda: command, ready=ready,
            environment={"PATH": os.environ.get("PATH", "")},
        )  # fmt: skip
        await self.start(envoy)

    async def stop(self, *names: str) -> None:
        for name in names:
            await self.supervisor.stop(name)
            # The next program of this name may be another: on the other core, for one.
            self.supervisor.children.pop(name, None)

    def pid(self, name: str) -> int | None:
        child = self.supervisor.children.get(name)
        return child.pid if child else None

    def pids(self, roles: dict[str, list[str]]) -> dict[str, list[int]]:
        found = {role: [pid for name in names if (pid := self.pid(name))] for role, names in roles.items()}
        if missing := [names for role, names in roles.items() if len(found[role]) != len(names)]:
            raise Problem(f"Not running: {missing}; the logs are in {STATE.logs}.")
        return found

    def write_requests(self, name: str, requests: list[dict]) -> Path:
        WORK.mkdir(parents=True, exist_ok=True)
        path = WORK / f"{name}.jsonl"
        path.write_text("".join(json.dumps(request) + "\n" for request in requests))
        return path

    async def token(self, email: str = LEARNER) -> str:
        """The access token of an account of the demo, a new one before the old one gets old."""
        token, until = self._tokens.get(email, ("", 0.0))
        if time.monotonic() > until:
            login = {"identifier": email, "password": password_of(email)}
            answer = await self.call("auth", "aula.auth.v1.AuthService/Login", login)
            token = answer["tokens"]["accessToken"]
            self._tokens[email] = token, time.monotonic() + TOKEN_SECONDS
        return token

    async def call(self, service: str, method: str, request: dict, token: str = "") -> dict:
        """One gRPC call."""
        return (await self.calls(service, method, [request], token))[0]

    async def calls(self, service: str, method: str, sent: list[dict], token: str = "") -> list[dict]:
        """Calls one after the other."""
        name = f"call-{uuid.uuid4()}"
        requests, answers = self.write_requests(name, sent), WORK / f"{name}.answer"
        target = f"127.0.0.1:{self.ports[service]}"
        options = ["-method", method, "-target", target, "-requests", str(requests), "-answers", str(answers)]
        options += ["-header", f"authorization: Bearer {token}"] if token else []
        await load.output_of(self.programs.load_command(*options))
        found = [json.loads(line) for line in answers.read_text().splitlines()]
        requests.unlink()
        answers.unlink()
        for answer in found:
            if "failed" in answer:
                raise Problem(f"{method} failed: {answer['failed']}")
        return found

    async def pgbench(self, script: Path, amount: Amount, core: str) -> Done:
        length = ["--transactions", str(max(1, amount.count // 4))] if amount.count else ["--time", str(max(1, round(amount.seconds)))]
        rate = ["--rate", f"{amount.rate:.0f}"] if amount.rate else []
        command = [
            *(f"{install.POSTGRES}/bin/pgbench", "--no-vacuum", "--protocol", "prepared", "--client", "4", "--jobs", "1"),
            *("--define", "turn=0"),  # a script that takes one thing after the other counts on from here
            *("-h", "127.0.0.1", "-p", str(self.ports["postgres"]), "-U", "postgres", "--file", str(script), *length, *rate, "aula"),
        ]
        return load.parse_pgbench(await load.output_of(pinned(core, command), self._postgres_environment()))

    # What no noise touches.

    async def statements(self) -> tuple[int, int]:
        """Statements so far without those that control transactions, and those. What services ask by the clock belongs to no request."""
        control = CONTROL_STATEMENTS
        where = f"JOIN pg_roles ON pg_roles.oid = userid WHERE rolname <> 'postgres' AND NOT ({CLOCK_STATEMENTS})"
        text = await self.sql(
            f"SELECT coalesce(sum(calls) FILTER (WHERE NOT ({control})), 0), coalesce(sum(calls) FILTER (WHERE {control}), 0)"
            f" FROM pg_stat_statements {where}"
        )
        work, ending = text.split("|")
        return int(float(work)), int(float(ending))

    async def count_statements(self, on: bool) -> None:
        await self.sql(f"ALTER SYSTEM SET pg_stat_statements.track = '{'top' if on else 'none'}'; SELECT pg_reload_conf()")
        await asyncio.sleep(0.3)  # every backend reads the setting before its next statement

    async def grpc_calls(self) -> int:
        """Calls that the running services have answered, by their own metrics."""
        total = 0
        for name in commands.SERVICES:
            if self.pid(name):
                address = f"http://127.0.0.1:{self.ports[name + '_admin']}/metrics"
                text = await asyncio.to_thread(lambda: urllib.request.urlopen(address, timeout=5).read().decode())
                total += count_of_calls(text)
        return total

    async def allocated(self, name: str) -> int | None:
        """Bytes that a program on the JVM or in Go has allocated so far; None where nobody tells."""
        if f"{name}_stats" in self.ports:
            address = f"http://127.0.0.1:{self.ports[name + '_stats']}/"
            text = await asyncio.to_thread(lambda: urllib.request.urlopen(address, timeout=5).read())
            return json.loads(text)["allocated_bytes"]
        pid = self.pid(name)
        if not pid or "java" not in Path(f"/proc/{pid}/cmdline").read_text():
            return None
        return allocated_by(await load.output_of([f"{self.toolchain.java_home}/bin/jcmd", str(pid), "Thread.print", "-e"]))

    def memory_mb(self, name: str) -> float:
        pid = self.pid(name)
        return machine.resident_mb(pid) if pid else 0.0


def allocated_by(text: str) -> int:
    """Bytes that the living threads of a JVM have allocated so far; what virtual threads allocate is counted for their
    carrier, and neither those nor the event loops end while there is load."""
    units = {"": 1, "B": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
    return sum(int(float(number) * units[unit]) for number, unit in re.findall(r" allocated=([\d.]+)([BKMG]?)", text))


def count_of_calls(metrics: str) -> int:
    """Answered calls of the contract in a text of metrics; health checks are nobody's work."""
    return sum(
        int(float(line.rsplit(" ", 1)[1]))
        for line in metrics.splitlines()
        if line.startswith("grpc_server_calls_seconds_count{") and 'method="aula.' in line
    )
