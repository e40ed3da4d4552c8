"""The commands behind the Makefile."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import build, commands, engines, install, mail, ports, slowest, toolchain
from .instance import Instance, run, step
from .paths import ADDRESSES, LOCAL, ROOT, RUN, Problem, State, read_json
from .status import show_status
from .supervisor import Interrupted, Supervisor, already_running, ask, is_running, say


def prepare(prefix: str = "", built: bool = True) -> toolchain.Toolchain:
    """Tools, engines and programs, each only as far as it is missing."""
    found = toolchain.find()
    if not engines.all_given(prefix):
        install.install(found)
    if built:
        build.build(found)
    return found


async def mesh(found: toolchain.Toolchain, edge: int, only: list[str]) -> int:
    async with Supervisor(State(RUN)) as supervisor:
        begun = time.monotonic()
        instance = Instance(supervisor, found, edge, only=only)
        try:
            await instance.start_engines()
            await instance.migrate()
            if not supervisor.ending.is_set():
                await instance.start_services()
                await instance.start_envoy()
        except Interrupted:
            return 130
        if not supervisor.ending.is_set():
            instance.announce()
            say(f"Everything answered after {time.monotonic() - begun:.1f} s.")
            supervisor.set_phase("ready")
        return await supervisor.wait()


def command_run(arguments: argparse.Namespace) -> int:
    refuse_second(State(RUN))
    require_edge(arguments.port)
    found = toolchain.find() if arguments.prepared else prepare()
    code = asyncio.run(mesh(found, arguments.port, arguments.only))
    say("Stopped.")
    return code


def command_up(arguments: argparse.Namespace) -> int:
    state = State(RUN)
    if is_running(state):
        say("Already up; `make status` shows it.")
        return 0
    require_edge(arguments.port)
    prepare()
    state.create().file.unlink(missing_ok=True)
    log = state.logs / "supervisor.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "aula_local", "run", "--prepared"),
                *("--port", str(arguments.port), "--only", ",".join(arguments.only)),
            ],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        return follow_until_ready(process, state, log)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def follow_until_ready(process: subprocess.Popen[bytes], state: State, log: Path) -> int:
    with open(log, encoding="utf-8", errors="replace") as output:
        while True:
            code = process.poll()
            phase = read_json(state.file).get("phase")
            sys.stdout.write(output.read())
            sys.stdout.flush()
            if code is not None:
                say(f"It did not come up; the log is {log}.")
                return code or 1
            if phase == "ready":
                return 0
            time.sleep(0.05)


def command_warm(_: argparse.Namespace) -> int:
    """One start to learn from, with engines and data of its own that are gone afterwards."""
    found = prepare()
    state = State(LOCAL / "warm")

    async def learn() -> int:
        async with Supervisor(state) as supervisor:
            instance = Instance(supervisor, found, ports.choose(state, ["edge"])["edge"])
            try:
                await instance.start_engines()
                await instance.migrate()
                await instance.start_services(learn=True)
            except Interrupted:
                return 130
            with step("Writing the AOT caches"):
                await supervisor.stop("services")
        return 0

    try:
        code = asyncio.run(learn())
    finally:
        for path in (state.outside, state.root):
            install.remove_tree(path)
    if not code:
        say("Until the next build `make up` and `make run` start faster.")
    return code


def command_down(_: argparse.Namespace) -> int:
    state = State(RUN)
    if not is_running(state):
        say("Nothing runs.")
        return 0
    asyncio.run(ask(state, {"command": "shutdown"}))
    deadline = time.monotonic() + 90
    while is_running(state):
        if time.monotonic() > deadline:
            raise Problem(f"Still stopping after 90 s; the log is {state.logs / 'supervisor.log'}.")
        time.sleep(0.05)
    say("Stopped.")
    return 0


def command_status(_: argparse.Namespace) -> int:
    return show_status(State(RUN), is_running(State(RUN)))


def command_mail(arguments: argparse.Namespace) -> int:
    state = State(Path(arguments.state) if arguments.state else RUN)
    if not is_running(state):
        raise Problem("Nothing runs: start it with `make up`.")
    if "mail" not in read_json(state.file)["processes"]:
        raise Problem(f"Mail goes to a server of your own ({os.environ.get('SMTP_URL', 'SMTP_URL')}); read it there.")
    found = mail.read(f"http://127.0.0.1:{read_json(state.ports)[engines.MAIL_API]}", arguments.to)
    print(mail.as_json(found) if arguments.json else mail.newest(found) if arguments.to else mail.table(found))
    return 0 if found or not arguments.to else 1


def command_migrate(arguments: argparse.Namespace) -> int:
    found = prepare()

    async def migrate() -> None:
        state = State(RUN)
        if is_running(state):
            environment = {**environment_of_running(state), "DEMO": "true"}
            command = [*commands.MIGRATE, *([f"--store={arguments.store}"] if arguments.store else [])]
            if code := await run(command, found, environment):
                raise Problem(f"The migrate job ended with exit code {code}.")
            return
        async with Supervisor(state) as supervisor:
            instance = Instance(supervisor, found)
            await instance.start_engines()
            await instance.migrate(arguments.store)

    asyncio.run(migrate())
    return 0


def environment_of_running(state: State) -> dict[str, str]:
    known = read_json(state.file)["processes"]
    urls = {
        variable: os.environ.get(variable) or known[name]["url"]
        for name, variable in engines.VARIABLES.items()
        if os.environ.get(variable) or name in known
    }
    remembered = {f"{name.upper()}_PORT": str(port) for name, port in read_json(state.ports).items() if name not in known}
    edge = {"EDGE_URL": known["envoy"]["url"]} if "envoy" in known else {}
    return {**urls, **remembered, **edge, "SECRETS_DIR": str(state.secrets), "CONTROL_SOCKET": str(state.control)}


def command_in_running(command: list[str]) -> int:
    state = State(RUN)
    if not is_running(state):
        raise Problem("Nothing runs: start it with `make up`.")
    environment = {**environment_of_running(state), "ADDRESSES": str(ADDRESSES)}
    return asyncio.run(run(command, toolchain.find(), environment))


def command_demo(arguments: argparse.Namespace) -> int:
    course = [f"--course={Path(arguments.course).resolve()}"] if arguments.course else []
    if not is_running(State(RUN)):
        raise Problem("Nothing runs: start it with `make up`.")
    return run_all(commands.TYPESCRIPT) or command_in_running([*commands.DEMO, *course])


def command_replay(arguments: argparse.Namespace) -> int:
    return command_in_running([*commands.REPLAY, *arguments.rest])


def command_rotate_keys(arguments: argparse.Namespace) -> int:
    return command_in_running([*commands.ROTATE_KEYS, *arguments.rest])


def command_rebuild_leaderboards(_: argparse.Namespace) -> int:
    return command_in_running(commands.REBUILD_LEADERBOARDS)


def command_recompute(arguments: argparse.Namespace) -> int:
    return command_in_running([*commands.RECOMPUTE, *arguments.rest])


def command_recompute_sort_keys(_: argparse.Namespace) -> int:
    return command_in_running(commands.RECOMPUTE_SORT_KEYS)


def command_clean_data(_: argparse.Namespace) -> int:
    state = State(RUN)
    refuse_second(state)
    for path in (state.data, state.secrets, state.outside):
        install.remove_tree(path)
    say(f"Removed the data and secrets in {state.root}.")
    return 0


def command_engines(arguments: argparse.Namespace) -> int:
    """Engines alone, in the foreground, for an IDE: TEST_* variables in a file to source."""
    found = prepare("TEST_", built=False)
    state = State(Path(arguments.state) if arguments.state else LOCAL / f"engines-{arguments.name}")

    async def serve() -> int:
        async with Supervisor(state) as supervisor:
            instance = Instance(supervisor, found, prefix="TEST_", durable=False)
            try:
                await instance.start_engines()
            except Interrupted:
                return 130
            both = {**instance.engines.environment(state), **instance.environment()}
            exports = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in both.items())
            (state.root / "env").write_text(exports)
            say(f"\nThe engines run until Ctrl-C. In another terminal: . {state.root / 'env'}\n{exports}")
            supervisor.set_phase("ready")
            return await supervisor.wait()

    return asyncio.run(serve())


def sweep_old_tests() -> None:
    for folder in LOCAL.glob("test-*"):
        if folder.is_dir() and not is_running(State(folder)) and time.time() - folder.stat().st_mtime > 60:
            for path in (State(folder).outside, folder):
                install.remove_tree(path)


def command_test(_: argparse.Namespace) -> int:
    found = prepare("TEST_")
    sweep_old_tests()
    state = State(LOCAL / f"test-{os.getpid()}")

    async def test() -> int:
        begun, since = time.monotonic(), time.time()
        for command in commands.TEST_LOCAL:
            with step("Tests of the local tool"):
                if code := await run(command, found, {"PYTHONPATH": str(ROOT / "local")}):
                    return code
        async with Supervisor(state) as supervisor:
            instance = Instance(supervisor, found, prefix="TEST_", durable=False)
            try:
                await instance.start_engines()
                await instance.migrate_for_tests()
            except Interrupted:
                return 130
            supervisor.set_phase("ready")
            for command in [*commands.TYPESCRIPT, *commands.TEST_NPM, *commands.TEST]:
                say(f"$ {' '.join(command)}")
                code = await run(command, found, instance.environment(), ending=supervisor.ending)
                if command in commands.TEST:
                    say(slowest.table(ROOT, since))
                if supervisor.ending.is_set():
                    return supervisor.exit_code or 130
                if code:
                    say(f"`{' '.join(command)}` ended with exit code {code}; the engines' logs are in {state.logs}.")
                    return code
        say(f"$ {' '.join(commands.TEST_BENCH)}")
        if code := await run(commands.TEST_BENCH, found):
            return code
        say(f"All tests passed in {time.monotonic() - begun:.0f} s.")
        return 0

    code = asyncio.run(test())
    if code in (0, 130):
        for path in (state.outside, state.root):
            install.remove_tree(path)
    return code


def run_all(lines: list[list[str]]) -> int:
    found = prepare(built=False)

    async def each() -> int:
        for line in lines:
            say(f"$ {' '.join(line)}")
            if code := await run(line, found):
                return code
        return 0

    return asyncio.run(each())


def command_check(_: argparse.Namespace) -> int:
    code = run_all(commands.CHECK)
    if code == 0:
        build.mark_built()
    return code


def command_schema(_: argparse.Namespace) -> int:
    found = prepare()
    code = asyncio.run(run(commands.SCHEMA, found))
    if code == 0:
        say(commands.SCHEMA_FILE)
    return code


def command_env(_: argparse.Namespace) -> int:
    environment = toolchain.find().environment()
    for name in ("JAVA_HOME", "PATH"):
        print(f"export {name}={shlex.quote(environment[name])}")
    return 0


def names_of_services(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    if unknown := [name for name in names if name not in commands.ALONE]:
        raise argparse.ArgumentTypeError(f"no service is called {', '.join(unknown)}; there are {', '.join(commands.ALONE)}")
    return names


def require_edge(port: int) -> None:
    ports.require_free(port, "Choose another with PORT=…, or stop that one.")


def refuse_second(state: State) -> None:
    if is_running(state):
        raise Problem(already_running(state))


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="aula", description="Everything of Aula on one machine.")
    commands_ = root.add_subparsers(required=True, metavar="command")

    def add(name: str, does: object, text: str) -> argparse.ArgumentParser:
        sub = commands_.add_parser(name, help=text)
        sub.set_defaults(does=does)
        return sub

    for name, does, text in (
        ("run", command_run, "everything, in the foreground"),
        ("up", command_up, "everything, in the background"),
    ):
        sub = add(name, does, text)
        sub.add_argument("--port", type=int, default=8080)
        sub.add_argument("--only", type=names_of_services, default=[])
        sub.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)
    add("down", command_down, "stop what runs in the background")
    add("status", command_status, "what runs")
    add("warm", command_warm, "learn from one start, so that the next ones are faster")
    add("install", lambda _: prepare(built=False) and 0, "fetch the tools and engines")
    add("build", lambda _: prepare() and 0, "build the programs")
    sub = add("mail", command_mail, "the mail that the local server took")
    sub.add_argument("to", nargs="?", default="", help="show the newest mail for this address")
    sub.add_argument("--json", action="store_true", help="all of it, for programs")
    sub.add_argument("--state", help=argparse.SUPPRESS)
    add("migrate", command_migrate, "bring the stores to the newest schema").add_argument("--store")
    add("demo", command_demo, "the story, against what runs").add_argument("--course")
    add("replay", command_replay, "deliver dead letters again, and try stuck sagas").add_argument("rest", nargs="*")
    add("rotate-keys", command_rotate_keys, "a new key for access tokens").add_argument("rest", nargs="*")
    add("rebuild-leaderboards", command_rebuild_leaderboards, "leaderboards as the gradebooks say")
    add("recompute-sort-keys", command_recompute_sort_keys, "order of names as this version's ICU says")
    add("recompute", command_recompute, "percentages as the lessons say").add_argument("rest", nargs="*")
    add("clean-data", command_clean_data, "remove data and secrets")
    sub = add("engines", command_engines, "the engines alone, in the foreground")
    sub.add_argument("--name", default="dev")
    sub.add_argument("--state", help="a state folder of your own")
    add("test", command_test, "every test, with engines of its own")
    add("check", command_check, "formatting, lint, static analysis")
    add("proto", lambda _: run_all(commands.PROTO), "build the contract")
    add("schema", command_schema, "the GraphQL schema as one document")
    add("release-contract", lambda _: run_all(commands.RELEASE_CONTRACT), "keep the contract as released")
    add("env", command_env, "print JAVA_HOME and PATH to eval")
    return root


def main() -> int:
    arguments = parser().parse_args()
    if sys.version_info < (3, 12) and hasattr(os, "pidfd_open"):
        # No threads beside ours: we fork with a function that runs before exec.
        asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    try:
        return arguments.does(arguments) or 0
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except (Interrupted, KeyboardInterrupt):
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
