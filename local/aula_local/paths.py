"""Where things lie: the checkout, its git-ignored folder, and the state folder of one instance."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "local"
LOCAL = ROOT / ".local"
TOOLS = LOCAL / "tools"
RUN = LOCAL / "run"
ADDRESSES = LOCAL / "addresses.json"


class Problem(Exception):
    """What a person can fix; its text says how. Shown without a stack trace."""


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, mode)
    os.replace(name, path)


def read_json(path: Path, default: Any = None) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {} if default is None else default


class State:
    """One instance's folder: data, logs, secrets, what runs (state.json) and how to talk to it (control.sock)."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.data = self.root / "data"
        self.logs = self.root / "logs"
        self.secrets = self.root / "secrets"
        self.file = self.root / "state.json"
        self.ports = self.root / "ports.json"
        self.lock = self.root / "lock"

    @property
    def hash(self) -> str:
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:12]

    @property
    def control(self) -> Path:
        """A unix socket; its path may have 107 characters, so a deep checkout gets one in the temporary folder."""
        path = self.root / "control.sock"
        return path if len(os.fsencode(path)) <= 107 else Path(tempfile.gettempdir()) / f"aula-{self.hash}.sock"

    @property
    def outside(self) -> Path:
        """PostgreSQL's home when its user cannot reach the checkout."""
        return Path("/var/tmp") / f"aula-{self.hash}"

    def create(self) -> State:
        for folder in (self.root, self.data, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
        self.secrets.mkdir(exist_ok=True)
        self.secrets.chmod(0o700)
        return self

    def secret(self, name: str) -> str:
        """The secret of this name (`postgres/postgres.password`), made on first use."""
        path = self.secrets / name
        if not path.exists():
            self.write_secret(name, secrets.token_hex(16))
        return path.read_text(encoding="utf-8").strip()

    def write_secret(self, name: str, text: str) -> Path:
        path = self.secrets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        write_atomically(path, text, 0o600)
        return path
