"""Starts Debian's Virtuoso (package virtuoso-opensource-7) on free ports of the loopback interface."""

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_CONFIGURATION = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")


@contextmanager
def virtuoso_server(folder: Path) -> Iterator[str]:
    """The address of the endpoint with the credentials of a fresh database; skips where Virtuoso is missing.
    """
    program = shutil.which("virtuoso-t")
    if program is None or not _CONFIGURATION.is_file():
        pytest.skip("virtuoso-opensource-7 is not installed")
    sql_port, http_port = _free_port(), _free_port()
    text = _CONFIGURATION.read_text("utf-8").replace("/var/lib/virtuoso-opensource-7/db", str(folder))
    ports = iter((sql_port, http_port))
    text = re.sub(r"^(ServerPort\s*=\s*)\d+", lambda m: f"{m[1]}127.0.0.1:{next(ports)}", text, flags=re.M)
    (folder / "virtuoso.ini").write_text(text, "utf-8")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{http_port}/sparql?query=ASK%7B%7D", process)
        yield f"http://dba:dba@127.0.0.1:{http_port}/sparql"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own loopback address)
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"Virtuoso did not answer at {url}")
