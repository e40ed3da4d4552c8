"""ClickHouse's engine as a program: loads libchdb.so and serves HTTP until standard input closes.

The engine ends with its last statement, so that one never ends by itself; when standard input closes (a stop, or a
parent that died) the statement is killed, and the engine then shuts down in order. Run as
`clickhouse_child.py LIBRARY CONFIG DATA PORT PASSWORD_FILE`.
"""

import base64
import ctypes
import os
import sys
import threading
import time
import urllib.request

WAIT = "SELECT sleepEachRow(0.5) FROM system.numbers SETTINGS max_block_size = 1 FORMAT Null"
STOP_SECONDS = 8


stopping = threading.Event()


def stop_with_parent(port: str, password: str) -> None:
    while os.read(0, 1024):
        pass
    stopping.set()
    deadline = time.monotonic() + STOP_SECONDS
    credentials = base64.b64encode(f"aula:{password}".encode()).decode()
    kill = urllib.request.Request(
        f"http://127.0.0.1:{port}/",
        data=b"KILL QUERY WHERE user != 'aula' AND query LIKE 'SELECT sleepEachRow(0.5) FROM system.numbers%' ASYNC",
        headers={"Authorization": f"Basic {credentials}"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        try:
            opener.open(kill, timeout=2).close()
        except OSError:
            pass
        time.sleep(0.2)
    os._exit(1)


def main(library: str, config: str, data: str, port: str, password_file: str) -> None:
    with open(password_file, encoding="utf-8") as file:
        password = file.read().strip()
    engine = ctypes.CDLL(library)
    # Python keeps its own handlers: the engine's would turn a signal to this process into a crash report.
    engine.chdb_set_signal_handlers_enabled(0)
    arguments = [
        "clickhouse",
        f"--config-file={config}",
        f"--path={data}",
        "--listen_host=127.0.0.1",
        f"--http_port={port}",
        "--query",
        f"CREATE DATABASE IF NOT EXISTS aula; SYSTEM START LISTEN HTTP; {WAIT}",
    ]
    threading.Thread(target=stop_with_parent, args=(port, password), daemon=True).start()
    engine.chdb_query_cmdline.restype = ctypes.c_void_p
    engine.chdb_query_cmdline(len(arguments), (ctypes.c_char_p * (len(arguments) + 1))(*(a.encode() for a in arguments), None))
    os._exit(0 if stopping.is_set() else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
