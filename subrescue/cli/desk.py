"""Which workspace a command means, who gives it, and at which desk: the clock and the system are asked here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from subrescue.cli.console import CannotError, complain
from subrescue.cli.option_groups import Where
from subrescue.domain.errors import InputError, Problem

if TYPE_CHECKING:
    from subrescue.domain.registry import Registry
    from subrescue.store.workspace.command import Stamp
    from subrescue.store.workspace.workspace import Workspace


T = TypeVar("T")

SHIPPED = "shipped"
"""The word for the registry that travels with the program; it can be read only."""


def place(workspace: Path | None, url: str | None) -> str | None:
    """The place that the options name; None for the default one. Raises InputError where both are given."""
    if str(workspace) == SHIPPED:
        found = "the registry that travels with the program, which can be read only"
        allowed = "a workspace is needed: yours by `default`, another by its file"
        raise InputError(Problem("--workspace", found, allowed))
    if workspace is not None and url is not None:
        raise InputError(Problem("--url", "a URL beside --workspace", "one of both is allowed"))
    if url is not None and "://" not in url:
        allowed = "a URL such as postgresql://user@host/database is needed; --workspace takes a file"
        raise InputError(Problem("--url", f"'{url}'", allowed))
    return url if url is not None else str(workspace) if workspace is not None else None


def opened(workspace: Path | None, url: str | None, *, make: bool = True) -> Workspace:
    """Open the workspace that the options name; your own one is made at its first use, another only by `init`."""
    from subrescue.store.workspace.opening import open_workspace
    from subrescue.store.workspace.own_place import DEFAULT

    where = place(workspace, url)
    own = where in (None, DEFAULT)
    return open_workspace(where, now=now(), make=make and own)


def done(workspace: Path | None, url: str | None, act: Callable[[Workspace], T]) -> T:
    """What an act on the workspace that the options name returns; it raises for wrong input.

    Your own workspace is made for an act that changes something, and for nothing less: where there is none yet, the act
    is tried on one that is thrown away.
    """
    if is_still_to_make(workspace, url):
        with throwaway() as trial:
            before = trial.revision()
            result = act(trial)
            if trial.revision() == before:
                return result
    with opened(workspace, url) as real:
        return act(real)


@contextmanager
def throwaway() -> Iterator[Workspace]:
    """A workspace as your own one is made, for as long as the block lasts."""
    from subrescue.store.workspace.opening import open_workspace
    from subrescue.store.workspace.own_place import FILE

    with TemporaryDirectory(prefix="subrescue-") as folder, open_workspace(Path(folder) / FILE, now=now()) as trial:
        yield trial


def is_still_to_make(workspace: Path | None, url: str | None) -> bool:
    """Whether the options name your own workspace, and there is none yet."""
    from subrescue.store.workspace.own_place import DEFAULT

    return place(workspace, url) in (None, DEFAULT) and not _has_own()


def registry(where: Where | None = None) -> Registry:
    """The registry that reading commands use, now or at an instant, as the window has it.

    Of the workspace which the options name; without any of the user's own one, which is then told on stderr, and of
    the shipped one where the user has none yet. A command that has no such options asks for it without `where`.
    """
    chosen, where = where is not None, where or Where()
    named = where != Where()
    shipped = where == Where(Path(SHIPPED))
    if shipped or not (named or _has_own()):
        from subrescue.store.registry import load_registry

        return load_registry()
    from subrescue.store.instant_text import parse_instant

    at = parse_instant(where.as_of, "--as-of") if where.as_of is not None else None
    with opened(where.workspace, where.url) as desk:
        if not named:
            other = f" (--workspace {SHIPPED}: as it travels with the program)" if chosen else ""
            complain(f"registry: your workspace {desk.place}{other}")
        if at is None:
            return desk.registry()
        made_at = desk.info().made_at
        if at < made_at:
            begins = f"{made_at:%Y-%m-%d %H:%M:%SZ}"
            raise CannotError(f"the journal of {desk.place} begins at {begins}: of the time before nothing is known")
        return desk.registry_as_of(at)


def _has_own() -> bool:
    from subrescue.store.workspace.own_place import default_path

    return default_path().exists()


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


def then(as_of: str | None) -> datetime:
    """The instant that `--as-of` names, else now."""
    from subrescue.store.instant_text import parse_instant

    return now() if as_of is None else parse_instant(as_of, "--as-of")


def dated(text: str | None) -> str | None:
    """A date as sources and evidence bear it; raises InputError for what is none."""
    from subrescue.exchange.registry_table.age import year_of

    if text is not None and (re.fullmatch(r"\d{4}(-\d\d){0,2}", text) is None or year_of(text) is None):
        raise InputError(Problem("--date", f"'{text}'", "a date is needed: 2026, 2026-11 or 2026-11-23"))
    return text


def stamp(given: str | None, why: str | None) -> Stamp:
    """Who, when, where and why."""
    from subrescue.store.validation import Origin, validated
    from subrescue.store.workspace.command import Stamp
    from subrescue.store.workspace.person import desk_name, user_name

    data = {"who": given or user_name(), "at": now(), "desk": desk_name(), "why": why or ""}
    return validated(Stamp, data, Origin())
