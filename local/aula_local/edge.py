"""What a deployment may set of the edge: who may call it from a browser, with which headers, and the world's address of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .paths import Problem

# Frontends that are being written: any port of this machine.
LOCAL_ORIGINS = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?"
# Ours, graphql-sse's, Apollo's, W3C trace context and baggage, Sentry's.
HEADERS = (
    "accept authorization content-type grpc-timeout x-grpc-web x-request-id x-user-agent "
    "x-graphql-event-stream-token "
    "apollographql-client-name apollographql-client-version apollo-require-preflight x-apollo-operation-name "
    "traceparent tracestate baggage sentry-trace"
).split()
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")
HEADER = re.compile(r"[a-z0-9-]+")
A_YEAR = 31536000
# Proxies in front of the edge whose word about the caller's address is believed.
MOST_HOPS = 8


def settings(environment: Mapping[str, str], local: str) -> dict[str, str]:
    """The placeholders of the edge's template, by CORS_ORIGINS, CORS_HEADERS, PUBLIC_URL, TRUSTED_HOPS and API_LIMITS."""
    secure = environment.get("PUBLIC_URL", local).startswith("https://")
    return {
        "CORS_ORIGINS": _origins(_list(environment, "CORS_ORIGINS")),
        "CORS_HEADERS": ", ".join([*HEADERS, *_headers(_list(environment, "CORS_HEADERS"))]),
        "HSTS": f"max-age={A_YEAR}; includeSubDomains" if secure else "max-age=0",
        "TRUSTED_HOPS": _one_of(environment, "TRUSTED_HOPS", [str(hops) for hops in range(MOST_HOPS + 1)]),
        # How long a request waits to be counted, before it is let in uncounted.
        "API_LIMITS_WAIT": "0.020s",
        "API_LIMITS_PERCENT": "100" if _one_of(environment, "API_LIMITS", ["on", "off"]) == "on" else "0",
    }


def _one_of(environment: Mapping[str, str], name: str, values: list[str]) -> str:
    """What is given, else the first."""
    given = environment.get(name, values[0])
    if given not in values:
        raise Problem(f"{name}: {given} is none of {', '.join(values)}")
    return given


def _list(environment: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in environment.get(name, "").split(",") if part.strip()]


def _origins(given: list[str]) -> str:
    """A regular expression of these origins; `https://*.example.org` is every host below it."""
    for origin in given:
        if not ORIGIN.fullmatch(origin):
            raise Problem(f"CORS_ORIGINS: {origin} is no origin such as https://learn.example.org or https://*.example.org")
    escaped = [re.escape(origin).replace(r"\*", "[A-Za-z0-9-]+") for origin in given]
    return "|".join(escaped) or LOCAL_ORIGINS


def _headers(given: list[str]) -> list[str]:
    for header in given:
        if not HEADER.fullmatch(header.lower()):
            raise Problem(f"CORS_HEADERS: {header} is no header's name")
    return [header.lower() for header in given if header.lower() not in HEADERS]
