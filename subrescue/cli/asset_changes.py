"""The commands `assets history`, `set`, `retire`, `undo` and `redo`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from subrescue.cli import console, desk
from subrescue.cli.option_groups import Hand
from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Evidence
from subrescue.exchange import journal as written
from subrescue.store import model_fields
from subrescue.store.case_settings import value_of
from subrescue.store.validation import Origin, nearest, validated
from subrescue.store.workspace.command import Act, Applied, Command
from subrescue.store.workspace.entries import model_of
from subrescue.store.workspace.fields import EVIDENCE, differences
from subrescue.store.workspace.statements import stated
from subrescue.store.workspace.workspace import Workspace

_FIXED = ("id", "kind", EVIDENCE)


@dataclass(frozen=True)
class Said:
    """The source that a user names for new values."""

    source: str | None
    confidence: str
    date: str | None
    note: str | None

    def evidence(self) -> Evidence | None:
        """As evidence; None where no source is named. Raises InputError for a date or note without one."""
        if self.source is None:
            if self.date is not None or self.note is not None:
                raise InputError(Problem("--source", "a date or note without a source", "name the source too"))
            return None
        data = {"source": self.source, "confidence": self.confidence, "date": desk.dated(self.date), "note": self.note}
        return validated(Evidence, data, Origin())


def history(
    entry_id: str,
    field: str | None,
    kind: str | None,
    workspace: Path | None,
    url: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Write the history of an entry or a field; raises InputError for one that never was."""
    rows = desk.done(workspace, url, lambda opened: opened.history(entry_id, field, kind))
    console.emit_in(
        form,
        output,
        partial(written.as_table, rows),
        json=partial(written.as_json, rows),
        csv=partial(written.as_csv, rows),
    )


def set_fields(entry_id: str, settings: Sequence[str], said: Said, kind: str | None, hand: Hand) -> None:
    """Apply `FIELD=VALUE`s as one command; raises InputError with all problems."""
    statement = said.evidence()

    def change(opened: Workspace) -> Applied:
        key, before = opened.find(entry_id, kind)
        values = values_of(model_of(key[0]), settings)
        return _applied(opened, stated(*key, before, values, statement), hand)

    _tell(desk.done(hand.workspace, hand.url, change))


def retire(entry_id: str, kind: str | None, hand: Hand) -> None:
    """Retire an entry; raises InputError for an unknown one, or one that others name."""

    def change(opened: Workspace) -> Applied:
        key, before = opened.find(entry_id, kind)
        return _applied(opened, EntryChange(kind=key[0], entry_id=key[1], before=before), hand)

    _tell(desk.done(hand.workspace, hand.url, change))


def step(act: Literal["undo", "redo"], skip: bool, hand: Hand) -> None:
    """Undo or redo, or pass over what another desk changed since.

    Raises CannotError where there is nothing, InputError where another desk changed the same since.
    """
    stamp = desk.stamp(hand.who, hand.why)
    settled = () if skip else None

    def change(opened: Workspace) -> Applied | None:
        return opened.undo(stamp, settled) if act == "undo" else opened.redo(stamp, settled)

    done = desk.done(hand.workspace, hand.url, change)
    if done is None:
        raise console.CannotError(f"there is nothing to {act} at this desk ({stamp.desk})")
    _tell(done)


def _applied(opened: Workspace, change: EntryChange, hand: Hand) -> Applied:
    stamp = desk.stamp(hand.who, hand.why)
    return opened.apply(Command(**stamp.model_dump(), changes=(change,)))


def _tell(done: Applied) -> None:
    lines = [] if done.changes else ["nothing changes"]
    for change in done.changes:
        for field, before, after in differences(change.before, change.after):
            words = f"{written.shown(before, field)} -> {written.shown(after, field)}"
            lines.append(f"{change.entry_id}: {field + ': ' if field else ''}{words}")
    if done.changes:
        back, does = ("redo", "does it again") if done.act is Act.UNDO else ("undo", "takes it back")
        lines.append(f"command {done.revision} of the journal; `subrescue assets {back}` {does}")
    console.emit("\n".join(lines) + "\n")


def values_of(model: type[BaseModel], settings: Sequence[str]) -> dict[str, Any]:
    """The values of `FIELD=VALUE`s by the paths of fields; raises InputError with every field that there is not."""
    values: dict[str, Any] = {}
    problems = []
    for setting in settings:
        field, equals, text = (part.strip() for part in setting.partition("="))
        names = field.split(".")
        shape = model_fields.at(model, tuple(names))
        if not equals or not field:
            problems.append(Problem("field", f"'{setting}'", "FIELD=VALUE is needed: max_depth_m=400"))
        elif names[0] in _FIXED:
            problems.append(Problem(field, f"'{setting}'", "this field is not set by itself"))
        elif shape is None or shape.field is None:
            known = [name for name in model.model_fields if name not in _FIXED]
            problems.append(Problem("field", f"the unknown field '{field}'", nearest(field, known)))
        elif any(_is_table(kind) for kind in shape.types) and text.startswith(("[", "{")):
            values[field] = _inline(field, text, problems)
        elif any(isinstance(kind, type) and issubclass(kind, StrEnum) and text in set(kind) for kind in shape.types):
            values[field] = text  # "unknown" may be one of the choices: it is then said, not left out
        else:
            values[field] = value_of(text, shape)
    if problems:
        raise InputError(problems)
    return values


def _is_table(kind: Any) -> bool:
    if get_origin(kind) is tuple:
        return _is_table(get_args(kind)[0])
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not hasattr(kind, "exactly")


def _inline(field: str, text: str, problems: list[Problem]) -> Any:
    """A table, or a list of tables, as it would stand in a registry file."""
    import tomllib

    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        allowed = 'a table as in the registry files is needed: {name = "x", mass_t = 3}'
        problems.append(Problem(field, f"'{text[:60]}'", allowed))
        return None
