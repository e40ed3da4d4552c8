"""Where things lie. Everything that is made lies in `.local/bench`, beside what `make run` has."""

from __future__ import annotations

from aula_local.paths import LOCAL, ROOT, State

BENCH = ROOT / "bench"
GO = BENCH / "go"
JAVA = BENCH / "java"
NODE = BENCH / "node"
SQL = BENCH / "sql"
OUT = LOCAL / "bench"
BIN = OUT / "bin"
WORK = OUT / "work"
RESULTS = OUT / "results"
STATE = State(OUT / "state")
# What is measured has the first core to itself, its database and its load the other one.
SERVER_CORE, LOAD_CORE = "0", "1"
