"""A PostgreSQL server for tests: made in a folder of its own from the installed package, gone with the tests.

A developer who has no PostgreSQL may set SUBRESCUE_WITHOUT_POSTGRESQL=1: its tests are then skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WITHOUT = "SUBRESCUE_WITHOUT_POSTGRESQL"
_USER_OF_DEBIAN = "postgres"


def left_out() -> bool:
    """Whether this developer asks for tests without PostgreSQL."""
    return os.environ.get(WITHOUT, "") not in ("", "0")


def programs() -> Path:
    """The folder of initdb and pg_ctl, which Debian keeps out of the path; FileNotFoundError where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("pg_ctl")
    for folder in [*folders, *([Path(found).resolve().parent] if found else [])]:
        if (folder / "initdb").exists():
            return folder
    raise FileNotFoundError(
        f"no PostgreSQL server here: install it (Debian: apt-get install postgresql), or set {WITHOUT}=1"
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def server() -> Iterator[Callable[[str], str]]:
    """Start a server; give a function that makes a database of a name and returns its URL."""
    folder = Path(tempfile.mkdtemp(prefix="subrescue-pg-"))
    # PostgreSQL refuses to run as root: the user that Debian's package makes takes its place.
    lower = ["runuser", "-u", _USER_OF_DEBIAN, "--"] if os.geteuid() == 0 else []
    if lower:
        shutil.chown(folder, _USER_OF_DEBIAN)
    bin_, port = programs(), _free_port()

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*lower, str(bin_ / program), *arguments],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,  # pg_ctl's server would keep a pipe open
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode != 0:
            log = folder / "log"
            said = log.read_text("utf-8", "replace") if log.exists() else ""
            raise RuntimeError(f"{program} failed with {done.returncode}: {said}")

    try:
        run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C", "-N")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield lambda name: _database(port, name)
        finally:
            run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _database(port: int, name: str) -> str:
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(host="127.0.0.1", port=port, user="desk", dbname="postgres", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return f"postgresql://desk@127.0.0.1:{port}/{name}"
