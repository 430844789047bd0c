"""Rows of the registry and what narrows them: words, nation, kind, state, age of information, depth to be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter, is_
from typing import Any

from subrescue.domain.evidence import Source
from subrescue.domain.near_names import folded
from subrescue.domain.registry import Registry
from subrescue.exchange.registry_table.age import Age, age_of, newest_of_entry
from subrescue.exchange.registry_table.facts import value_at
from subrescue.exchange.wording import label
from subrescue.store.registry import ASSET_KINDS, KINDS
from subrescue.store.workspace.fields import Key


@dataclass(frozen=True, eq=False)
class Row:
    """An entry with what it is searched and narrowed by; `reach_m` is None where its greatest depth is not known."""

    kind: str
    entry: Any
    words: str
    nations: tuple[str, ...]
    state: str
    dated: str | None
    age: Age
    reach_m: float | None
    key: Key


_ENTRY = attrgetter("entry")


@dataclass(frozen=True)
class Facets:
    """What rows must be; None and empty let everything through. `depth_m` asks for what reaches this depth.

    With `or_unknown`, rows whose depth is not known stay: unknown is not "no".
    """

    words: str = ""
    nation: str | None = None
    state: str | None = None
    age: Age | None = None
    depth_m: float | None = None
    or_unknown: bool = False


def row_of(kind: str, entry: Any, sources: Mapping[str, Source], today: date) -> Row:
    """The row of an entry."""
    nations = tuple(getattr(entry, "nations", ()))
    texts = [entry.id, getattr(entry, "name", None) or getattr(entry, "title", ""), *nations, label("kind", kind)]
    texts += [value_at(entry, path) for path in ("operator", "base.name", "notes", "aircraft_type", "rescue_system")]
    texts += [value_at(entry, "submarine_class"), value_at(entry, "imo"), value_at(entry, "mmsi")]
    dated = newest_of_entry(entry, sources)
    state = getattr(entry, "status", None) or getattr(entry, "state", None)
    return Row(
        kind=kind,
        entry=entry,
        words=folded(" ".join(str(text) for text in texts if text is not None)),
        nations=nations,
        state=str(state.value) if state is not None else "",
        dated=dated,
        age=age_of(dated, today),
        reach_m=getattr(entry, "max_depth_m", None),
        key=(kind, entry.id),
    )


def rows_of(registry: Registry, kind: str | None, today: date, before: Sequence[Row] = ()) -> tuple[Row, ...]:
    """The rows of a kind, or of all assets; those of `before` whose entries are the very same are taken over.

    Take none over where sources changed: a row's age comes from them.
    """
    kinds: list[str] = []
    entries: list[Any] = []
    for name in [kind] if kind is not None else ASSET_KINDS:
        group = getattr(registry, KINDS[name][0])
        entries += group.values()
        kinds += [name] * len(group)
    if len(before) == len(entries):  # most stand where they stood: found without a step of Python for each
        rows = list(before)
        for place in others(map(_ENTRY, before), entries):
            rows[place] = row_of(kinds[place], entries[place], registry.sources, today)
        return tuple(rows)
    kept = {id(row.entry): row for row in before}
    return tuple(
        row if (row := kept.get(id(entry))) is not None else row_of(name, entry, registry.sources, today)
        for name, entry in zip(kinds, entries, strict=True)
    )


def others(one: Iterable[Any], other: Iterable[Any]) -> list[int]:
    """The places at which two lists of one length do not hold the very same object."""
    same = list(map(is_, one, other))
    places: list[int] = []
    while len(places) < len(same):  # from one to the next: most often there is a single one among thousands
        try:
            places.append(same.index(False, places[-1] + 1 if places else 0))
        except ValueError:
            break
    return places


def counts_alike(before: Sequence[Row], now: Sequence[Row]) -> bool:
    """Whether `counted` gives the same of both, as far as a glance at the rows that are others tells."""
    return len(before) == len(now) and all(
        (before[n].nations, before[n].state, before[n].age) == (now[n].nations, now[n].state, now[n].age)
        for n in others(before, now)
    )


def narrowed(rows: Sequence[Row], facets: Facets) -> list[Row]:
    """The rows that have all words and are what the facets ask for, in their order."""
    words = folded(facets.words).split()
    found = list(rows)
    for word in words:
        found = [row for row in found if word in row.words]
    if facets.nation is not None:
        found = [row for row in found if facets.nation in row.nations]
    if facets.state is not None:
        found = [row for row in found if row.state == facets.state]
    if facets.age is not None:
        found = [row for row in found if row.age is facets.age]
    depth = facets.depth_m
    if depth is not None:
        found = [row for row in found if (row.reach_m >= depth if row.reach_m is not None else facets.or_unknown)]
    return found


def counted(rows: Sequence[Row]) -> tuple[Counter[str], Counter[str], Counter[Age]]:
    """How many rows there are of each nation, state and age, for the choices of the facets."""
    states = Counter(map(attrgetter("state"), rows))
    del states[""]
    ages = Counter(map(id, map(attrgetter("age"), rows)))  # of members, whose own hash is slow
    return (
        Counter(chain.from_iterable(map(attrgetter("nations"), rows))),
        states,
        Counter({age: ages[id(age)] for age in Age if id(age) in ages}),
    )


def ordered(rows: Sequence[Row], path: str, *, backwards: bool) -> list[Row]:
    """The rows by one fact; numbers by size, words by letters, and what is not known last either way."""
    keys: list[tuple[Row, Any]]
    if path == "dated":
        keys = [(row, row.dated) for row in rows]
    elif path == "kind":
        keys = [(row, label("kind", row.kind)) for row in rows]
    else:
        keys = [(row, value_at(row.entry, path)) for row in rows]
    known = [(row, _sortable(value)) for row, value in keys if not _is_unknown(value)]
    unknown = [row for row, value in keys if _is_unknown(value)]
    return [row for row, _ in sorted(known, key=lambda pair: pair[1], reverse=backwards)] + unknown


def _is_unknown(value: Any) -> bool:
    return value is None or value == ()


def _sortable(value: Any) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return (0, float(value), "")
    mode = getattr(value, "mode", None)
    if isinstance(mode, float):
        return (0, mode, "")
    if isinstance(value, tuple):
        return (1, 0.0, ", ".join(str(part) for part in value).casefold())
    return (1, 0.0, str(getattr(value, "value", value)).casefold())
