"""Connects to the database of a workspace, so that what is acknowledged is on disk, and tells its faults plainly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from subrescue.domain.errors import InputError, Problem
from subrescue.store.workspace.place import Place
from subrescue.store.workspace.tables import FORMAT_TABLE

if TYPE_CHECKING:
    import sqlite3

BUSY_S = 20.0
"""How long a desk waits for another one that is writing to the same file."""

_LOCK = 0x5355_4252
"""The number under which desks that make or upgrade a workspace on a server wait for each other."""

CONNECT_S = 10
"""How long a server may take to answer."""


def engine_of(place: Place) -> Engine:
    """The engine of a place; nothing is opened yet. Raises InputError where PostgreSQL's driver is not installed."""
    if place.path is not None:
        return _sqlite(place)
    # No prepared statements: their plan for "later than a revision" reckons with a third of the table, not the news.
    arguments = {"connect_timeout": CONNECT_S, "prepare_threshold": None}
    try:
        return create_engine(place.url, pool_pre_ping=True, connect_args=arguments)
    except ModuleNotFoundError:
        found = "a URL of PostgreSQL, whose driver is not installed"
        raise InputError(Problem("workspace", found, "install it: pip install 'subrescue[postgres]'")) from None


def _sqlite(place: Place) -> Engine:
    engine = create_engine(place.url, connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        if _may_be_ours(connection):
            _write_ahead(connection)
        # FULL: a commit returns when the log is on the disk, so that nothing acknowledged is lost with the power.
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA trusted_schema=OFF")  # a file from others calls no functions

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes its turn at once: one that reads first and writes later would find its reading out of date.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _may_be_ours(connection: sqlite3.Connection) -> bool:
    """Whether a file is a workspace or empty: the mode of somebody else's database is not ours to change."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not tables or FORMAT_TABLE in tables


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging: readers and one writer at a time. Two desks that make a file together wait."""
    import sqlite3

    until = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


@contextmanager
def reading(engine: Engine, place: Place) -> Iterator[Connection]:
    """A connection that sees one state of the database throughout; raises InputError as `told` does."""
    with told(place), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, place: Place) -> Iterator[Connection]:
    """A connection whose writing is kept as a whole when the block ends, and not at all after an error."""
    with told(place), engine.connect() as connection:
        connection = connection.execution_options(writing=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                # Whatever the server is set to: a commit returns when it is on the disk.
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO on")
            yield connection


def alone(connection: Connection) -> None:
    """Wait until no other desk makes or upgrades the same workspace; a SQLite writer is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Turn what the database says into InputError: no such server, no rights, no database, locked, full, broken.

    Broken is also what is no value of its column: text where an instant is kept, bytes that are no text.
    """
    try:
        yield
    except InputError:
        raise
    except DBAPIError as error:
        raise InputError(_problem(place, str(error.orig).strip())) from error
    except SQLAlchemyError as error:
        raise InputError(_problem(place, str(error).strip())) from error
    except (TypeError, ValueError) as error:
        raise InputError(_problem(place, f"malformed: {error}")) from error


_SQLITE_WORDS = {
    "database is locked": ("a database in which another desk is writing", "try again when that is done"),
    "unable to open database file": (
        "a file that cannot be opened",
        "a file in a folder that may be written is needed",
    ),
    "file is not a database": ("a file that is no workspace", "a file made by Subrescue is needed"),
    "readonly database": ("a file that may not be written", "a file that may be written is needed"),
    "disk is full": ("a full disk", "make room and try again: the last change was not applied"),
    "malformed": ("a broken database", "restore a backup: `subrescue workspace restore`"),
}


def _problem(place: Place, said: str) -> Problem:
    found, allowed = next((words for text, words in _SQLITE_WORDS.items() if text in said), ("", ""))
    if not found:
        found = f"a database that says: {' '.join(said.split())[:300]}"
        allowed = "a workspace that can be reached and used is needed"
    return Problem("workspace", found, allowed, str(place))
