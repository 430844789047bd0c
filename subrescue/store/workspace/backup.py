"""Backs a workspace up to one file, restores it, and brings an old one up to date; nothing is overwritten unkept."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, DateTime, Engine, column, delete, inspect, select, table, update

from subrescue.domain.errors import InputError, Problem
from subrescue.store.files import exists, is_file, is_folder
from subrescue.store.workspace import engine as engines
from subrescue.store.workspace import formats, integrity
from subrescue.store.workspace.own_place import default_path
from subrescue.store.workspace.place import Place, place_of
from subrescue.store.workspace.tables import METADATA, WORKSPACE, Instant

_TABLES = ("workspace", "entries", "commands", "changes")
_ORDER = {"commands": ("revision",), "changes": ("revision", "position")}
_MANY = 2000


def backup(connection: Connection, place: Place, target: Path) -> None:
    """Write the state that a connection sees, in its own format, to a new SQLite file: all of it or none.

    Raises InputError where the file is there already or cannot be written.
    """
    number = formats.format_of(connection, place)
    if number is None:
        raise InputError(Problem("workspace", "nothing there", "there is nothing to back up", str(place)))
    if exists(target):
        raise InputError(Problem("backup", "a file that is there already", "another name is needed", str(target)))
    with _beside(target) as path:
        engine = engines.engine_of(place_of(path))
        try:
            with engines.writing(engine, place_of(target)) as copy:
                formats.bring_to_newest(copy, number)
                _copy(connection, copy)
            _one_file(engine)
        finally:
            engine.dispose()
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
        path.replace(target)


def restore(source: Path, place: Place, now: datetime) -> Path | None:
    """Make a workspace what a backup holds; the backup stays as it is.

    A workspace that is there is backed up first; its file is returned. Other desks see the old state or the new one.

    Raises InputError where the backup is none, is broken, or a newer program wrote it.
    """
    if not is_file(source):
        found = "a folder" if is_folder(source) else "no ordinary file" if exists(source) else "no such file"
        raise InputError(Problem("backup", found, "a file that `workspace backup` wrote is needed", str(source)))
    told_as = place_of(source)
    with _beside(source if os.access(source.parent, os.W_OK) else default_path()) as copied:
        _copy_file(source, copied)
        engine = engines.engine_of(place_of(copied))
        try:
            with engines.writing(engine, told_as) as connection:
                if formats.format_of(connection, told_as) is None:
                    raise InputError(Problem("backup", "an empty database", "a backup is needed", str(source)))
                formats.bring_to_newest(connection)
            with engines.reading(engine, told_as) as connection:
                wrong = integrity.faults(connection)
                if wrong:
                    raise InputError(
                        [Problem("backup", text, "a whole backup is needed", str(source)) for text in wrong]
                    )
                return _put(connection, place, now)
        finally:
            engine.dispose()


def _put(source: Connection, place: Place, now: datetime) -> Path | None:
    if place.path is not None:
        place.path.parent.mkdir(parents=True, exist_ok=True)
    engine = engines.engine_of(place)
    try:
        with engines.writing(engine, place) as connection:
            engines.alone(connection)
            number = formats.format_of(connection, place)
            kept = None
            if number is not None:
                kept = _kept(place, f"before-restore-{now:%Y%m%dT%H%M%SZ}")
                with engines.reading(engine, place) as as_it_was:
                    backup(as_it_was, place, kept)
            formats.bring_to_newest(connection)
            for name in reversed(_TABLES):
                connection.execute(delete(METADATA.tables[name]))
            _copy(source, connection)
            connection.execute(update(WORKSPACE).values(generation=str(uuid4())))
            return kept
    finally:
        engine.dispose()


def upgrade(engine: Engine, place: Place) -> Path | None:
    """Bring a workspace to the newest format in one transaction, after a copy in the old format was put beside it.

    Returns that copy; None where the format is the newest already.
    """
    with engines.writing(engine, place) as connection:
        engines.alone(connection)
        number = formats.format_of(connection, place)
        if number is None or number == formats.NEWEST:
            return None
        kept = _kept(place, f"format-{number}")
        with engines.reading(engine, place) as as_it_was:
            backup(as_it_was, place, kept)
        formats.bring_to_newest(connection)
        return kept


def _kept(place: Place, what: str) -> Path:
    """A new name beside the workspace, or in the user's data folder for one on a server."""
    path = place.path if place.path is not None else default_path().with_stem(place.url.database or "workspace")
    path.parent.mkdir(parents=True, exist_ok=True)
    names = (
        path.with_name(f"{path.stem}.{what}{f'-{count}' if count else ''}{path.suffix}") for count in range(10_000)
    )
    return next(name for name in names if not name.exists())


def _copy(source: Connection, target: Connection) -> None:
    """Copy all rows; the tables of the target say which columns there are."""
    look = inspect(target)
    for name in _TABLES:
        columns = [
            column(found["name"], Instant() if isinstance(found["type"], DateTime) else found["type"])
            for found in look.get_columns(name)
        ]
        rows = table(name, *columns)
        query = select(rows).order_by(*(rows.c[key] for key in _ORDER.get(name, ())))
        for part in source.execute(query.execution_options(yield_per=_MANY)).mappings().partitions(_MANY):
            target.execute(rows.insert(), [dict(row) for row in part])


def _one_file(engine: Engine) -> None:
    """Put everything into the file itself, so that a backup is one file."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new file in the folder of another, gone afterwards with what SQLite puts beside it."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        found = f"a place that cannot be written ({error.strerror})"
        raise InputError(Problem("backup", found, "a folder that may be written is needed", str(target))) from None
    try:
        yield folder / target.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_file(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
        log = source.with_name(f"{source.name}-wal")
        if log.exists():  # a workspace that was copied while it was open
            shutil.copyfile(log, target.with_name(f"{target.name}-wal"))
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise InputError(Problem("backup", found, "a file that may be read is needed", str(source))) from None
