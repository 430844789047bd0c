"""Opens a workspace: made and filled from the shipped registry at first, brought to the newest format where old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, insert

from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.store.files import exists, is_file, is_folder
from subrescue.store.registry import KINDS, load_registry
from subrescue.store.workspace import engine as engines
from subrescue.store.workspace import formats
from subrescue.store.workspace.applying import apply
from subrescue.store.workspace.backup import upgrade
from subrescue.store.workspace.command import Act, Stamp
from subrescue.store.workspace.entries import dump
from subrescue.store.workspace.offers import FROM_PROGRAM
from subrescue.store.workspace.place import Place, place_of
from subrescue.store.workspace.tables import WORKSPACE
from subrescue.store.workspace.workspace import Workspace

SEED_DESK = "subrescue"
"""The desk of the command that fills a new workspace; nobody's undo takes it back."""


def open_workspace(
    place: str | Path | None = None,
    *,
    now: datetime,
    registry: Callable[[], Registry] = load_registry,
    make: bool = True,
) -> Workspace:
    """Open a workspace by file or URL; without one, the workspace of this user.

    One that is not there yet is made and filled with `registry`, in one transaction, unless `make` is False. `now` is
    the time that its journal then states.

    Raises InputError where there is no workspace, it cannot be reached, or needs another program.
    """
    where = place_of(place)
    _see_to_folder(where, make)
    engine = engines.engine_of(where)
    try:
        with engines.reading(engine, where) as connection:
            number = formats.format_of(connection, where)
        if number is None:
            if not make:
                raise _nothing_there(where)
            _make(engine, where, now, registry)
        elif number < formats.NEWEST:
            if where.path is None:
                raise _too_old(where, number)
            upgrade(engine, where)
        return Workspace(engine, where)
    except BaseException:
        engine.dispose()
        raise


def upgrade_workspace(place: str | Path | None) -> Path | None:
    """Bring a workspace to the newest format; returns the file in which the old one is kept, None where it is new.

    Raises InputError as `open_workspace` does.
    """
    where = place_of(place)
    _see_to_folder(where, make=False)
    engine = engines.engine_of(where)
    try:
        with engines.reading(engine, where) as connection:
            if formats.format_of(connection, where) is None:
                raise _nothing_there(where)
        return upgrade(engine, where)
    finally:
        engine.dispose()


def _see_to_folder(place: Place, make: bool) -> None:
    if place.path is None:
        return
    if not make and (not exists(place.path) or _is_empty(place.path)):  # an empty file is not ours to write into
        raise _nothing_there(place)
    if exists(place.path) and not is_file(place.path):
        found = "a folder" if is_folder(place.path) else "no ordinary file"
        raise InputError(Problem("workspace", found, "the name of a file is needed", str(place)))
    try:
        place.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        found = f"a place that cannot be written ({error.strerror})"
        raise InputError(Problem("workspace", found, "a folder that may be written is needed", str(place))) from None


def _is_empty(path: Path) -> bool:
    return is_file(path) and path.stat().st_size == 0


def _nothing_there(place: Place) -> InputError:
    return InputError(Problem("workspace", "nothing there", "`subrescue workspace init` makes one", str(place)))


def _too_old(place: Place, number: str) -> InputError:
    found = f"the older format {number}"
    return InputError(Problem("workspace", found, "`subrescue workspace upgrade` brings it up to date", str(place)))


def _make(engine: Engine, place: Place, now: datetime, registry: Callable[[], Registry]) -> None:
    seed = registry()
    with engines.writing(engine, place) as connection:
        engines.alone(connection)
        if formats.format_of(connection, place) is not None:
            return  # another desk was quicker
        formats.bring_to_newest(connection)
        row = {"id": 1, "generation": str(uuid4()), "made_at": now, "revision": 0}
        connection.execute(insert(WORKSPACE), [row])
        stamp = Stamp(who="subrescue", at=now, desk=SEED_DESK, why=FROM_PROGRAM)
        apply(connection, stamp, seed_of(seed), act=Act.SEED, trusted=True)


def seed_of(registry: Registry) -> list[EntryChange]:
    """The changes that make a registry in an empty workspace, sources first."""
    return [
        EntryChange(kind=kind, entry_id=entry_id, after=dump(entry))
        for kind, (group, _) in KINDS.items()
        for entry_id, entry in getattr(registry, group).items()
    ]
