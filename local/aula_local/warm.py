"""What programs load and link when they start, kept from one start to the next by the JDK's AOT cache (JEP 483, 514 and 515):
the next start costs about half. A cache is good for one build; the JVM would refuse it after another, so it is removed then."""

from __future__ import annotations

import shutil
from pathlib import Path

from .paths import LOCAL

CACHES = LOCAL / "aot"
# The JVM writes the cache when it ends, in a process of its own that links everything once more.
WRITING_SECONDS = 300


def cache(program: str) -> Path:
    return CACHES / f"{program}.aot"


def warm(program: str, java: list[str]) -> list[str]:
    """A command that starts with its AOT cache, if there is one."""
    return _with(java, f"-XX:AOTCache={cache(program)}") if cache(program).exists() else java


def learning(program: str, java: list[str]) -> list[str]:
    """A command that learns; the cache is there when it has ended."""
    CACHES.mkdir(exist_ok=True)
    cache(program).unlink(missing_ok=True)
    return _with(java, f"-XX:AOTCacheOutput={cache(program)}")


def forget() -> None:
    shutil.rmtree(CACHES, ignore_errors=True)


def _with(java: list[str], option: str) -> list[str]:
    return [java[0], option, *java[1:]]
