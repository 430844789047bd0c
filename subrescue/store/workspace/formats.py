"""The format of a workspace: made, recognised, and brought to the newest by alembic in one transaction."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from subrescue.domain.errors import InputError, Problem
from subrescue.store.workspace.place import Place
from subrescue.store.workspace.tables import FORMAT_TABLE

NEWEST = "0003"
"""The format that this program reads and writes; the last step in `migrations/versions`."""

_FIRST = "0001"
_NUMBER = re.compile("[0-9]{4}")


def format_of(connection: Connection, place: Place) -> str | None:
    """The number of the format; None for an empty database.

    Raises InputError for a database of something else, or a format that only a newer program knows.
    """
    tables = set(inspect(connection).get_table_names())
    if FORMAT_TABLE not in tables:
        if not tables:
            return None
        some = ", ".join(sorted(tables)[:4])
        found = f"a database of something else (its tables: {some})"
        raise InputError(Problem("workspace", found, "an empty database or a workspace is needed", str(place)))
    number = connection.execute(text(f"SELECT version_num FROM {FORMAT_TABLE}")).scalar_one_or_none()
    if number is None:
        return None
    if not isinstance(number, str) or not _NUMBER.fullmatch(number) or number < _FIRST:
        raise ValueError(f"the format {number!r}")
    if number > NEWEST:
        allowed = f"this program knows formats up to {NEWEST}: install a newer one"
        raise InputError(Problem("workspace", f"the format {number}", allowed, str(place)))
    return number


def bring_to_newest(connection: Connection, target: str = NEWEST) -> None:
    """Make the tables, or bring them from an older format to `target`, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
