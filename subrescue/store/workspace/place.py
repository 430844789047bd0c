"""Where a workspace is: a file, by default in the user's data folder, or a PostgreSQL database by its URL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from subrescue.domain.errors import InputError, Problem
from subrescue.store.files import from_home
from subrescue.store.workspace.own_place import DEFAULT, default_path

_ALLOWED = "a file, or a URL such as postgresql://user@host/database, is needed"


@dataclass(frozen=True)
class Place:
    """A database by its URL; `path` is the file of a SQLite one."""

    url: URL
    path: Path | None

    def __str__(self) -> str:
        return str(self.path) if self.path is not None else self.url.set(drivername="postgresql").render_as_string()


def place_of(text: str | Path | None) -> Place:
    """The place that a path or URL names; None and "default" name the default one.

    Raises InputError for a URL of another kind of database, or none at all.
    """
    if text is None or text == DEFAULT:
        return _file(default_path())
    name = str(text)
    if isinstance(text, Path) or "://" not in name:
        if not name.strip() or "\0" in name:
            raise InputError(
                Problem("workspace", "an empty name" if not name.strip() else "a null character", _ALLOWED)
            )
        return _file(Path(name))
    try:
        url = make_url(name)
    except (ArgumentError, ValueError):
        raise InputError(Problem("workspace", "a URL that cannot be read", _ALLOWED)) from None
    kind = url.drivername.split("+")[0]
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise InputError(Problem("workspace", f"'{name}', which names no file", _ALLOWED))
        return _file(Path(url.database))
    if kind not in ("postgresql", "postgres"):
        raise InputError(Problem("workspace", f"a URL of '{kind}'", "sqlite and postgresql are allowed"))
    return Place(url.set(drivername="postgresql+psycopg"), None)


def _file(path: Path) -> Place:
    whole = from_home(path).absolute()
    return Place(URL.create("sqlite", database=str(whole)), whole)
