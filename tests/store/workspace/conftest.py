"""The databases that the tests of the workspace run on: a new one for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from psycopg.sql import SQL, Identifier

from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests import postgres
from tests.store.workspace.samples import MORNING, small_registry

_numbers = count(1)
TABLES = ("workspace", "entries", "commands", "changes")


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server, started when the first test wants it."""
    if postgres.left_out():
        pytest.skip(f"PostgreSQL is left out: {postgres.WITHOUT} is set")
    with postgres.server() as made:
        yield made


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace file with the small registry, to be copied."""
    path = tmp_path_factory.mktemp("small") / "workspace.sqlite"
    open_workspace(path, now=MORNING, registry=small_registry).close()
    return path


@pytest.fixture(scope="session")
def small_database(postgres_databases: Callable[[str], str]) -> str:
    """A database with the small registry; `kept` holds its rows, as a new database for each test takes long."""
    import psycopg

    url = postgres_databases("small")
    open_workspace(url, now=MORNING, registry=small_registry).close()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA kept")
        for name in TABLES:
            connection.execute(SQL("CREATE TABLE kept.{0} AS TABLE {0}").format(Identifier(name)))
    return url


def _as_it_was(url: str) -> str:
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("TRUNCATE changes, commands, entries, workspace")
        for name in TABLES:
            connection.execute(SQL("INSERT INTO {0} TABLE kept.{0}").format(Identifier(name)))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a workspace is to be: nothing is there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "new.sqlite")
    made: Callable[[str], str] = request.getfixturevalue("postgres_databases")
    return made(f"empty_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a workspace with the small registry is."""
    if request.param == "sqlite":
        return str(shutil.copy(request.getfixturevalue("small_file"), tmp_path / "workspace.sqlite"))
    return _as_it_was(request.getfixturevalue("small_database"))


@pytest.fixture
def opened(place: str) -> Iterator[Callable[[], Workspace]]:
    """Opens the workspace of the test, as often as there are desks; closed with the test."""
    desks: list[Workspace] = []

    def desk() -> Workspace:
        desks.append(open_workspace(place, now=MORNING, make=False))
        return desks[-1]

    yield desk
    for workspace in desks:
        workspace.close()


@pytest.fixture
def workspace(opened: Callable[[], Workspace]) -> Workspace:
    """A workspace with the small registry."""
    return opened()
