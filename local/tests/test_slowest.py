"""The list of slow test classes against reports as Surefire writes them."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from aula_local import slowest


class SlowestTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def report(self, module: str, name: str, seconds: str, written: float) -> None:
        file = self.root / module / "target" / "surefire-reports" / f"TEST-{name}.xml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="{name}" time="{seconds}" tests="1"/>\n')
        os.utime(file, (written, written))

    def test_the_slowest_come_first_and_old_reports_not_at_all(self) -> None:
        self.report("services/courses", "org.aula.courses.TagTest", "2.5", 200)
        self.report("services/courses", "org.aula.courses.GoneTest", "99", 100)
        self.report("local", "org.aula.local.MatrixTest", "1,300.25", 201)

        found = slowest.slowest(self.root, since=200)

        self.assertEqual(
            found,
            [(1300.25, "local", "org.aula.local.MatrixTest"), (2.5, "services/courses", "org.aula.courses.TagTest")],
        )
        self.assertEqual(len(slowest.slowest(self.root, since=0, rows=2)), 2)

    def test_the_table_names_seconds_module_and_class(self) -> None:
        self.report("services/courses", "org.aula.courses.TagTest", "2.5", 200)

        self.assertIn("2.5 s  services/courses         TagTest", slowest.table(self.root, 0))
        self.assertEqual(slowest.table(self.root, since=300), "")


if __name__ == "__main__":
    unittest.main()
