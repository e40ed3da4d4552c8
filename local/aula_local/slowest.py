"""The test classes that took longest, by the reports that Surefire writes."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

# Modules lie in the root or one folder below it.
REPORTS = ("*/target/surefire-reports/TEST-*.xml", "*/*/target/surefire-reports/TEST-*.xml")
ROWS = 15


def slowest(root: Path, since: float, rows: int = ROWS) -> list[tuple[float, str, str]]:
    """Seconds, module and class, the slowest first, of the reports written since then (seconds since 1970)."""
    found = []
    for report in (file for pattern in REPORTS for file in root.glob(pattern)):
        if report.stat().st_mtime >= since:
            suite = ElementTree.parse(report).getroot()
            module = report.parents[2].relative_to(root).as_posix()
            found.append((float(suite.get("time", "0").replace(",", "")), module, suite.get("name", report.stem)))
    return sorted(found, reverse=True)[:rows]


def table(root: Path, since: float) -> str:
    """One line for each; empty when no test ran."""
    lines = [f"{seconds:8.1f} s  {module:<24} {name.rsplit('.', 1)[-1]}" for seconds, module, name in slowest(root, since)]
    return "\n".join(["", "The slowest test classes, with the start of what they need:", *lines, ""]) if lines else ""
