"""The workloads: their requests, their sides, what is compared with what, and the aims.

W5 to W7 and W10 are not here. Handing in a quiz is in `quizzes`, W9 in `bulk`; `registry` has all of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import answers, graphql
from .places import SQL, WORK
from .sides import LoadSide, PgbenchSide, Side
from .world import World

COURSES = 1_000
PLAIN_COURSES = 20_000
PREFIX = "019c0000-0000-7000-8000-"


def id_of(kind: int, number: int) -> str:
    """The ids that seed.sql makes."""
    return f"{PREFIX}{kind:02x}{number:010x}"


def category(number: int) -> str:
    """A category of the demo data, with four below it."""
    return f"019b76da-a800-7000-8000-00000000c00{number}"


@dataclass(frozen=True)
class Aim:
    """What the design asks of a comparison: the ratio of ours to the peer's, at most."""

    most: float
    of: str  # a role, or "all"
    text: str


@dataclass
class Comparison:
    peer: Side
    aims: list[Aim] = field(default_factory=list)
    note: str = ""


@dataclass
class Workload:
    """`warm_up` is a count for one slice of warming up, `compared` how many answers are compared first."""

    key: str
    title: str
    ours: LoadSide
    comparisons: list[Comparison]
    warm_up: int = 3_000
    compared: int = 100
    counted: int = 2_000
    # Programs that both sides need, on the core of the load.
    shared: list[str] = field(default_factory=list)
    through_envoy: bool = False
    # Data that only this one needs, before its first slice.
    prepare: Callable[[], Awaitable[None]] | None = None
    # Statements that tell what both sides have written; "; " is between them.
    written: str = ""
    # What rows and counts together say, as sentences.
    facts: Callable[[dict[str, Any]], list[str]] | None = None


def aula_courses(world: World, method: str, requests: Path, name: str = "aula") -> LoadSide:
    return LoadSide(
        name, world, {"service": ["courses"], "database": ["postgres"]}, [world.programs.service("courses")],
        target=f"127.0.0.1:{world.ports['courses']}", method=method, requests=requests, normalise=COURSE,
    )  # fmt: skip


def peer_side(world: World, name: str, method: str, requests: Path, normalise: answers.Normalise) -> LoadSide:
    checks = not name.endswith("_bare")
    make = world.programs.go_peer if name.startswith("go") else world.programs.spring_peer
    return LoadSide(
        name, world, {"service": [name], "database": ["postgres"]}, [make(name, checks)],
        target=f"127.0.0.1:{world.ports[name]}", method=method, requests=requests, normalise=normalise,
    )  # fmt: skip


# Page tokens are sealed with a random number each time.
COURSE = answers.without(frozenset({"nextPageToken"}))
ENROLLED = answers.without(frozenset({"id", "courseId", "createTime"}))

GO_AIM = Aim(1.3, "service", "at most 1.3 × Go's CPU")
SPRING_AIM = Aim(0.8, "service", "at most 0.8 × Spring's CPU")


def four_peers(world: World, method: str, requests: Path, normalise: answers.Normalise, aims: bool) -> list[Comparison]:
    def side(name: str) -> LoadSide:
        return peer_side(world, name, method, requests, normalise)

    return [
        Comparison(side("go"), [GO_AIM] if aims else [], "Go with the same checks"),
        Comparison(side("go_bare"), [], "Go without checks"),
        Comparison(side("spring"), [SPRING_AIM] if aims else [], "Spring with the same checks"),
        Comparison(side("spring_bare"), [], "Spring without checks"),
    ]


def by_id(world: World) -> Workload:
    method = "aula.courses.v1.CourseService/GetCourse"
    numbers = [1 + number * 7 % COURSES for number in range(COURSES)]
    requests = world.write_requests("w1", [{"courseId": id_of(1, number)} for number in numbers])
    return Workload(
        "1", "GetCourse by id", aula_courses(world, method, requests),
        [
            *four_peers(world, method, requests, COURSE, aims=True),
            Comparison(echo_side(world, method, requests), [], "limit: grpc-java answering bytes"),
            Comparison(pgbench_side(world, "w1"), [], "limit: the select alone in pgbench"),
        ],
        shared=["auth"], warm_up=5_000, facts=share_of_limit,
    )  # fmt: skip


def share_of_limit(found: dict[str, Any]) -> list[str]:
    """The limit is what grpc-java and the select cost together; half of it is the aim."""
    by_peer = {row["peer"]: row["cpu_micros"] for row in found["rows"]}
    echo, select = by_peer.get("echo", {}).get("peer"), by_peer.get("pgbench w1", {})
    if not echo or not select.get("peer"):
        return ["share of the limit: not measured"]
    share = (echo["service"] + sum(select["peer"].values())) / sum(select["ours"].values())
    return [f"share of the limit, grpc-java answering bytes and the select together: {share:.0%} (aim 50 %: {word(share >= 0.5)})"]


def word(met: bool) -> str:
    return "met" if met else "NOT met"


def joins(found: dict[str, Any]) -> list[str]:
    counts = found["counts"]["aula"]
    calls, statements = counts["grpc_calls"], counts["statements"]
    return [
        f"gRPC calls of a page: {calls:.1f} (aim 7: {word(calls <= 7.1)}), SQL statements: {statements:.1f} (aim 8: {word(statements <= 8.1)})"
    ]


def added_by_envoy(found: dict[str, Any]) -> list[str]:
    added = found["rows"][0]["cpu_micros"]["ours"].get("envoy")
    if added is None:
        return ["CPU added by Envoy: not measured"]
    return [f"CPU added by Envoy: {added:.0f} µs a request (aim 60 µs: {word(added <= 60)})"]


def filtered_list(world: World) -> Workload:
    method = "aula.courses.v1.CourseService/ListCourses"
    filters = [
        {"categoryId": category(top), "level": f"COURSE_LEVEL_{level}", "languageCode": language}
        for top in range(1, 6)
        for level in ("BEGINNER", "INTERMEDIATE", "ADVANCED")
        for language in ("en", "de")
    ]
    requests = world.write_requests("w2", [{"filter": one, "pageSize": 20} for one in filters])
    return Workload(
        "2", "20 courses by three filters", aula_courses(world, method, requests),
        [
            *four_peers(world, method, requests, COURSE, aims=False),
            Comparison(pgbench_side(world, "w2"), [Aim(1.5, "all", "at most 1.5 × the SQL alone")], "limit: the SQL in pgbench"),
        ],
        shared=["auth"], warm_up=1_500, compared=30, counted=1_000,
    )  # fmt: skip


def echo_side(world: World, method: str, requests: Path) -> LoadSide:
    WORK.mkdir(parents=True, exist_ok=True)
    answer = WORK / "echo.answer"
    answer.write_bytes(bytes(1_800))  # about the size of a course
    return LoadSide(
        "echo", world, {"service": ["echo"]}, [world.programs.echo(answer)],
        target=f"127.0.0.1:{world.ports['echo']}", method=method, requests=requests,
    )  # fmt: skip


def pgbench_side(world: World, script: str) -> PgbenchSide:
    return PgbenchSide(f"pgbench {script}", world, {"database": ["postgres"]}, script=SQL / f"{script}.pgbench.sql")


BACKENDS = ["auth", "users", "courses", "enrollments"]


def course_page(world: World) -> Workload:
    page = graphql.CoursePage.of_this_schema()
    numbers = [1 + number * 7 % COURSES for number in range(COURSES)]
    ids = [id_of(1, number) for number in numbers]
    ours = world.write_requests("w3", [page.request(one) for one in ids])
    theirs = world.write_requests("w3-postgraphile", [page.postgraphile_request(one) for one in ids])
    roles = {"services": BACKENDS, "database": ["postgres"]}

    def gateway(name: str, program: str, requests: Path, path: str, **more: object) -> LoadSide:
        made = world.programs.service("bff") if program == "bff" else world.programs.node_peer(program, **page.settings(world))
        return LoadSide(
            name, world, {"gateway": [program], **roles}, [made], kind="http", requests=requests,
            target=f"http://127.0.0.1:{world.ports[program]}{path}", **more,
        )  # fmt: skip

    postgraphile = gateway(
        "postgraphile", "postgraphile", theirs, "/graphql", normalise=page.from_postgraphile,
    )  # fmt: skip
    postgraphile.roles = {"gateway": ["postgraphile"], "database": ["postgres"]}
    return Workload(
        "3", f"course page, {page.title}", gateway("aula", "bff", ours, "/graphql", normalise=page.from_ours),
        [
            Comparison(gateway("apollo", "apollo", ours, "/graphql", normalise=page.from_ours),
                       [Aim(0.5, "gateway", "at most 0.5 × Apollo's CPU")], "Apollo Server over the same services"),
            Comparison(postgraphile, [], "PostGraphile on the same database, without the services"),
            Comparison(pgbench_side(world, "w3"), [], "limit: one hand-written JSON statement"),
        ],
        shared=BACKENDS, warm_up=500, counted=500, compared=50, facts=joins,
    )  # fmt: skip


def enroll(world: World) -> Workload:
    method = "aula.enrollments.v1.EnrollmentService/CreateEnrollment"
    requests = world.write_requests(
        "w4", [{"requestId": str(uuid.uuid4()), "courseId": id_of(9, number)} for number in range(1, PLAIN_COURSES + 1)]
    )

    async def undo() -> None:
        await world.sql_file(SQL / "undo_enrollments.sql")

    ours = LoadSide(
        "aula", world, {"service": ["enrollments"], "database": ["postgres"]}, [world.programs.service("enrollments")],
        target=f"127.0.0.1:{world.ports['enrollments']}", method=method, requests=requests, normalise=ENROLLED,
    )  # fmt: skip
    # What the same transaction is to be 70 % of: ours may cost 1 / 0.7.
    comparisons = [
        *four_peers(world, method, requests, ENROLLED, aims=False),
        Comparison(pgbench_side(world, "w4"), [Aim(1 / 0.7, "all", "at least 70 % of the transaction in pgbench")],
                   "limit: the transaction in pgbench"),
    ]  # fmt: skip
    for side in [ours, *(one.peer for one in comparisons)]:
        side.before_slice = undo
        if isinstance(side, LoadSide):
            side.once = True
    return Workload("4", "enroll: transaction and outbox", ours, comparisons, shared=["auth"], warm_up=1_500, compared=20, counted=1_000)


def edge(world: World) -> Workload:
    method = "aula.courses.v1.CourseService/GetCourse"
    requests = world.write_requests("w8", [{"courseId": id_of(1, 1 + number * 7 % COURSES)} for number in range(COURSES)])
    through = aula_courses(world, method, requests, "aula through Envoy")
    through.kind, through.target = "grpcweb", f"127.0.0.1:{world.ports['edge']}"
    through.roles = {"service": ["courses"], "envoy": ["envoy"], "database": ["postgres"]}
    direct = aula_courses(world, method, requests, "aula direct")
    return Workload(
        "8", "grpc-web through Envoy", through, [Comparison(direct, [], "gRPC without Envoy")],
        shared=["auth"], through_envoy=True, warm_up=4_000, facts=added_by_envoy,
    )  # fmt: skip


WORKLOADS: dict[str, Callable[[World], Workload]] = {"1": by_id, "2": filtered_list, "3": course_page, "4": enroll, "8": edge}
