"""The commands `assets list` and `assets show`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from subrescue.cli import console
from subrescue.domain.choices import EntryKind
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.exchange import assets
from subrescue.store.validation import nearest


def listed(registry: Registry, nation: str | None, kind: str | None, form: str, output: Path | None) -> None:
    """Write the assets of a nation or kind; raises InputError for a nation that declares nothing."""
    if kind == EntryKind.SOURCE:
        allowed = "sources stand with what they are of; `subrescue assets export --kind source` writes all"
        raise InputError(Problem("--kind", f"'{kind}'", allowed))
    found = assets.entries(registry, nation, kind)
    if nation is not None and not found:
        raise no_such_nation(registry, nation, [kind])
    console.emit_in(
        form,
        output,
        partial(assets.list_as_table, found),
        json=partial(assets.list_as_json, found),
        csv=partial(assets.list_as_csv, found),
    )


def no_such_nation(registry: Registry, nation: str, kinds: Sequence[str | None]) -> InputError:
    """What to say of a nation that declares nothing of these kinds; None stands for all assets."""
    everything = [entry for kind in kinds for _, entry in assets.entries(registry, None, kind)]
    known = sorted({code for entry in everything for code in assets.nations_of(entry, registry)})
    allowed = f"nations in the registry are {', '.join(known)}" if known else "this kind belongs to no nation"
    return InputError(Problem("--nation", f"'{nation}', of which nothing is listed", allowed))


def shown(registry: Registry, asset_id: str, form: str, output: Path | None, now: datetime) -> None:
    """Write all that is known of one entry, ages as seen from `now`; raises InputError for an unknown id."""
    entry = assets.find_entry(registry, asset_id)
    if entry is None:
        hint = f"{nearest(asset_id.lower(), assets.ids(registry))}; `subrescue assets list` prints all"
        raise InputError(Problem("id", f"the unknown id '{asset_id}'", hint))
    console.emit_in(
        form,
        output,
        partial(assets.entry_as_table, *entry, registry, now),
        json=partial(assets.entry_as_json, *entry, registry),
        csv=partial(assets.entry_as_csv, *entry, registry),
    )
