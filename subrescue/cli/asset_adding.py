"""Does the work of `assets add`: one new entry from a small file and from words of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from subrescue.cli import console, desk
from subrescue.cli.asset_changes import Said, values_of
from subrescue.cli.option_groups import Hand
from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.registry_table.facts import facts_of, value_at
from subrescue.exchange.registry_table.unknown import NEEDED, unknown_facts
from subrescue.store.files import read_text
from subrescue.store.tables import put_at, read_tables
from subrescue.store.validation import Origin, validated
from subrescue.store.workspace.command import Command
from subrescue.store.workspace.entries import dump, model_of
from subrescue.store.workspace.fields import EVIDENCE, OBSERVED
from subrescue.store.workspace.statements import stated
from subrescue.store.workspace.workspace import Workspace

_IN_PARTS = "shipment"
"""The table whose parts are facts with sources of their own."""


def add(kind: str, file: Path | None, settings: Sequence[str], said: Said, hand: Hand) -> None:
    """Make an entry as one command; raises InputError with all problems, and for an id that there is already."""
    data, origin = _read(kind, file)
    for path, value in _typed(kind, settings).items():
        put_at(data, path.split("."), value)
    change = _change(kind, data, said, origin)

    def made(opened: Workspace) -> list[str]:
        if opened.entry(kind, change.entry_id) is not None:
            allowed = "`subrescue assets set` changes it; a new entry needs an id of its own"
            raise InputError(Problem("id", f"'{change.entry_id}', which is the id of a {kind} already", allowed))
        stamp = desk.stamp(hand.who, hand.why)
        done = opened.apply(Command(**stamp.model_dump(), changes=(change,)))
        entry = change.after or {}
        return [
            f"new {kind} {change.entry_id}: {entry.get('name', entry.get('title', ''))}",
            *_unknown(opened, change),
            f"command {done.revision} of the journal; `subrescue assets undo` takes it back",
        ]

    console.emit("\n".join(desk.done(hand.workspace, hand.url, made)) + "\n")


def _read(kind: str, file: Path | None) -> tuple[dict[str, Any], Origin]:
    """The table of a file, TOML as in the registry or JSON, and where it comes from."""
    if file is None:
        return {}, Origin()
    text = read_text(file, "file with one entry")
    if file.suffix.lower() == ".json":
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            raise InputError(Problem("", "text that is no JSON", "an object is needed", str(file), line)) from None
    else:
        data = read_tables(text, str(file))
    origin = Origin(str(file), text if file.suffix.lower() != ".json" else None)
    if isinstance(data, dict) and isinstance(data.get(kind), list):  # [[ship]], as in a file of the registry
        if len(data) != 1 or len(data[kind]) != 1:
            found = f"{len(data[kind])} entries" if len(data) == 1 else f"tables beside [[{kind}]]"
            raise InputError(Problem("", found, "one entry is needed; `subrescue assets import` takes many", str(file)))
        data, origin = data[kind][0], Origin(str(file), origin.text, (kind, 0))
    if not isinstance(data, dict):
        raise InputError(Problem("", "no table of fields", f"the fields of one {kind} are needed", str(file)))
    return data, origin


def _typed(kind: str, settings: Sequence[str]) -> dict[str, Any]:
    """The values of the words; the id, which `assets set` does not take, is one of them here."""
    ids = [setting for setting in settings if setting.partition("=")[0].strip() == "id"]
    values = values_of(model_of(kind), [setting for setting in settings if setting not in ids])
    return {**values, "id": ids[-1].partition("=")[2].strip()} if ids else values


def _change(kind: str, data: dict[str, Any], said: Said, origin: Origin) -> EntryChange:
    """The change that makes the entry; each fact has evidence of its own, or that of the source which is named."""
    model = model_of(kind)
    whole = dump(validated(model, data, origin))
    own = whole.get(EVIDENCE) or {}
    defaults = {name: field.default for name, field in model.model_fields.items()}
    values = {
        path: value
        for path, value in _facts(whole)
        if path.split(".")[0] in data and not (path in own or path.split(".")[0] in own) and value != defaults.get(path)
    }
    before: dict[str, Any] = {name: whole[name] for name in whole if name in ("id", "kind", EVIDENCE)}
    for path, value in _facts(whole):
        if path not in values:
            put_at(before, path.split("."), value)
    change = stated(kind, str(whole["id"]), before, values, said.evidence())
    after = {name: value for name, value in (change.after or {}).items() if name != EVIDENCE or value}
    return EntryChange(kind=kind, entry_id=change.entry_id, after=after)


def _facts(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The facts of an entry by their paths; a shipment by its parts."""
    for name, value in entry.items():
        if name == _IN_PARTS and isinstance(value, dict):
            yield from ((f"{name}.{part}", inner) for part, inner in value.items())
        elif name not in ("id", "kind", EVIDENCE):
            yield name, value


def _unknown(opened: Workspace, change: EntryChange) -> Iterator[str]:
    """What is not known of the new entry: first what gates need, with whom to ask, then the rest."""
    asked = unknown_facts(opened.registry(), [change.kind]) if change.kind in NEEDED else ()
    needed = [fact for fact in asked if fact.key[1] == change.entry_id]
    if needed:
        yield f"unknown, and a gate needs it: {', '.join(f'{fact.path} ({fact.gate})' for fact in needed)}"
        yield f"ask: {needed[0].ask}"
    paths = {fact.path for fact in needed}
    entry = model_of(change.kind).model_validate(change.after)
    observed = OBSERVED.get(change.kind)  # is seen, never stated
    known = [fact.path for fact in facts_of(change.kind) if fact.path.split(".")[0] != observed]
    rest = [path for path in known if path not in paths]
    others = [path for path in rest if value_at(entry, path) is None]
    if others:
        yield f"unknown besides: {', '.join(others)}"
