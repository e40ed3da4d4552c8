"""The mail that the local mail server took, read from its REST API."""

from __future__ import annotations

import email
import email.policy
import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from email.message import EmailMessage

from .paths import Problem

MAX_LISTED = 20


@dataclass(frozen=True)
class Mail:
    time: str  # ISO 8601, UTC
    sender: str
    to: str
    subject: str
    message_id: str
    text: str
    html: str


def read(api: str, to: str = "") -> list[Mail]:
    """All mail, or that of one address, oldest first."""
    known = sorted(user["login"] for user in _get(f"{api}/api/user"))
    chosen = [login for login in known if not to or login.lower() == to.lower()]
    found = [
        (_parse(message["mimeMessage"]), int(message["uid"]))
        for login in chosen
        for message in _get(f"{api}/api/user/{urllib.parse.quote(login)}/messages")
    ]
    return [mail for mail, _ in sorted(found, key=lambda pair: (pair[0].time, pair[1]))]


def _get(url: str) -> list[dict]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)
    except (urllib.error.URLError, TimeoutError) as error:
        raise Problem(f"The mail server does not answer at {url}: {error}") from None


def _parse(raw: str) -> Mail:
    # The server's JSON has one character for each byte of the message.
    message = email.message_from_bytes(raw.encode("latin-1", "replace"), EmailMessage, policy=email.policy.default)
    return Mail(
        _time(message), str(message["From"]), str(message["To"]), str(message["Subject"] or ""),
        str(message["Message-ID"] or ""), _body(message, "plain"), _body(message, "html"),
    )  # fmt: skip


def _time(message: EmailMessage) -> str:
    date = message["Date"]
    sent = date.datetime if date else None
    return (sent or datetime.fromtimestamp(0, timezone.utc)).astimezone(timezone.utc).isoformat(timespec="seconds")


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def as_json(mails: list[Mail]) -> str:
    return json.dumps([asdict(mail) for mail in mails], indent=2, ensure_ascii=False)


def table(mails: list[Mail]) -> str:
    if not mails:
        return "No mail yet."
    rows = [(mail.time[:19].replace("T", " "), mail.to, mail.sender, mail.subject) for mail in mails[-MAX_LISTED:]]
    rows.insert(0, ("time (UTC)", "to", "from", "subject"))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[3]]) for row in rows)


def newest(mails: list[Mail]) -> str:
    if not mails:
        return "No mail for this address yet."
    mail = mails[-1]
    return f"From:    {mail.sender}\nTo:      {mail.to}\nSubject: {mail.subject}\nDate:    {mail.time}\n\n{mail.text.strip()}"
