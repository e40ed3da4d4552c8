"""The supervisor against the real engines, in a state folder of its own."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
import unittest
import unittest.mock
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from aula_local import engines, install, ports, toolchain
from aula_local.child import before_exec
from aula_local.paths import LOCAL, ROOT, Problem, State, read_json
from aula_local.status import descendants
from aula_local.supervisor import ask

STATE = State(LOCAL / f"test-{os.getpid()}-local")
OUTPUT = STATE.root / "output.log"


def eventually(true: Callable[[], object], what: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}\n{OUTPUT.read_text()}")
        time.sleep(0.05)


def start() -> subprocess.Popen[bytes]:
    STATE.root.mkdir(parents=True, exist_ok=True)
    STATE.file.unlink(missing_ok=True)
    with open(OUTPUT, "ab") as output:
        process = subprocess.Popen(
            [str(ROOT / "local" / "aula"), "engines", "--state", str(STATE.root)],
            # The engines that are tested are our own, whatever the shell was told.
            env={name: value for name, value in os.environ.items() if name not in engines.VARIABLES.values()},
            stdout=output,
            stderr=output,
            preexec_fn=before_exec(signal.SIGTERM),
        )
    eventually(lambda: phase() == "ready" or process.poll() is not None, "engines are ready", 60)
    assert phase() == "ready", OUTPUT.read_text()
    return process


def phase() -> str | None:
    return read_json(STATE.file).get("phase")


def processes() -> dict:
    return read_json(STATE.file)["processes"]


def control(command: str, name: str = "") -> dict:
    return asyncio.run(ask(STATE, {"command": command, "name": name}))


def redis(*words: str) -> str:
    with (
        socket.create_connection(("127.0.0.1", processes()["redis"]["port"]), 2) as connection,
        connection.makefile("rb") as answers,
    ):
        connection.sendall(f"AUTH default {STATE.secret('redis/default.password')}\r\n{' '.join(words)}\r\n".encode())
        answers.readline()
        line = answers.readline().decode().strip()
        return answers.readline().decode().strip() if line.startswith("$") and line != "$-1" else line


def postgres(sql: str) -> str:
    psql = [
        str(install.POSTGRES / "bin" / "psql"),
        "-h",
        "127.0.0.1",
        "-p",
        str(processes()["postgres"]["port"]),
        "-U",
        "postgres",
        "-At",
        "-c",
        sql,
        "aula",
    ]
    environment = {**os.environ, "PGPASSWORD": STATE.secret("postgres/postgres.password")}
    return subprocess.run(psql, env=environment, check=True, text=True, capture_output=True).stdout.strip()


def clickhouse(sql: str) -> str:
    credentials = base64.b64encode(f"aula:{STATE.secret('clickhouse/aula.password')}".encode()).decode()
    request = urllib.request.Request(
        f"{processes()['clickhouse']['url']}/?database=aula", sql.encode(), {"Authorization": f"Basic {credentials}"}
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode().strip()


def mongodb(script: str) -> str:
    code = f"import pymongo, sys; db = pymongo.MongoClient(sys.argv[1])['aula']; print({script})"
    return subprocess.run(
        [str(install.PYTHON), "-c", code, processes()["mongodb"]["url"]], check=True, text=True, capture_output=True
    ).stdout.strip()


def send_mail(to: str, subject: str, text: str, minute: int) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Aula <no-reply@aula.example>", to, subject
    message["Date"] = f"Sat, 02 May 2026 10:{minute:02}:00 +0200"
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", processes()["mail"]["port"], timeout=5) as server:
        server.send_message(message)


def aula_mail(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "local" / "aula"), "mail", "--state", str(STATE.root), *arguments]
    return subprocess.run(command, text=True, capture_output=True)


class SupervisorTest(unittest.TestCase):
    supervisor: subprocess.Popen[bytes]

    @classmethod
    def setUpClass(cls) -> None:
        cls.supervisor = start()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.supervisor.send_signal(signal.SIGINT)
        cls.supervisor.wait(30)
        shutil.rmtree(STATE.root)

    def test_every_engine_answers(self) -> None:
        self.assertEqual(
            postgres("CREATE EXTENSION IF NOT EXISTS vector; SELECT '[3,4]'::vector <-> '[0,0]'").splitlines()[-1], "5"
        )
        self.assertEqual(redis("PING"), "+PONG")
        self.assertEqual(clickhouse("SELECT currentUser()"), "aula")
        self.assertEqual(mongodb("db.command('ping')['ok']"), "1.0")
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(processes()["s3"]["url"] + "/aula", timeout=5)
        self.assertEqual(refused.exception.code, 403)
        refused.exception.close()

    def test_clickhouse_hands_out_no_files(self) -> None:
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(
                processes()["clickhouse"]["url"], b"SELECT * FROM file('/etc/passwd', 'LineAsString')", timeout=5
            )
        self.assertIn(b"Not enough privileges", refused.exception.read())
        refused.exception.close()

    def test_a_killed_engine_is_named_and_started_again(self) -> None:
        before = processes()["redis"]["pid"]
        os.kill(before, signal.SIGKILL)
        eventually(lambda: processes()["redis"]["status"] == "ready" and processes()["redis"]["pid"] != before, "redis is back")
        self.assertEqual(redis("PING"), "+PONG")
        said = OUTPUT.read_text()
        self.assertIn("redis died by SIGKILL; its log is", said)
        self.assertIn("redis is back after", said)

    def test_an_engine_is_taken_away_and_given_back(self) -> None:
        clickhouse("CREATE OR REPLACE TABLE kept (n Int32) ENGINE = MergeTree ORDER BY n")
        clickhouse("INSERT INTO kept VALUES (7)")
        self.assertEqual(control("stop", "clickhouse")["status"], "stopped")
        with self.assertRaises(OSError):
            clickhouse("SELECT 1")
        self.assertEqual(control("start", "clickhouse")["status"], "ready")
        self.assertEqual(clickhouse("SELECT n FROM kept"), "7")

    def test_mail_is_listed_and_the_newest_of_an_address_is_shown(self) -> None:
        send_mail("ada@test.example", "First", "an older link", 1)
        send_mail("eva@test.example", "For somebody else", "another link", 3)
        send_mail("ada@test.example", "Contraseña nueva", "¿Fue usted?\nhttp://127.0.0.1/verify-email?token=abc", 2)

        listed = aula_mail().stdout.splitlines()
        self.assertRegex(listed[0], "^time.*to.*from.*subject$")
        self.assertEqual(
            [" ".join(line.split()) for line in listed if "ada@test.example" in line or "eva@test.example" in line],
            [
                "2026-05-02 08:01:00 ada@test.example Aula <no-reply@aula.example> First",
                "2026-05-02 08:02:00 ada@test.example Aula <no-reply@aula.example> Contraseña nueva",
                "2026-05-02 08:03:00 eva@test.example Aula <no-reply@aula.example> For somebody else",
            ],
        )
        shown = aula_mail("Ada@test.example").stdout
        self.assertIn("Subject: Contraseña nueva", shown)
        self.assertTrue(shown.endswith("\n\n¿Fue usted?\nhttp://127.0.0.1/verify-email?token=abc\n"), shown)
        mails = json.loads(aula_mail("--json", "ada@test.example").stdout)
        self.assertEqual([mail["subject"] for mail in mails], ["First", "Contraseña nueva"])
        self.assertIn("<p>¿Fue usted?", mails[1]["html"])

    def test_an_address_without_mail_is_told(self) -> None:
        result = aula_mail("nobody@test.example")
        self.assertEqual((result.returncode, result.stdout), (1, "No mail for this address yet.\n"))

    def test_the_mail_server_is_taken_away_and_given_back(self) -> None:
        self.assertEqual(control("stop", "mail")["status"], "stopped")
        with self.assertRaises(OSError):
            send_mail("away@test.example", "Lost", "nobody listens", 5)
        self.assertIn("does not answer", aula_mail().stderr)
        self.assertEqual(control("start", "mail")["status"], "ready")
        send_mail("away@test.example", "Back", "somebody listens", 6)
        self.assertIn("Back", aula_mail("away@test.example").stdout)

    def test_an_unknown_name_is_refused(self) -> None:
        self.assertIn("names are postgres", control("stop", "oracle")["error"])

    def test_a_second_supervisor_is_refused(self) -> None:
        second = subprocess.run(
            [str(ROOT / "local" / "aula"), "engines", "--state", str(STATE.root)], text=True, capture_output=True
        )
        self.assertEqual(second.returncode, 1)
        self.assertIn(f"in use by the supervisor with pid {self.supervisor.pid}", second.stderr)

    def test_secrets_are_for_their_owner(self) -> None:
        for path in STATE.secrets.rglob("*"):
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)

    def test_a_killed_supervisor_leaves_nothing_and_the_data_is_found_again(self) -> None:
        postgres("CREATE TABLE IF NOT EXISTS kept (n int)")
        postgres("INSERT INTO kept VALUES (7)")
        redis("SET", "kept", "7")
        mongodb("db.kept.insert_one({'n': 7}).acknowledged")
        ports_before = {name: row["port"] for name, row in processes().items()}
        children = descendants(self.supervisor.pid)
        self.assertGreater(len(children), len(ports_before), "PostgreSQL has workers")
        self.supervisor.kill()
        self.supervisor.wait()
        eventually(lambda: not [pid for pid in children if alive(pid)], "all children are gone")

        type(self).supervisor = start()

        self.assertEqual({name: row["port"] for name, row in processes().items()}, ports_before)
        self.assertEqual(postgres("SELECT max(n) FROM kept"), "7")
        self.assertEqual(redis("GET", "kept"), "7")
        self.assertEqual(mongodb("db.kept.find_one()['n']"), "7")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class OwnEnginesTest(unittest.TestCase):
    def test_a_mail_server_of_ones_own_is_used_instead(self) -> None:
        given = {variable: f"{name}://127.0.0.1:9" for name, variable in engines.VARIABLES.items()}
        with unittest.mock.patch.dict(os.environ, {**given, "SMTP_URL": "smtps://mail.test.example:465"}):
            described = engines.describe(STATE, toolchain.Toolchain("", "", ""), {})
        self.assertEqual(described.programs, [])
        told = described.environment(STATE)
        self.assertEqual(told["SMTP_URL"], "smtps://mail.test.example:465")
        self.assertNotIn("MAIL_API_URL", told)


class PortsTest(unittest.TestCase):
    def test_a_taken_port_is_told_with_its_holder(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            with self.assertRaises(Problem) as problem:
                ports.require_free(server.getsockname()[1], "Choose another.")
        self.assertIn(f"(pid {os.getpid()})", str(problem.exception))

    def test_make_run_says_who_holds_the_edge(self) -> None:
        # In a checkout of its own: where the mesh runs already, nobody looks at the port.
        with tempfile.TemporaryDirectory() as checkout, socket.create_server(("127.0.0.1", 0)) as server:
            shutil.copytree(ROOT / "local" / "aula_local", Path(checkout, "local", "aula_local"))
            aula = shutil.copy2(ROOT / "local" / "aula", Path(checkout, "local", "aula"))
            port = server.getsockname()[1]
            result = subprocess.run([str(aula), "up", "--port", str(port)], text=True, capture_output=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"Port {port} is taken by", result.stderr)


if __name__ == "__main__":
    unittest.main()
