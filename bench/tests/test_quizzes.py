"""The quizzes that are handed in, and the answers."""

from __future__ import annotations

import json
import re
import unittest
from collections import Counter

from aula_bench import quizzes
from aula_bench.places import SQL
from aula_bench.workloads import id_of


class AttemptsTest(unittest.TestCase):
    def test_each_learner_has_one_attempt_at_each_quiz(self) -> None:
        places = {(attempt % quizzes.LEARNERS, quizzes.quiz_of(attempt)) for attempt in range(quizzes.ATTEMPTS)}
        self.assertEqual(quizzes.ATTEMPTS, len(places))

    def test_neighbours_share_neither_learner_nor_quiz_nor_course(self) -> None:
        for attempt in range(quizzes.ATTEMPTS - 4):
            near = range(attempt, attempt + 4)
            for share in (lambda one: one % quizzes.LEARNERS, quizzes.quiz_of, lambda one: quizzes.quiz_of(one) % 10):
                self.assertEqual(4, len({share(one) for one in near}), attempt)

    def test_the_statements_that_begin_them_say_the_same(self) -> None:
        text = (SQL / "start_attempts.sql").read_text()
        self.assertIn(f"(number / {quizzes.LEARNERS} + 2 * (number % {quizzes.LEARNERS})) % {quizzes.QUIZZES}", text)
        self.assertIn(f"generate_series(0, {quizzes.ATTEMPTS - 1})", text)
        self.assertIn(f"% {quizzes.ATTEMPTS}", (SQL / "w4b.pgbench.sql").read_text())


class PaperTest(unittest.TestCase):
    def test_a_version_is_whole(self) -> None:
        made = quizzes.version(7)
        asked = [item["question"] for item in made["items"]]
        self.assertEqual((id_of(11, 7), id_of(10, 8)), (made["quizId"], made["courseId"]))
        self.assertEqual(made["totalPoints"], sum(one["points"] for one in asked))
        self.assertEqual(made["questionCount"], len({one["id"] for one in asked}))
        kinds = Counter(next(iter(one["form"])) for one in asked)
        self.assertEqual({"singleChoice", "multipleChoice", "trueFalse", "shortAnswer"}, set(kinds))
        rules = {one["form"]["multipleChoice"]["partialCredit"] for one in asked if "multipleChoice" in one["form"]}
        self.assertEqual(3, len(rules))

    def test_answers_are_of_their_questions_kind(self) -> None:
        kinds = {"singleChoice": "choice", "multipleChoice": "choice", "trueFalse": "trueFalse", "shortAnswer": "text"}
        seen: dict[int, set[str]] = {}
        for attempt in range(200):
            forms = {item["question"]["id"]: item["question"]["form"] for item in quizzes.version(quizzes.quiz_of(attempt))["items"]}
            for one in quizzes.request(attempt)["answers"]:
                (kind, asked), given = next(iter(forms[one["questionId"]].items())), dict(one)
                place = list(forms).index(given.pop("questionId"))
                self.assertEqual([kinds[kind]], list(given))
                seen.setdefault(place, set()).add(json.dumps(given))
                if kind == "singleChoice":
                    self.assertEqual(1, len(given["choice"]["optionIds"]))
                if "choice" in given:
                    self.assertLessEqual(set(given["choice"]["optionIds"]), {option["id"] for option in asked["options"]})
        self.assertTrue(all(len(given) > 1 for given in seen.values()), "every question is answered in more than one way")

    def test_versions_as_statements(self) -> None:
        text = quizzes.versions_sql(["00ff", "0a"])
        self.assertEqual(["00ff", "0a"], re.findall(r"decode\('(\w+)', 'hex'\)", text))
        self.assertIn(f"('{id_of(11, 1)}', 1, '{id_of(10, 2)}'", text)


if __name__ == "__main__":
    unittest.main()
