"""The six engines: how each starts, is ready and stops; and the environment that tells programs where they are."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import install, probes
from .child import Program, before_exec, killed_at_the_end
from .paths import HERE, Problem, State, write_atomically
from .toolchain import Toolchain

# The variable that names an engine of one's own, and the one that programs read.
VARIABLES = {
    "postgres": "POSTGRES_URL",
    "redis": "REDIS_URL",
    "mongodb": "MONGO_URL",
    "clickhouse": "CLICKHOUSE_URL",
    "s3": "S3_ENDPOINT",
    "mail": "SMTP_URL",
}

# What needs a port: each engine, and the page of the mail server on which the mail can be read.
MAIL_API = "mail_api"
PORTS = [*VARIABLES, MAIL_API]


@dataclass
class Engines:
    """The programs to start, and the URL of every engine, started or given."""

    programs: list[Program] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)
    mail_api: str | None = None  # where the mail can be read; of the bundled mail server only

    def environment(self, state: State, prefix: str = "") -> dict[str, str]:
        """What programs are told; `prefix` is TEST_ for tests."""
        urls = {prefix + VARIABLES[name]: url for name, url in self.urls.items()}
        mail = {f"{prefix}MAIL_API_URL": self.mail_api} if self.mail_api else {}
        # s3proxy obeys a header that makes a file public though nobody signed it, so uploads have to sign the opposite.
        acl = {f"{prefix}S3_UPLOAD_ACL": "private"} if any(program.name == "s3" for program in self.programs) else {}
        return {**urls, **mail, **acl, f"{prefix}SECRETS_DIR": str(state.secrets), f"{prefix}CONTROL_SOCKET": str(state.control)}


def describe(state: State, toolchain: Toolchain, ports: dict[str, int], prefix: str = "", durable: bool = True) -> Engines:
    """An engine whose variable is set in our environment is used instead of started."""
    makers: dict[str, Callable[[], Program]] = {
        "postgres": lambda: _postgres(state, ports["postgres"], durable),
        "redis": lambda: _redis(state, ports["redis"]),
        "mongodb": lambda: _mongodb(state, ports["mongodb"]),
        "clickhouse": lambda: _clickhouse(state, ports["clickhouse"]),
        "s3": lambda: _s3(state, toolchain, ports["s3"]),
        "mail": lambda: _mail(state, toolchain, ports["mail"], ports[MAIL_API]),
    }
    engines = Engines()
    for name, make in makers.items():
        given = os.environ.get(prefix + VARIABLES[name])
        if given:
            engines.urls[name] = given
        else:
            program = make()
            engines.programs.append(program)
            engines.urls[name] = program.url
            if name == "mail":
                engines.mail_api = f"http://127.0.0.1:{ports[MAIL_API]}"
    return engines


def all_given(prefix: str = "") -> bool:
    return all(os.environ.get(prefix + variable) for variable in VARIABLES.values())


def _folder(state: State, name: str) -> Path:
    folder = state.data / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _bare_environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", **more}


# PostgreSQL refuses to run as root: root starts it as the user `postgres`, or `nobody`, who must reach its files.


def _postgres_user() -> tuple[int, int] | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise Problem("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody` to run it as.")


def _reachable(path: Path, user: tuple[int, int] | None) -> bool:
    if user is None:
        return True
    return (
        subprocess.run(["/bin/sh", "-c", f'test -x "{path}"'], cwd="/", user=user[0], group=user[1], extra_groups=[]).returncode
        == 0
    )


def _postgres_home(state: State, user: tuple[int, int] | None) -> tuple[Path, Path]:
    """The folders of the binaries and of the data: in the checkout, unless PostgreSQL's user cannot reach it."""
    if _reachable(install.POSTGRES / "bin" / "postgres", user) and _reachable(state.data, user):
        return install.POSTGRES, state.data / "postgres"
    outside = state.outside
    print(f"  PostgreSQL's user cannot reach {state.root}: its programs and data are in {outside}", flush=True)
    outside.mkdir(mode=0o755, exist_ok=True)
    outside.chmod(0o755)
    if outside.stat().st_uid != os.geteuid():
        raise Problem(f"{outside} belongs to somebody else; remove it.")
    package = install.POSTGRES.parent
    for name in (f"{package.name}.libs", package.name):
        if not (outside / name).exists():
            shutil.copytree(package.parent / name, outside / name)
    return outside / package.name / install.POSTGRES.name, outside / "data"


def _postgres(state: State, port: int, durable: bool) -> Program:
    user = _postgres_user()
    home, data = _postgres_home(state, user)
    binaries = home / "bin"
    password = state.secret("postgres/postgres.password")
    environment = _bare_environment(HOME=str(data))
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 200,
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_duration_statement": "1s",
        # What people wrote is in parameters and in the details of errors ("Key (email)=(…) already exists").
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
        "max_wal_size": "1GB",
        **({} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
    }

    async def run(*command: str, stdin: bytes = b"") -> None:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=data.parent,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            user=user and user[0],
            group=user and user[1],
            extra_groups=user and [],
            preexec_fn=before_exec(signal.SIGKILL),
        )
        async with killed_at_the_end(process):
            output, _ = await process.communicate(stdin)
        if process.returncode:
            raise Problem(f"{Path(command[0]).name} failed:\n{output.decode(errors='replace')[-2000:]}")

    async def prepare() -> None:
        if (data / "PG_VERSION").exists():
            return
        begun = data.parent / "postgres.new"
        shutil.rmtree(begun, ignore_errors=True)
        begun.mkdir(mode=0o700)
        password_file = begun.parent / "postgres.password"
        write_atomically(password_file, password, 0o600)
        if user:
            os.chown(begun, *user)
            os.chown(password_file, *user)
        try:
            options = "-U postgres -A scram-sha-256 -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --no-instructions"
            await run(f"{binaries}/initdb", "-D", str(begun), f"--pwfile={password_file}", "--no-sync", *options.split())
        finally:
            password_file.unlink()
        await run(f"{binaries}/postgres", "--single", "-D", str(begun), "postgres", stdin=b"CREATE DATABASE aula;\n")
        # Only a complete folder gets the name, so that an interrupted first start begins anew.
        begun.rename(data)

    return Program(
        "postgres", port, f"jdbc:postgresql://127.0.0.1:{port}/aula", state.logs / "postgres.log",
        command=lambda: [f"{binaries}/postgres", "-D", str(data), *(f"--{k.replace('_', '-')}={v}" for k, v in settings.items())],
        ready=lambda: probes.exits_with_zero(f"{binaries}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)),
        prepare=prepare, user=user, environment=environment, directory=data.parent,
        # SIGINT is PostgreSQL's fast shutdown; SIGQUIT ends it and its workers at once and is safe for the data.
        stop_signal=signal.SIGINT, death_signal=signal.SIGQUIT,
    )  # fmt: skip


def _redis(state: State, port: int) -> Program:
    password = state.secret("redis/default.password")
    users = state.secrets / "redis" / "users.acl"
    if not users.exists():
        state.write_secret("redis/users.acl", f"user default on >{password} ~* &* +@all\n")
    folder = _folder(state, "redis")
    options = f"--bind 127.0.0.1 --port {port} --appendonly yes --appendfsync everysec --daemonize no".split()
    return Program(
        "redis", port, f"redis://127.0.0.1:{port}", state.logs / "redis.log",
        command=lambda: [str(install.VALKEY), "--dir", str(folder), "--aclfile", str(users), "--save", "", *options],
        ready=lambda: probes.redis_pong(port, password),
        environment=_bare_environment(), directory=folder,
    )  # fmt: skip


def _mongodb(state: State, port: int) -> Program:
    folder = _folder(state, "mongodb")
    start = "from secantus.cli import main; main()"
    # Without --sync-on-commit a killed engine loses the last writes that it had answered.
    options = f"--host 127.0.0.1 --port {port} --log-level WARNING --cache-size 256M --sync-on-commit".split()
    return Program(
        "mongodb", port, f"mongodb://127.0.0.1:{port}/?replicaSet=secantus&directConnection=true", state.logs / "mongodb.log",
        command=lambda: [str(install.PYTHON), "-c", start, "--storage-path", str(folder / "store"), *options],
        ready=lambda: probes.mongo_hello(port),
        environment=_bare_environment(HOME=str(folder)), directory=folder,
    )  # fmt: skip


def _clickhouse(state: State, port: int) -> Program:
    folder = _folder(state, "clickhouse")
    password = state.secret("clickhouse/aula.password")
    users = (HERE / "clickhouse" / "users.xml").read_text().replace("@@PASSWORD@@", password)
    users_file = state.write_secret("clickhouse/users.xml", users)
    config = folder / "config.xml"
    config.write_text((HERE / "clickhouse" / "config.xml").read_text().replace("@@USERS@@", str(users_file)))
    child = HERE / "aula_local" / "clickhouse_child.py"
    password_file = state.secrets / "clickhouse" / "aula.password"

    async def ready() -> bool:
        return await probes.http_status(port, "/ping") == 200

    return Program(
        "clickhouse", port, f"http://127.0.0.1:{port}", state.logs / "clickhouse.log",
        command=lambda: [str(word) for word in
                         (install.PYTHON, child, install.CLICKHOUSE, config, folder / "store", port, password_file)],
        ready=ready, stop_by_stdin=True,
        environment=_bare_environment(HOME=str(folder)), directory=folder,
    )  # fmt: skip


def _s3(state: State, toolchain: Toolchain, port: int) -> Program:
    folder = _folder(state, "s3")
    bucket = folder / "aula"
    bucket.mkdir(exist_ok=True)
    bucket.chmod(0o700)  # s3proxy takes what others may read on disk for a public bucket
    properties = {
        "s3proxy.endpoint": f"http://127.0.0.1:{port}",
        "s3proxy.authorization": "aws-v2-or-v4",
        "s3proxy.identity": state.secret("s3/access-key"),
        "s3proxy.credential": state.secret("s3/secret-key"),
        "s3proxy.cors-allow-all": "true",
        "jclouds.provider": "filesystem-nio2",
        "jclouds.filesystem.basedir": str(folder),
    }
    properties_file = state.write_secret("s3/s3proxy.properties", "".join(f"{k}={v}\n" for k, v in properties.items()))
    logback = f"-Dlogback.configurationFile={HERE / 's3proxy' / 'logback.xml'}"
    java = [toolchain.java, *"-Xmx192m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1".split(), logback]

    async def ready() -> bool:
        return await probes.http_status(port) > 0

    return Program(
        "s3", port, f"http://127.0.0.1:{port}", state.logs / "s3.log",
        command=lambda: [*java, "-cp", f"{install.S3PROXY}/*", "org.gaul.s3proxy.Main", "--properties", str(properties_file)],
        ready=ready,
        environment=_bare_environment(HOME=str(folder)), directory=folder,
    )  # fmt: skip


def _mail(state: State, toolchain: Toolchain, port: int, api: int) -> Program:
    folder = _folder(state, "mail")
    addresses = {"smtp.hostname": "127.0.0.1", "smtp.port": port, "api.hostname": "127.0.0.1", "api.port": api}
    settings = [f"-Dgreenmail.{name}={value}" for name, value in addresses.items()]
    # It keeps all mail in memory: one that is full ends, and the supervisor starts it again, empty.
    java = [toolchain.java, *"-Xmx64m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError".split()]
    runner = "com.icegreen.greenmail.standalone.GreenMailStandaloneRunner"

    async def ready() -> bool:
        return await probes.smtp_greets(port) and await probes.http_status(api, "/api/service/readiness") == 200

    return Program(
        "mail", port, f"smtp://127.0.0.1:{port}", state.logs / "mail.log",
        command=lambda: [*java, *settings, "-Dgreenmail.auth.disabled", "-cp", f"{install.GREENMAIL}/*", runner],
        ready=ready,
        environment=_bare_environment(HOME=str(folder)), directory=folder,
    )  # fmt: skip
