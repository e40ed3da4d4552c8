"""W4's second part: handing in a quiz, graded at once. One request is one SubmitAttempt with all answers, of an attempt that
was begun before the slice."""

from __future__ import annotations

import asyncio
import json
import subprocess
from typing import Any

from aula_local.paths import Problem

from . import answers, events
from .learners import Learners
from .places import BIN, SQL, WORK
from .sides import LoadSide
from .workloads import Aim, Comparison, Workload, four_peers, id_of, pgbench_side
from .world import World

LEARNERS, QUIZZES, QUESTIONS = 50, 100, 10
ATTEMPTS = LEARNERS * QUIZZES
POINTS = 4  # of each question
COURSE, QUIZ, QUESTION, ATTEMPT = 10, 11, 12, 13  # kinds of ids, as in quizzes.sql
OPTIONS = ("a", "b", "c", "d", "e")
WORDS = ("résumé", "Straße", "binary search")
QUIZZED = f"course_id BETWEEN '{id_of(COURSE, 0)}' AND '{id_of(COURSE, 10)}'"
# When it was handed in, which is another time on each side.
GRADED = answers.without(frozenset({"startTime", "submitTime", "gradeTime", "timeSpent"}))
# What a hand-in leaves behind, but for what is another each time. The event is not here: the relay may have taken it.
WRITTEN = "; ".join(
    f"SELECT {columns} FROM grades.{table} WHERE {which} ORDER BY 1, 2, 3"
    for table, columns, which in (
        ("quiz_responses", "submission_id, question_id, answer_data, state, is_correct, points_earned, max_points, auto_graded", "true"),
        ("quiz_submissions", "id, status, score, max_score, passed, timed_out, version", "status <> 'IN_PROGRESS'"),
        ("score_changes", "submission_id, kind, question_id, actor, from_score, to_score, max_score, quiz_version", "true"),
        ("gradebook_scores", "course_id, user_id, item_id, source_id, points, raw_points, max_points, late_penalty_percent", QUIZZED),
        ("gradebook_items", "id, course_id, kind, title, max_points, item_version", QUIZZED),
        ("gradebook", "course_id, user_id, user_id", QUIZZED),
    )
)
METHOD = "aula.grades.v1.AttemptService/SubmitAttempt"


def quiz_of(attempt: int) -> int:
    """As start_attempts.sql says."""
    return (attempt // LEARNERS + 2 * (attempt % LEARNERS)) % QUIZZES


def options() -> list[dict[str, str]]:
    return [{"id": one, "text": f"<p>The option that is called {one}, and what speaks for it</p>"} for one in OPTIONS]


def form(place: int) -> dict[str, Any]:
    """Three of one option, four of several by each rule, one statement, two of words."""
    if place in (0, 4, 8):
        return {"singleChoice": {"options": options(), "correctOptionId": OPTIONS[place % 5]}}
    if place in (1, 3, 5, 9):
        rule = ("PER_OPTION", "RIGHT_MINUS_WRONG", "ALL_OR_NOTHING")[place % 3]
        return {
            "multipleChoice": {"options": options(), "correctOptionIds": ["a", "c", "d"], "partialCredit": f"PARTIAL_CREDIT_{rule}"}
        }
    if place == 2:
        return {"trueFalse": {"correct": True}}
    accepted = [{"text": {"value": word, "ignoreAccents": place == 6}, "creditPercent": 100} for word in WORDS]
    return {"shortAnswer": {"accepted": [*accepted, {"text": {"value": "linear search"}, "creditPercent": 50}]}}


def version(quiz: int) -> dict[str, Any]:
    """A published version as JSON of the contract's QuizVersion."""
    questions = [
        {
            "id": id_of(QUESTION, quiz * 100 + place),
            "quizId": id_of(QUIZ, quiz),
            "text": f"<p>Question {place} of quiz {quiz}: which of these holds whenever the loop has run {place + 2} times?</p>",
            "form": form(place),
            "points": POINTS,
            "explanation": f"<p>After {place + 2} rounds the invariant says so, as the lesson on loops has shown.</p>",
            "sortOrder": place,
        }
        for place in range(QUESTIONS)
    ]
    return {
        "quizId": id_of(QUIZ, quiz), "version": 1, "courseId": id_of(COURSE, 1 + quiz % 10), "title": f"Quiz {quiz}",
        "settings": {"passingPercentage": 60, "showAnswers": "SHOW_ANSWERS_AFTER_SUBMIT"},
        "totalPoints": POINTS * QUESTIONS, "questionCount": QUESTIONS, "items": [{"question": one} for one in questions],
        "publishTime": "2026-05-01T00:00:00Z",
    }  # fmt: skip


def answer(attempt: int, place: int) -> dict[str, Any] | None:
    """Now right, now in part, now wrong; one in eleven is left out."""
    turn = attempt + place
    if turn % 11 == 0:
        return None
    asked = form(place)
    if "trueFalse" in asked:
        return {"trueFalse": turn % 3 > 0}
    if "shortAnswer" in asked:
        return {"text": ("  RESUME ", "Résumé", "STRASSE", "linear  search", "something else")[turn % 5]}
    if "singleChoice" in asked:
        return {"choice": {"optionIds": [OPTIONS[(place + (turn % 3 == 0)) % 5]]}}
    return {"choice": {"optionIds": (["a", "c", "d"], ["a", "c"], ["a", "b", "d"], [])[turn % 4]}}


def request(attempt: int) -> dict[str, Any]:
    quiz = quiz_of(attempt)
    given = [
        {"questionId": id_of(QUESTION, quiz * 100 + place), **found}
        for place in range(QUESTIONS)
        if (found := answer(attempt, place)) is not None
    ]
    return {"attemptId": id_of(ATTEMPT, attempt), "answers": given}


def versions_sql(documents: list[str]) -> str:
    """Versions of these quizzes, each in protobuf's binary form; nothing here reads their summaries."""
    rows = ",\n".join(
        f"('{id_of(QUIZ, quiz)}', 1, '{id_of(COURSE, 1 + quiz % 10)}', 'Quiz {quiz}', {POINTS * QUESTIONS}, "
        f"decode('{document}', 'hex'), '', timestamptz '2026-05-01')"
        for quiz, document in enumerate(documents)
    )
    return (
        "INSERT INTO assignments.quiz_versions (quiz_id, version, course_id, title, total_points, document, summary,"
        f" published_at) VALUES\n{rows}\nON CONFLICT DO NOTHING;\n"
    )


def encode(message: str, values: list[dict[str, Any]]) -> list[str]:
    text = "".join(json.dumps(value) + "\n" for value in values)
    done = subprocess.run([str(BIN / "encode"), message], input=text, text=True, capture_output=True)
    if done.returncode:
        raise Problem(f"{message} could not be written: {done.stderr}")
    return done.stdout.split()


async def seed(world: World) -> None:
    await world.sql_file(SQL / "quizzes.sql")
    documents = await asyncio.to_thread(encode, "aula.assignments.v1.QuizVersion", [version(quiz) for quiz in range(QUIZZES)])
    script = WORK / "quiz_versions.sql"
    script.write_text(versions_sql(documents))
    await world.sql_file(script)


def submit(world: World) -> Workload:
    requests = world.write_requests("w4b", [request(attempt) for attempt in range(ATTEMPTS)])
    learners = Learners(world, [f"bench-{number}@aula.example" for number in range(1, LEARNERS + 1)])

    async def begin() -> None:
        await learners.sign_in()  # now, so that no login falls into the slice
        await world.sql_file(SQL / "start_attempts.sql")

    async def prepare() -> None:
        await events.forget(world)
        await seed(world)
        await begin()

    ours = LoadSide(
        "aula", world, {"service": ["grades"], "database": ["postgres"]}, [world.programs.service("grades")],
        target=f"127.0.0.1:{world.ports['grades']}", method=METHOD, requests=requests, normalise=GRADED,
    )  # fmt: skip
    comparisons = [
        *four_peers(world, METHOD, requests, GRADED, aims=False),
        Comparison(pgbench_side(world, "w4b"), [Aim(1 / 0.7, "all", "at least 70 % of the transaction in pgbench")],
                   "limit: the transaction in pgbench"),
    ]  # fmt: skip
    for side in [ours, *(one.peer for one in comparisons)]:
        side.before_slice = begin
        if isinstance(side, LoadSide):
            side.once, side.learners = True, learners
    return Workload(
        "4B", f"quiz of {QUESTIONS} questions handed in and graded", ours, comparisons,
        shared=["auth"], warm_up=1_500, compared=200, counted=1_000, prepare=prepare, written=WRITTEN,
    )  # fmt: skip
