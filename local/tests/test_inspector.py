"""Which changes of the GraphQL schema are refused."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from aula_local.paths import ROOT

RELEASED = 'type Query { "One." course(id: ID!): Course } type Course { title: String! level: Level } enum Level { BEGINNER }'


class InspectorTest(unittest.TestCase):
    def compare(self, newer: str, older: str | None = RELEASED) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, name) for name in ("newer", "older")]
            files[0].write_text(newer)
            if older:
                files[1].write_text(older)
            command = [str(ROOT / "local" / "inspector" / "compare.sh"), *map(str, files)]
            return subprocess.run(command, text=True, capture_output=True)

    def test_a_field_that_goes_and_an_argument_that_is_wanted_are_refused_by_name(self) -> None:
        gone = self.compare(RELEASED.replace("title: String! ", ""))
        wanted = self.compare(RELEASED.replace("id: ID!", "id: ID! first: Int!"))

        self.assertEqual(1, gone.returncode)
        self.assertIn("Course.title", gone.stderr)
        self.assertEqual(1, wanted.returncode)

    def test_what_is_new_is_no_break(self) -> None:
        newer = RELEASED.replace("title: String!", "title: String! subtitle: String").replace("One.", "One of them.")

        self.assertEqual((0, ""), (self.compare(newer).returncode, self.compare(newer).stderr))

    def test_before_the_first_release_nothing_is_compared(self) -> None:
        self.assertEqual(0, self.compare("nonsense", None).returncode)


if __name__ == "__main__":
    unittest.main()
