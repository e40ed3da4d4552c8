"""W9: many enrollments by one list, beside COPY of the same rows; the gradebook of a large course. There is no loop of
requests here: a slice is a list of so many rows, and of the gradebook it is counted what a page costs."""

from __future__ import annotations

import asyncio
import base64
import re
import statistics
import time
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aula_local.paths import Problem
from aula_local.supervisor import say

from . import answers, events, machine, method, report, run, sides
from .load import Amount, Done
from .method import Pairs
from .places import LOAD_CORE, SERVER_CORE, SQL, WORK
from .sides import LoadSide, Side
from .workloads import id_of, word
from .world import CONTROL_STATEMENTS, World

ADMIN = "admin@aula.example"
ACCOUNT, COURSE = 16, 17  # kinds of ids, as in bulk.sql
SERVICE = "aula.enrollments.v1.BulkEnrollmentService"
PART_BYTES = 900_000
POLL_SECONDS = 0.25
MAX_SECONDS = 600
AIM_ROWS_PER_SECOND = 10_000
# Canvas's SIS import, as others have published it; not measured here.
PUBLISHED_ROWS_PER_SECOND = 115
WARM_UP = 6  # lists; what compilers still use after them stands in the table
MAX_PAIRS = 5
COUNTED_REQUESTS = 200


@dataclass(frozen=True)
class Size:
    rows: int
    few: int
    many: int
    page: int
    rounds: int


FULL = Size(rows=100_000, few=500, many=5_000, page=100, rounds=10)
SMALL = Size(rows=1_000, few=50, many=100, page=20, rounds=1)


def csv(rows: int) -> bytes:
    return ("user_id\n" + "".join(f"{id_of(ACCOUNT, number)}\n" for number in range(1, rows + 1))).encode()


def parts(text: bytes, size: int = PART_BYTES) -> list[bytes]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def seconds_of_timing(text: str) -> float:
    """What psql says of all statements together after `\\timing on`."""
    found = re.findall(r"^Time: ([\d.]+) ms", text, re.MULTILINE)
    if not found:
        raise Problem(f"psql said nothing of time: {text[-500:]}")
    return sum(map(float, found)) / 1000


def done_of(operation: dict[str, Any], rows: int) -> Done:
    """An operation that ended well and left nothing out; how long it took follows from the rate that it reports."""
    done, issues = int(operation.get("done", 0)), int(operation.get("issueCount", 0))
    if operation["state"] != "OPERATION_STATE_SUCCEEDED" or done != rows or issues:
        raise method.FailedSlice(f"the list came to {operation['state']}, {done} of {rows} rows, {issues} issues: {operation}")
    return Done(ok=done, errors=0, seconds=done / max(operation["rate"], 1e-9))


@dataclass
class ListSide(Side):
    """Enrolls everybody by a list: its parts, its run, and looking until that has ended."""

    rows: int = 0

    async def send(self, amount: Amount) -> Done:
        made = await self._call("CreateEnrollmentList", {"requestId": str(uuid.uuid4()), "courseId": id_of(COURSE, 1)})
        name = made["list"]["id"]
        encoded = [base64.b64encode(part).decode() for part in parts(csv(self.rows))]
        sent = [{"enrollmentListId": name, "number": place, "csv": part} for place, part in enumerate(encoded, 1)]
        token = await self.world.token(ADMIN)
        await self.world.calls("enrollments", f"{SERVICE}/AddEnrollmentListPart", sent, token)
        begun = await self._call("RunEnrollmentList", {"requestId": str(uuid.uuid4()), "enrollmentListId": name})
        return done_of(await self._ended(begun["operation"]), self.rows)

    async def _ended(self, operation: dict[str, Any]) -> dict[str, Any]:
        until = time.monotonic() + MAX_SECONDS
        while "endTime" not in operation:
            if time.monotonic() > until:
                raise method.FailedSlice(f"the list has not ended after {MAX_SECONDS} s: {operation}")
            await asyncio.sleep(POLL_SECONDS)
            operation = (await self._call("GetOperation", {"operationId": operation["id"]}))["operation"]
        return operation

    async def _call(self, name: str, request: dict[str, Any]) -> dict[str, Any]:
        return await self.world.call("enrollments", f"{SERVICE}/{name}", request, await self.world.token(ADMIN))


@dataclass
class CopySide(Side):
    """COPY of the rows that a list has made, into the same two tables. psql stands in the service's place."""

    rows: int = 0
    files: dict[str, Path] = field(default_factory=dict)
    _client: float = 0.0

    async def keep_rows(self) -> int:
        """What is in the tables now, to be copied from then on."""
        for table in ("enrollments", "enrollment_keys"):
            self.files[table] = WORK / f"w9.{table}.copy"
            rows = f"SELECT * FROM enrollments.{table} WHERE course_id = '{id_of(COURSE, 1)}'"
            await self.world.sql(f"\\copy ({rows}) TO '{self.files[table]}'")
        return min(len(path.read_bytes().splitlines()) for path in self.files.values())

    async def send(self, amount: Amount) -> Done:
        copies = "; ".join(f"\\copy enrollments.{table} FROM '{path}'" for table, path in self.files.items())
        before = machine.cpu_of_children()
        text = await self.world.sql(f"\\timing on; {copies}", SERVER_CORE)
        self._client = machine.cpu_of_children() - before
        return Done(ok=self.rows, errors=0, seconds=seconds_of_timing(text))

    def own_cpu(self, before: machine.Moment, after: machine.Moment, known: dict[str, float]) -> dict[str, float]:
        return {"client": self._client}


async def measure(world: World, plan: run.Plan) -> dict[str, Any]:
    size = FULL if plan.verdict else SMALL
    title = f"{size.rows:,} enrollments by a list; gradebook of {size.many:,} learners"
    say(f"\nW9: {title}")
    started = time.monotonic()
    await world.start(world.programs.service("auth", LOAD_CORE))
    await world.sql_file(SQL / "bulk.sql", accounts=max(size.rows, size.many), few=size.few, many=size.many)
    await events.forget(world)
    # First, since each enrollment is an event that has the gradebook work.
    counts, more = await gradebooks(world, plan, size)
    control, row, facts = await enrollments(world, plan, size)
    return {
        "workload": "9", "title": title, "control": control, "rows": [row], "counts": counts, "facts": [*facts, *more],
        "seconds": time.monotonic() - started,
    }  # fmt: skip


async def enrollments(world: World, plan: run.Plan, size: Size) -> tuple[dict[str, Any] | None, dict[str, Any], list[str]]:
    async def undo() -> None:
        await world.token(ADMIN)  # now, so that no login falls into the slice
        await world.sql_file(SQL / "undo_bulk.sql")

    ours = ListSide(
        "aula", world, {"service": ["enrollments"], "database": ["postgres"]}, [world.programs.service("enrollments")],
        before_slice=undo, rows=size.rows,
    )  # fmt: skip
    copy = CopySide("COPY", world, {"database": ["postgres"]}, before_slice=undo, rows=size.rows)
    await ours.start()
    try:
        once = Amount(count=1)
        for _ in range(WARM_UP if plan.verdict else 1):
            await ours.slice(once)  # the last also makes the rows that are copied
        if (made := await copy.keep_rows()) != size.rows:
            raise answers.Different(f"the list made {made} rows of {size.rows}")
        control = None
        if plan.verdict:
            wanted = min(plan.pairs, MAX_PAIRS)
            lists, copies = run.slices_of(ours, once), run.slices_of(copy, once)
            same = await method.compare(lists, lists, wanted, plan.gate)
            control = run.control_of(same, same.ratio_of_all())
            pairs = await method.compare(lists, copies, wanted, plan.gate)
        else:
            pairs = Pairs()
            pairs.add(await ours.slice(once), await copy.slice(once), gate=float("inf"))
    finally:
        await undo()
        if not plan.keep_peers:
            await ours.stop()
    say(f"  COPY           {report.interval(pairs.ratio_of_all())}  {report.kept(pairs)}")
    return control, row_of(pairs), rates(pairs, size.rows) if plan.verdict else []


def row_of(pairs: Pairs) -> dict[str, Any]:
    """CPU of one row, of all processes: who does what is another matter on each side."""
    whole = pairs.ratio_of_all()
    return {
        "peer": "COPY", "peer_role": "all", "note": "limit: COPY of the same rows; a request is a row",
        "ratio": whole and whole.as_json(), "ratio_of_all": whole and whole.as_json(),
        "cpu_micros": {"ours": run.medians([a for a, _ in pairs.kept]), "peer": run.medians([b for _, b in pairs.kept])},
        "compiling": run.compiling(pairs), "latency_ms": {"ours": {}, "peer": {}}, "pairs": pairs.as_json(), "aims": [],
    }  # fmt: skip


def rates(pairs: Pairs, rows: int) -> list[str]:
    if not pairs.kept:
        return ["rows a second: not measured"]
    ours, copy = (statistics.median(pair[side].ok / pair[side].seconds for pair in pairs.kept) for side in (0, 1))
    return [
        f"enrolling {rows:,} learners by a list: {ours:,.0f} rows/s as its operation reports "
        f"(aim {AIM_ROWS_PER_SECOND:,}: {word(ours >= AIM_ROWS_PER_SECOND)}); COPY of the same rows: {copy:,.0f} rows/s",
        f"published, not measured here: Canvas's SIS import, {PUBLISHED_ROWS_PER_SECOND} rows/s",
    ]


@dataclass(frozen=True)
class Reading:
    """A gradebook read to its end in one way."""

    learners: int
    calls: int
    counts: sides.Counts
    seconds: float
    bytes: int


async def gradebooks(world: World, plan: run.Plan, size: Size) -> tuple[dict[str, dict[str, Any]], list[str]]:
    program = world.programs.service("grades")
    await world.start(program)
    counts: dict[str, dict[str, Any]] = {}
    facts: list[str] = []
    try:
        for kind, name, page in (("page", "ListGrades", size.page), ("CSV part", "ExportGrades", 0)):
            found = [await read(world, name, page, learners, size.rounds) for learners in (size.few, size.many)]
            for one in found:
                counts[f"gradebook {kind}, course of {one.learners:,}"] = one.counts.as_json()
            facts += reading_facts(f"{kind} of {page}" if page else kind, found[0], found[1], plan.verdict)
    finally:
        if not plan.keep_peers:
            await world.stop(program.name)
    for fact in facts:
        say(f"  {fact}")
    return counts, facts


def reading_facts(kind: str, few: Reading, many: Reading, timed: bool) -> list[str]:
    small, large = few.counts.statements or 0.0, many.counts.statements or 0.0
    made = [
        f"gradebook, SQL statements a {kind}: {small:.0f} in a course of {few.learners:,} learners, "
        f"{large:.0f} in one of {many.learners:,} (aim the same: {word(small == large)})"
    ]
    if timed:
        made.append(
            f"gradebook of {many.learners:,} learners by {kind}: {many.calls} calls one after the other, "
            f"{many.seconds * 1000:.0f} ms, {many.bytes:,} bytes"
        )
    return made


async def read(world: World, name: str, page: int, learners: int, rounds: int) -> Reading:
    """Goes through once to know the requests and to see that nobody is left out, then as often as is counted."""
    call = f"aula.grades.v1.GradebookService/{name}"
    sent: list[dict[str, Any]] = []
    seen = 0
    token = ""
    while token or not sent:
        sent.append({"courseId": id_of(COURSE, learners), "pageSize": page, "pageToken": token})
        answer = await world.call("grades", call, sent[-1], await world.token(ADMIN))
        seen += learners_in(answer)
        token = answer.get("nextPageToken", "")
    if seen != learners:
        raise answers.Different(f"{name} of a course of {learners} learners tells of {seen}")
    side = LoadSide(
        "aula", world, {"service": ["grades"], "database": ["postgres"]}, target=f"127.0.0.1:{world.ports['grades']}",
        method=call, requests=world.write_requests(f"w9-{name}-{learners}", sent), workers=1, connections=1, caller=ADMIN,
    )  # fmt: skip
    whole = Amount(count=len(sent))
    await side.send(whole)
    found = [await side.send(whole) for _ in range(rounds)]
    counted = await count(side, COUNTED_REQUESTS)
    return Reading(learners, len(sent), counted, statistics.median(one.seconds for one in found), found[-1].bytes_in)


async def count(side: LoadSide, requests: int) -> sides.Counts:
    """As everywhere, but of statements only those that each request makes."""
    before = await calls_by_statement(side.world, "grades")
    counted = await sides.count(side, requests)
    after = await calls_by_statement(side.world, "grades")
    return replace(counted, statements=of_each(before, after, requests), transaction_control=None)


async def calls_by_statement(world: World, role: str) -> dict[str, int]:
    """Calls so far of what a service asks, without what opens and ends transactions."""
    text = await world.sql(
        "SELECT queryid, sum(calls) FROM pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid"
        f" WHERE rolname = '{role}' AND NOT ({CONTROL_STATEMENTS}) GROUP BY queryid"
    )
    return {name: int(calls) for name, calls in (line.split("|") for line in text.splitlines())}


def of_each(before: dict[str, int], after: dict[str, int], requests: int) -> float:
    """Statements of one request. What the service's jobs ask meanwhile comes less often than once for each request."""
    return float(sum((calls - before.get(name, 0)) // requests for name, calls in after.items()))


def learners_in(answer: dict[str, Any]) -> int:
    """Of a page its grades; of a CSV its lines but the first part's head."""
    if "csv" not in answer:
        return len(answer.get("grades", []))
    lines = answer["csv"].splitlines()
    return len(lines) - (1 if lines and lines[0].startswith("user_id,") else 0)
