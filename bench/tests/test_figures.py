"""Statistics, gate and parsing: no server runs here."""

from __future__ import annotations

import asyncio
import json
import unittest
from dataclasses import replace

from aula_bench import answers, figures, load, machine
from aula_bench.machine import Moment
from aula_bench.method import FailedSlice, Pairs, Slice, compare, warm_up
from aula_local.paths import Problem


def slice_of(micros: float, foreign: float = 0.0, errors: int = 0, ok: int = 1000) -> Slice:
    return Slice(ok, errors, {"service": micros * ok / 1e6, "database": 0.001 * ok}, foreign, 10, "no" if errors else "")


class RatioTest(unittest.TestCase):
    def test_median_lies_within_its_interval(self) -> None:
        found = figures.ratio([0.5, 0.52, 0.48, 0.9, 0.51, 0.49, 0.5])
        assert found
        self.assertEqual(0.5, found.median)
        self.assertLessEqual(found.low, found.median)
        self.assertGreaterEqual(found.high, found.median)
        self.assertLess(found.high, 0.9, "one stray pair does not move the bounds to it")

    def test_interval_narrows_with_pairs(self) -> None:
        few, many = figures.ratio([0.9, 1.0, 1.1]), figures.ratio([0.9, 1.0, 1.1] * 20)
        assert few and many
        self.assertGreater(few.high - few.low, many.high - many.low)

    def test_same_slices_same_interval(self) -> None:
        self.assertEqual(figures.ratio([1.0, 1.2, 0.7, 0.9]), figures.ratio([1.0, 1.2, 0.7, 0.9]))

    def test_one_pair_and_none(self) -> None:
        found = figures.ratio([0.8])
        assert found
        self.assertEqual((0.8, 0.8, 0.8, 1), (found.median, found.low, found.high, found.pairs))
        self.assertIsNone(figures.ratio([]))

    def test_control(self) -> None:
        for median, good in ((0.94, False), (0.95, True), (1.0, True), (1.05, True), (1.06, False)):
            self.assertEqual(good, figures.is_control(figures.ratio([median])), median)
        self.assertFalse(figures.is_control(None))


class WarmUpTest(unittest.TestCase):
    def test_three_slices_cost_what_the_three_before_did(self) -> None:
        for costs, steady in (
            ([], False),
            ([100.0, 100.0, 100.0], False),
            ([104.0, 102.0, 101.0, 102.0, 100.0, 103.0], True),
            ([90.0, 90.0, 90.0, 100.0, 100.0, 100.0], False),
            ([120.0, 110.0, 104.0, 100.0, 100.0, 100.0], False),
            ([100.0, 100.0, 100.0, 100.0, 100.0, 104.0], True),
        ):
            self.assertEqual(steady, figures.is_steady(costs), costs)

    def test_runs_until_steady_and_no_longer(self) -> None:
        costs = iter([9000.0, 5000.0, 2000.0, 101.0, 100.0, 100.0, 100.0, 100.0, 100.0, 1.0])

        async def run() -> Slice:
            return slice_of(next(costs))

        found = asyncio.run(warm_up(run))
        self.assertEqual(9, len(found))

    def test_goes_on_while_the_server_compiles(self) -> None:
        left = iter([0.5, 0.4, 0.3, 0.2, 0.1, 0.08, 0.06, 0.04, 0.0])

        async def run() -> Slice:
            return replace(slice_of(100), compiling=next(left))

        self.assertEqual(8, len(asyncio.run(warm_up(run))))

    def test_gives_up_and_errors_end_it(self) -> None:
        rising = iter(range(100, 10_000, 100))

        async def never() -> Slice:
            return slice_of(float(next(rising)) * 1000)

        self.assertEqual(5, len(asyncio.run(warm_up(never, most=5))))

        async def failing() -> Slice:
            return slice_of(1, errors=1)

        with self.assertRaises(FailedSlice):
            asyncio.run(warm_up(failing))


class PairsTest(unittest.TestCase):
    def test_gate_drops_noise_and_errors_void(self) -> None:
        pairs = Pairs()
        pairs.add(slice_of(50, foreign=0.05), slice_of(100))
        pairs.add(slice_of(50), slice_of(100, foreign=0.0501))
        pairs.add(slice_of(50, errors=1), slice_of(100))
        pairs.add(slice_of(50, ok=0), slice_of(100))
        self.assertEqual((1, 1, 2, "no"), (len(pairs.kept), pairs.noisy, pairs.void, pairs.first_error))
        found = pairs.ratio("service", "service")
        assert found
        self.assertAlmostEqual(0.5, found.median)
        whole = pairs.ratio_of_all()
        assert whole
        self.assertAlmostEqual(1050 / 1100, whole.median)

    def test_slices_alternate_and_stop(self) -> None:
        order = []

        def side(name: str, micros: float, foreign: float = 0.0):  # noqa: ANN202
            async def run() -> Slice:
                order.append(name)
                return slice_of(micros, foreign)

            return run

        pairs = asyncio.run(compare(side("A", 80), side("B", 100), pairs=4))
        self.assertEqual("ABBAABBA", "".join(order))
        self.assertEqual(4, len(pairs.kept))
        order.clear()
        noisy = asyncio.run(compare(side("A", 80, 0.5), side("B", 100), pairs=4))
        self.assertEqual(16, len(order), "twice as many as wanted are tried")
        self.assertEqual((0, 8), (len(noisy.kept), noisy.noisy))
        self.assertIsNone(noisy.ratio("service", "service"))


class MachineTest(unittest.TestCase):
    def test_reads_stat_lines(self) -> None:
        line = "42 (a) b (c) S 1 42 42 0 -1 4194304 1 2 3 4 250 50 30 20 20 0 9 0 1 1 1"
        self.assertEqual((300 / machine.TICK, 50 / machine.TICK), machine.times(line))
        self.assertEqual(1160 / machine.TICK, machine.busy("cpu  1000 100 50 9999 77 66 55 10 0 0\ncpu0 1"))

    def test_foreign_is_what_is_not_ours(self) -> None:
        before = Moment(100.0, 50.0, 10.0, {})
        self.assertAlmostEqual(0.1, machine.foreign(before, Moment(110.0, 62.0, 20.0, {}), cores=2))
        self.assertEqual(0.0, machine.foreign(before, Moment(110.0, 59.9, 20.0, {}), cores=2), "rounding is no noise")

    def test_counts_children_that_ended(self) -> None:
        import os

        before = machine.cpu_of(os.getpid())
        asyncio.run(load.output_of(["sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]))
        self.assertGreater(machine.cpu_of(os.getpid()), before + 0.05)


class ParsingTest(unittest.TestCase):
    def test_load(self) -> None:
        text = json.dumps({"sent": 5, "ok": 4, "errors": 1, "first_error": "x", "seconds": 2, "bytes_in": 9, "bytes_out": 3})
        done = load.parse_load(text)
        self.assertEqual((4, 1, "x", 9), (done.ok, done.errors, done.first_error, done.bytes_in))

    def test_pgbench(self) -> None:
        text = (
            "number of transactions actually processed: 2000\nnumber of failed transactions: 0 (0.000%)\n"
            "latency average = 1.250 ms\ninitial connection time = 9 ms\ntps = 1000.5 (without initial connection time)\n"
        )
        done = load.parse_pgbench(text)
        self.assertEqual((2000, 0, {"mean": 1.25}), (done.ok, done.errors, done.latency_ms))
        self.assertAlmostEqual(1.999, done.seconds, 3)
        with self.assertRaises(Problem):
            load.parse_pgbench("pgbench: error: connection failed")

    def test_a_command_that_fails_says_why(self) -> None:
        with self.assertRaisesRegex(Problem, "exit code 3.*\n.*too bad"):
            asyncio.run(load.output_of(["sh", "-c", "echo too bad >&2; exit 3"]))


class AnswersTest(unittest.TestCase):
    def test_order_of_fields_does_not_count_and_values_do(self) -> None:
        same = answers.without(frozenset({"etag"}))
        one = answers.canonical('{"b":[{"etag":"1","x":1}],"a":2}', same)
        self.assertEqual(1, answers.require_equal("one", [one], "two", [answers.canonical('{"a":2,"b":[{"x":1}]}', same)]))
        with self.assertRaisesRegex(answers.Different, "answer 1 of one and two differs"):
            answers.require_equal("one", [one], "two", [answers.canonical('{"a":2,"b":[{"x":2}]}', same)])

    def test_missing_answers_and_failures(self) -> None:
        for a, b in ((["1"], []), ([], [])):
            with self.assertRaises(answers.Different):
                answers.require_equal("one", a, "two", b)
        for failed in ('{"failed":"UNAVAILABLE"}', '{"errors":[{"message":"no"}],"data":null}'):
            with self.assertRaisesRegex(answers.Different, "a request failed"):
                answers.canonical(failed, lambda value: value)


if __name__ == "__main__":
    unittest.main()
