"""W9: lists, what COPY took, and what is said of gradebooks."""

from __future__ import annotations

import unittest
from typing import Any

from aula_bench import bulk, report
from aula_bench.__main__ import keys_of
from aula_bench.method import FailedSlice, Pairs, Slice
from aula_bench.sides import Counts
from aula_bench.workloads import id_of
from aula_local.paths import Problem


def operation(**other: Any) -> dict[str, Any]:
    return {"state": "OPERATION_STATE_SUCCEEDED", "done": "1000", "total": "1000", "rate": 500.0, **other}


def pairs(ours: float, copy: float) -> Pairs:
    made = Pairs()
    made.add(
        Slice(1_000, 0, {"service": 0.03, "database": 0.03}, 0.0, 1_000 / ours),
        Slice(1_000, 0, {"database": 0.01, "client": 0.01}, 0.0, 1_000 / copy),
    )
    return made


def reading(learners: int, statements: float) -> bulk.Reading:
    return bulk.Reading(learners, 5, Counts(statements=statements), 0.25, 400_000)


class ListTest(unittest.TestCase):
    def test_a_line_for_each_account(self) -> None:
        self.assertEqual(["user_id", id_of(16, 1), id_of(16, 2)], bulk.csv(2).decode().splitlines())

    def test_parts_are_the_whole(self) -> None:
        text = bulk.csv(100_000)
        made = bulk.parts(text)
        self.assertEqual(text, b"".join(made))
        self.assertTrue(all(0 < len(part) <= 900_000 for part in made))

    def test_takes_as_long_as_the_operation_says(self) -> None:
        done = bulk.done_of(operation(), 1_000)
        self.assertEqual((1_000, 2.0), (done.ok, done.seconds))

    def test_a_list_that_leaves_something_out_is_no_result(self) -> None:
        for other in ({"state": "OPERATION_STATE_FAILED"}, {"done": "999"}, {"issueCount": "1"}):
            with self.assertRaises(FailedSlice):
                bulk.done_of(operation(**other), 1_000)


class CopyTest(unittest.TestCase):
    def test_time_of_all_statements(self) -> None:
        self.assertAlmostEqual(1.5345, bulk.seconds_of_timing("COPY 5\nTime: 1034.500 ms (00:01.035)\nTime: 500 ms\n"))
        with self.assertRaises(Problem):
            bulk.seconds_of_timing("COPY 5\n")


class WordsTest(unittest.TestCase):
    def test_rates_and_what_was_published(self) -> None:
        ours, published = bulk.rates(pairs(12_500, 50_000), 1_000)
        self.assertIn("12,500 rows/s as its operation reports (aim 10,000: met); COPY of the same rows: 50,000", ours)
        self.assertTrue(published.startswith("published, not measured here") and "115 rows/s" in published)
        self.assertIn("NOT met", bulk.rates(pairs(9_000, 50_000), 1_000)[0])
        self.assertEqual(["rows a second: not measured"], bulk.rates(Pairs(), 1_000))

    def test_the_row_is_cpu_of_all_processes(self) -> None:
        row = bulk.row_of(pairs(1, 1))
        self.assertAlmostEqual(3.0, row["ratio"]["median"])
        self.assertIn("| COPY: limit", report.row(row))
        self.assertEqual({"service": 30.0, "database": 30.0}, row["cpu_micros"]["ours"])

    def test_flat_or_not(self) -> None:
        flat, timed = bulk.reading_facts("page of 100", reading(500, 7.0), reading(5_000, 7.0), timed=True)
        self.assertIn("7 in a course of 500 learners, 7 in one of 5,000 (aim the same: met)", flat)
        self.assertIn("5 calls one after the other, 250 ms, 400,000 bytes", timed)
        (steep,) = bulk.reading_facts("CSV part", reading(500, 7.0), reading(5_000, 8.0), timed=False)
        self.assertIn("NOT met", steep)

    def test_statements_of_jobs_are_nobodys_request(self) -> None:
        before, after = {"list": 40, "job": 7}, {"list": 140, "twice": 201, "job": 106, "other job": 3}
        self.assertEqual(3.0, bulk.of_each(before, after, 100))

    def test_learners_of_pages_and_parts(self) -> None:
        self.assertEqual(2, bulk.learners_in({"grades": [{}, {}]}))
        self.assertEqual(1, bulk.learners_in({"csv": "user_id,percentage\r\na,1\r\n"}))
        self.assertEqual(2, bulk.learners_in({"csv": "a,1\r\nb,2\r\n"}))
        self.assertEqual(0, bulk.learners_in({}))

    def test_their_keys(self) -> None:
        self.assertEqual(["4B", "9"], keys_of("w4b, W9"))


if __name__ == "__main__":
    unittest.main()
