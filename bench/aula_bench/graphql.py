"""The course page of W3: one query for Aula and Apollo, PostGraphile's own for the same data, and what makes them equal."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from aula_local.paths import ROOT

from .places import STATE

if TYPE_CHECKING:
    from .world import World

SCHEMA = ROOT / "bff-graphql" / "src" / "main" / "resources" / "graphql"

QUERY = """query CoursePage($id: ID!) {
  course(id: $id) {
    id title slug shortDescription fullDescription level languageCode
    price { amountMinor currencyCode }
    instructor { id displayName avatarUrl shortBio }
    sections {
      id title description sortOrder
      lessons { id title type sortOrder duration preview mandatory myProgress { status completeTime } }
    }%s
    myEnrollment { id status progressPercentage startTime }
  }
}"""
REVIEWS = """
    reviews(first: 10) { nodes { id rating title text helpfulCount author { id displayName avatarUrl } } }"""

POSTGRAPHILE = """query CoursePage($id: UUID!) {
  course: courseByRowId(rowId: $id) {
    id: rowId title slug shortDescription fullDescription level languageCode priceMinor currencyCode
    instructor { id: rowId firstName lastName avatarUrl shortBio }
    sections: sectionsList(orderBy: [SORT_ORDER_ASC, ROW_ID_ASC]) {
      id: rowId title description sortOrder
      lessons: lessonsList(orderBy: [SORT_ORDER_ASC, ROW_ID_ASC]) {
        id: rowId title type sortOrder durationSeconds preview mandatory
        progress { status completedAt } }
    }%s
    myEnrollment { id: rowId status progressPercentage startedAt }
  }
}"""
POSTGRAPHILE_REVIEWS = """
    reviews: reviewsList(first: 10, orderBy: [ROW_ID_DESC]) {
      id: rowId rating title text helpfulCount author { id: rowId firstName lastName avatarUrl }
    }"""


def global_id(kind: str, uuid: str) -> str:
    return base64.urlsafe_b64encode(f"{kind}:{uuid}".encode()).decode().rstrip("=")


@dataclass(frozen=True)
class CoursePage:
    """With reviews and their authors as soon as the gateway's schema has them."""

    reviews: bool

    @staticmethod
    def of_this_schema() -> CoursePage:
        return CoursePage((SCHEMA / "reviews.graphqls").exists())

    @property
    def title(self) -> str:
        return "four levels with reviews" if self.reviews else "four levels; the gateway's schema has no reviews yet"

    def settings(self, world: World) -> dict[str, str]:
        return {
            "PROTO": f"{ROOT}/proto:{ROOT}/proto/third_party",
            "POSTGRES_PASSWORD": STATE.secret("postgres/postgres.password"),
            "POSTGRES_AT": f"127.0.0.1:{world.ports['postgres']}",
        }

    def request(self, course_id: str) -> dict[str, Any]:
        query = QUERY % (REVIEWS if self.reviews else "")
        return {"query": query, "operationName": "CoursePage", "variables": {"id": global_id("Course", course_id)}}

    def postgraphile_request(self, course_id: str) -> dict[str, Any]:
        query = POSTGRAPHILE % (POSTGRAPHILE_REVIEWS if self.reviews else "")
        return {"query": query, "operationName": "CoursePage", "variables": {"id": course_id}}

    def from_ours(self, answer: Any) -> Any:
        """The data alone: each server says other things of itself in `extensions`."""
        return answer["data"]["course"]

    def from_postgraphile(self, answer: Any) -> Any:
        """Its names and forms turned into the platform's; nothing is added that it did not say."""
        course = answer["data"]["course"]
        wanted = ("title", "slug", "shortDescription", "fullDescription", "level", "languageCode")
        made = {
            "id": global_id("Course", course["id"]),
            **{name: course[name] for name in wanted},
            "price": {"amountMinor": int(course["priceMinor"]), "currencyCode": course["currencyCode"]},
            "instructor": {**person(course["instructor"]), "shortBio": course["instructor"]["shortBio"] or None},
            "sections": [section(one) for one in course["sections"]],
            "myEnrollment": enrollment(course["myEnrollment"]),
        }
        if self.reviews:
            made["reviews"] = {"nodes": [review(one) for one in course["reviews"]]}
        return made


def person(row: Any) -> Any:
    name = f"{row['firstName']} {row['lastName']}".strip()
    return {"id": global_id("UserSummary", row["id"]), "displayName": name, "avatarUrl": row["avatarUrl"] or None}


def section(row: Any) -> Any:
    return {
        "id": global_id("Section", row["id"]),
        **{name: row[name] for name in ("title", "description", "sortOrder")},
        "lessons": [lesson(one) for one in row["lessons"]],
    }


def lesson(row: Any) -> Any:
    progress = row["progress"]
    return {
        "id": global_id("Lesson", row["id"]),
        **{name: row[name] for name in ("title", "type", "sortOrder", "preview", "mandatory")},
        "duration": duration(row["durationSeconds"]),
        "myProgress": progress and {"status": progress["status"], "completeTime": time(progress["completedAt"])},
    }


def review(row: Any) -> Any:
    kept = {name: row[name] for name in ("rating", "title", "text")}
    return {"id": global_id("Review", row["id"]), **kept, "helpfulCount": int(row["helpfulCount"]), "author": person(row["author"])}


def enrollment(row: Any) -> Any:
    return row and {
        "id": global_id("Enrollment", row["id"]),
        "status": row["status"],
        "progressPercentage": float(row["progressPercentage"]),
        "startTime": time(row["startedAt"]),
    }


def duration(seconds: int) -> str | None:
    """ISO 8601, as the platform writes it."""
    if not seconds:
        return None
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + "".join(f"{number}{unit}" for number, unit in parts if number)


def time(text: str | None) -> str | None:
    """UTC, as the platform writes whole seconds."""
    return text and datetime.fromisoformat(text).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
