"""Which grids and charts the user has loaded for depths: remembered on this machine, in no case file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from subrescue.domain.errors import InputError, Problem
from subrescue.store.files import read_text, write_atomically
from subrescue.store.tables import list_of_tables, read_tables
from subrescue.store.user_folders import config_folder

if TYPE_CHECKING:
    from subrescue.earth.depth.depth_answers import DepthSource
    from subrescue.earth.shape.land import Land

FILE = "depth_sources.toml"
_MOST = 200
_WHAT = "list of depth sources"


@dataclass(frozen=True)
class DepthFile:
    """A file of depths; positive: which way a grid counts, where the file does not say it and the user did."""

    path: Path
    positive: Literal["up", "down"] | None = None


def settings_path() -> Path:
    """Where the list is kept, in the user's own folder."""
    return config_folder() / FILE


def remembered() -> tuple[DepthFile, ...]:
    """The files that the user has loaded, in the order of loading; raises InputError where the list is broken."""
    path = settings_path()
    if not path.exists():
        return ()
    rows = list_of_tables(read_tables(read_text(path, _WHAT), str(path)), "source", str(path))
    allowed = 'tables [[source]] with path = "..." and perhaps positive = "up" or "down" are needed'
    if len(rows) > _MOST:
        raise InputError(Problem("source", f"{len(rows)} files", f"at most {_MOST} are allowed", str(path)))
    files = []
    for number, row in enumerate(rows, 1):
        name, positive = (row.get("path"), row.get("positive")) if isinstance(row, dict) else (None, None)
        if not isinstance(name, str) or not name or "\0" in name or positive not in (None, "up", "down"):
            raise InputError(Problem(f"source {number}", f"{str(row)[:80]}", allowed, str(path)))
        files.append(DepthFile(Path(name), positive))
    return tuple(files)


def remember(files: Iterable[DepthFile]) -> None:
    """Keep these files for the next start, each once, by their whole path; raises InputError where it cannot."""
    import tomli_w

    unique = {file.path.absolute(): file for file in files}
    rows = []
    for path, file in unique.items():
        try:
            str(path).encode()
        except UnicodeEncodeError:
            found = f"a name that is no text: {str(path)!a}"
            raise InputError(Problem("", found, "another name of the file is needed")) from None
        rows.append({"path": str(path)} | ({"positive": file.positive} if file.positive else {}))
    target = settings_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not rows:
            target.unlink(missing_ok=True)
            return
    except OSError as error:
        found = f"a place that cannot be written ({error.strerror})"
        raise InputError(Problem("", found, "a folder for the user's settings is needed", str(target))) from None
    write_atomically(target, tomli_w.dumps({"source": rows}))


def open_all(files: Sequence[DepthFile], land: Land | None) -> tuple[list[DepthSource], list[Problem]]:
    """Open each file; what cannot be used is told as problems and the rest go on."""
    from subrescue.earth.depth.depth_sources import open_depth_source

    sources: list[DepthSource] = []
    problems: list[Problem] = []
    for file in files:
        try:
            sources.append(open_depth_source(file.path, land, file.positive))
        except InputError as error:
            problems += error.problems
    return sources, problems


def open_remembered(land: Land | None) -> tuple[list[DepthSource], list[Problem]]:
    """Open the files that the user has loaded; a missing or broken one is told and no reason to stop."""
    try:
        return open_all(remembered(), land)
    except InputError as error:
        return [], list(error.problems)
