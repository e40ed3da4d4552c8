"""The table, the plot and the mapping of PostGraphile's answers."""

from __future__ import annotations

import unittest
import xml.etree.ElementTree as xml
from typing import Any

from aula_bench import graphql, report, run, workloads, world
from aula_bench.__main__ import keys_of
from aula_bench.figures import Ratio
from aula_bench.method import Pairs
from aula_bench.workloads import Aim


def result(verdict: bool = True, kept: int = 15) -> dict[str, Any]:
    ratio = {"median": 0.42, "low": 0.4, "high": 0.45, "pairs": kept}
    pairs = {"kept": kept, "dropped_for_noise": 3, "void": 1, "first_error": "x"}
    row = {
        "peer": "spring", "note": "Spring <with> checks", "ratio": ratio, "ratio_of_all": None, "pairs": pairs,
        "cpu_micros": {"ours": {"service": 210.4, "database": 88.0}, "peer": {"service": 500.0}},
        "compiling": {"ours": 0.061, "peer": 0.001},
        "latency_ms": {"ours": {"p50": 1.25, "p99": 4.0}, "peer": {"mean": 2.0}},
        "aims": [{"text": "at most 0.8 × Spring's CPU", "most": 0.8, "met": True}],
    }  # fmt: skip
    return {
        "when": "2026-01-01", "verdict": verdict, "plan": {"pairs": 15, "slice_seconds": 10.0},
        "machine": {"cpu": "a CPU", "cores": "2", "memory": "24 GiB", "kernel": "Linux 6"},
        "workloads": [{"workload": "1", "title": "by id", "rows": [row], "counts": {"aula": {"statements": 2.0, "bytes_in": 1700.4}}}],
    }  # fmt: skip


class TableTest(unittest.TestCase):
    def test_says_what_was_found(self) -> None:
        text = report.table(result())
        for part in ("0.42 (0.40–0.45)", "service 210 + database 88 (6% of the first compiling)", "1.2 / 4.0", "2.0 mean", "15 (3 noise, 1 void)",
                     "Spring's CPU: met", "| aula | – | 2.0 | – | 1700 | – | – |"):  # fmt: skip
            self.assertIn(part, text)
        self.assertNotIn("mean nothing", text)

    def test_a_short_run_says_that_it_is_none(self) -> None:
        self.assertIn("Its figures mean nothing", report.table(result(verdict=False)))

    def test_a_bad_control_is_loud(self) -> None:
        found = result()
        found["workloads"][0]["control"] = {"ratio": {"median": 1.2, "low": 1.1, "high": 1.3}, "good": False}
        self.assertIn("believe nothing below", report.table(found))

    def test_plot_is_xml_with_a_mark_for_each_comparison(self) -> None:
        root = xml.fromstring(report.plot(result()))
        names = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("W1 spring", names)
        self.assertEqual(1, len(list(root.iter("{http://www.w3.org/2000/svg}circle"))))

    def test_places_on_the_plot(self) -> None:
        self.assertLess(report.place(0.5), report.place(1.0))
        self.assertEqual(report.place(0.0), report.place(1 / 16))
        self.assertEqual(report.place(99.0), report.place(16.0))

    def test_what_was_kept(self) -> None:
        self.assertEqual("2 pairs, 1 dropped for noise, 3 void: no", report.kept(Pairs([None, None], 1, 3, "no")))  # type: ignore[list-item]
        self.assertEqual("no pair was quiet", report.interval(None))


class VerdictTest(unittest.TestCase):
    def test_only_a_whole_interval_below_the_aim_meets_it(self) -> None:
        aim = Aim(0.8, "service", "x")
        for ratio, met in ((Ratio(0.7, 0.6, 0.8, 15), True), (Ratio(0.7, 0.6, 0.81, 15), False), (None, None)):
            self.assertEqual(met, run.verdict(aim, ratio)["met"])


def edge(ours: dict[str, float]) -> dict[str, Any]:
    return {"rows": [{"cpu_micros": {"ours": ours}}]}


class FactsTest(unittest.TestCase):
    def test_share_of_the_limit(self) -> None:
        ours = {"service": 150.0, "database": 50.0}
        rows = [
            {"peer": "echo", "cpu_micros": {"ours": ours, "peer": {"service": 40.0}}},
            {"peer": "pgbench w1", "cpu_micros": {"ours": ours, "peer": {"database": 45.0, "client": 25.0}}},
        ]
        self.assertIn("55% (aim 50 %: met)", workloads.share_of_limit({"rows": rows})[0])
        self.assertIn("not measured", workloads.share_of_limit({"rows": rows[:1]})[0])

    def test_envoy(self) -> None:
        for micros, met in ((60.0, ": met"), (61.0, "NOT met")):
            self.assertIn(met, workloads.added_by_envoy(edge({"envoy": micros}))[0])
        self.assertIn("not measured", workloads.added_by_envoy(edge({}))[0])

    def test_joins(self) -> None:
        found = {"counts": {"aula": {"grpc_calls": 6.0, "statements": 9.0}}}
        self.assertIn("6.0 (aim 7: met), SQL statements: 9.0 (aim 8: NOT met)", workloads.joins(found)[0])


class CountsTest(unittest.TestCase):
    def test_calls_of_the_contract_only(self) -> None:
        text = (
            '# HELP x\ngrpc_server_calls_seconds_count{code="OK",method="aula.courses.v1.CourseService/GetCourse"} 12.0\n'
            'grpc_server_calls_seconds_count{code="NOT_FOUND",method="aula.courses.v1.CourseService/GetCourse"} 3.0\n'
            'grpc_server_calls_seconds_count{code="OK",method="grpc.health.v1.Health/Check"} 99.0\n'
            'grpc_server_calls_seconds_sum{code="OK",method="aula.x/Y"} 7.5\n'
        )
        self.assertEqual(15, world.count_of_calls(text))

    def test_allocated_bytes_of_all_threads(self) -> None:
        text = (
            '"main" #1 prio=5 cpu=12.70ms elapsed=9.1s allocated=2048K defined_classes=12 tid=0x1\n'
            '"grpc-default" #9 cpu=1ms allocated=3M tid=0x2\n"VM Thread" os_prio=0 cpu=9ms elapsed=9s tid=0x3\n'
        )
        self.assertEqual(5 * 1024 * 1024, world.allocated_by(text))

    def test_names_of_workloads(self) -> None:
        self.assertEqual(["1", "3"], keys_of("W1,3"))
        with self.assertRaisesRegex(Exception, "no workload is called 7"):
            keys_of("7")


class CoursePageTest(unittest.TestCase):
    def test_postgraphile_says_the_same_in_other_words(self) -> None:
        person = {"id": "p", "firstName": "Ada", "lastName": "Lovelace", "avatarUrl": "", "shortBio": "x"}
        theirs = {
            "id": "c", "title": "T", "slug": "t", "shortDescription": "", "fullDescription": "", "level": "BEGINNER",
            "languageCode": "en", "priceMinor": "1900", "currencyCode": "EUR", "instructor": person,
            "sections": [{"id": "s", "title": "S", "description": "", "sortOrder": 0, "lessons": [
                {"id": "l", "title": "L", "type": "VIDEO", "sortOrder": 0, "durationSeconds": 90, "preview": False,
                 "mandatory": True, "progress": {"status": "COMPLETED", "completedAt": "2026-05-02T02:00:00.000000+02:00"}}]}],
            "reviews": [{"id": "r", "rating": 5, "title": "", "text": "", "helpfulCount": "2", "author": person}],
            "myEnrollment": None,
        }  # fmt: skip
        made = graphql.CoursePage(reviews=True).from_postgraphile({"data": {"course": theirs}})
        self.assertEqual({"amountMinor": 1900, "currencyCode": "EUR"}, made["price"])
        self.assertEqual("Ada Lovelace", made["instructor"]["displayName"])
        self.assertIsNone(made["instructor"]["avatarUrl"])
        lesson = made["sections"][0]["lessons"][0]
        self.assertEqual(("PT1M30S", "2026-05-02T00:00:00Z"), (lesson["duration"], lesson["myProgress"]["completeTime"]))
        self.assertEqual("Q291cnNlOmM", made["id"])
        self.assertEqual(2, made["reviews"]["nodes"][0]["helpfulCount"])
        self.assertIsNone(made["myEnrollment"])
        self.assertNotIn("reviews", graphql.CoursePage(reviews=False).from_postgraphile({"data": {"course": theirs}}))

    def test_durations(self) -> None:
        for seconds, text in ((0, None), (60, "PT1M"), (3_661, "PT1H1M1S"), (7_200, "PT2H")):
            self.assertEqual(text, graphql.duration(seconds))

    def test_the_query_has_reviews_when_the_schema_has(self) -> None:
        self.assertNotIn("reviews", graphql.CoursePage(False).request("c")["query"])
        for request in (graphql.CoursePage(True).request("c"), graphql.CoursePage(True).postgraphile_request("c")):
            self.assertRegex(request["query"], r"reviews(List)?\(first: 10")


if __name__ == "__main__":
    unittest.main()
