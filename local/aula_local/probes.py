"""Small questions to engines that tell whether they answer."""

from __future__ import annotations

import asyncio
import struct

from .child import killed_at_the_end


async def http_status(port: int, path: str = "/") -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        line = await reader.readline()
        return int(line.split()[1]) if line.startswith(b"HTTP/") else 0
    finally:
        writer.close()


async def smtp_greets(port: int) -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        greeting = await reader.readline()
        writer.write(b"QUIT\r\n")
        await reader.readline()
        return greeting.startswith(b"220")
    finally:
        writer.close()


async def accepts(port: int) -> bool:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return True


async def redis_pong(port: int, password: str) -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"AUTH default {password}\r\nPING\r\n".encode())
        await reader.readline()
        answer = await reader.readline()
        # Who took the default user's rights away still has an engine that answers.
        return answer.startswith((b"+PONG", b"-NOPERM", b"-NOAUTH"))
    finally:
        writer.close()


async def mongo_hello(port: int) -> bool:
    """`{hello: 1, $db: "admin"}` as one OP_MSG; ready when the answer says that it can be written to."""
    document = b"\x10hello\0" + struct.pack("<i", 1) + b"\x02$db\0" + struct.pack("<i", 6) + b"admin\0\0"
    body = struct.pack("<iB", 0, 0) + struct.pack("<i", len(document) + 4) + document
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(struct.pack("<iiii", 16 + len(body), 1, 0, 2013) + body)
        (length,) = struct.unpack("<i", await reader.readexactly(4))
        return b"isWritablePrimary\0\x01" in await reader.readexactly(length - 4)
    finally:
        writer.close()


async def exits_with_zero(*command: str, environment: dict[str, str] | None = None) -> bool:
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    async with killed_at_the_end(process):
        return await process.wait() == 0
