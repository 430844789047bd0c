"""Writes rows of the journal for people and auditors: as a table, JSON, JSON lines or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType

from subrescue.domain.sighting import Sighting
from subrescue.exchange.delimited import to_csv
from subrescue.exchange.json_text import json_text
from subrescue.exchange.sightings import sighting_words
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.wording import UNKNOWN, text
from subrescue.store.workspace.command import FieldChange
from subrescue.store.workspace.fields import OBSERVED, WHOLE

HEADER = (
    "revision",
    "at",
    "who",
    "desk",
    "act",
    "of_revision",
    "why",
    "kind",
    "entry_id",
    "field",
    "before",
    "after",
)


def as_json(rows: Iterable[FieldChange]) -> str:
    """All rows as one JSON list."""
    return json_text([_data(row) for row in rows])


def as_json_lines(rows: Iterable[FieldChange]) -> Iterator[str]:
    """A line of JSON for each field changed."""
    return (json.dumps(_data(row), ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Iterable[FieldChange]) -> str:
    """A row for each field changed; values that are no number or text are JSON, what is not known is empty."""
    return to_csv(HEADER, ([_cell(value) for value in _data(row).values()] for row in rows))


def as_table(rows: Iterable[FieldChange], screen: Screen) -> str:
    """A row for each field changed, oldest first, for a terminal."""
    table = plain_table()
    for name in ("revision", "at", "who", "act", "field"):
        table.add_column(
            text(f"journal.{name}"), justify="right" if name == "revision" else "left", no_wrap=name == "at"
        )
    for name in ("before", "after", "why"):
        table.add_column(text(f"journal.{name}"), ratio=2)
    for row in rows:
        table.add_row(
            str(row.revision),
            f"{row.at:%Y-%m-%d %H:%M:%SZ}",
            row.who,
            text(f"journal.{row.act.value}", {"of": row.of_revision}),
            row.field or text("journal.whole"),
            shown(row.before, row.field),
            shown(row.after, row.field),
            row.why,
        )
    parts: list[RenderableType] = [table]
    return rendered(parts, screen)


def shown(value: Any, field: str) -> str:
    """A value of the journal in short; a whole entry by its name."""
    if value is None:
        return text("journal.not_there") if field == WHOLE else UNKNOWN
    if field == WHOLE:
        return str(value.get("name") or value.get("title") or value.get("id"))
    if field in OBSERVED.values() and isinstance(value, dict):
        return sighting_words(Sighting.model_validate(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    if isinstance(value, list):
        return ", ".join(shown(item, field) for item in value) or "-"
    if isinstance(value, dict):
        return " ".join(shown(item, field) for item in value.values() if item is not None)
    return str(value)


def _data(row: FieldChange) -> dict[str, Any]:
    data = row.model_dump(mode="json")
    return {name: data[name] for name in HEADER}


def _cell(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False)
