"""Events that earlier workloads left behind."""

from __future__ import annotations

import asyncio

from aula_local.paths import Problem

from .places import STATE
from .world import World

PUBLISHERS = ["enrollments", "grades"]


async def forget(world: World) -> None:
    """Takes away what nobody has published or read yet, so that no program works it off while another thing is measured: an
    enrollment is an event to the gradebook, and W4 and W9 enroll by the hundred thousand. The newest event stays in both
    places, rows go before entries: a relay that misses entries in its stream fills them in again."""
    for name in PUBLISHERS:
        await world.sql(f"DELETE FROM {name}.outbox WHERE position IS NULL")
        await world.sql(f"DELETE FROM {name}.outbox WHERE position < (SELECT max(position) FROM {name}.outbox)")
    password = STATE.secret("redis/default.password")
    commands = [f"XTRIM events:{{{name}}} MAXLEN 1" for name in PUBLISHERS]
    for told in await redis(world.ports["redis"], [f"AUTH default {password}", *commands]):
        if told.startswith("-"):
            raise Problem(f"Redis refused to forget events: {told}")


async def redis(port: int, commands: list[str]) -> list[str]:
    """What Redis answers to commands whose answer is one line."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("".join(f"{command}\r\n" for command in commands).encode())
        return [(await reader.readline()).decode().strip() for _ in commands]
    finally:
        writer.close()
