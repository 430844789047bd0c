"""A product: which assets, in which language, marked how, as of when, by whom; the same for every kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.exchange.assets import nations_of
from subrescue.exchange.declarations.headings import kind_word, word
from subrescue.exchange.declarations.sheets import Sheet, sheet
from subrescue.exchange.languages import colon, localised, speaking
from subrescue.exchange.wording import label
from subrescue.store.registry import ASSET_KINDS, KINDS
from subrescue.store.workspace.fields import Key


@dataclass(frozen=True)
class Selection:
    """Which entries: kinds (none: all kinds of asset), nations, status; each is empty where it does not matter.

    `keys` are kind and id of the only entries, in the order in which a table shows them. `terms` say what else narrowed
    that table: a word of the headings (`filter_words`) and what was asked for.
    """

    kinds: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    keys: tuple[Key, ...] | None = None
    terms: tuple[tuple[str, str], ...] = ()

    def words(self, language: str) -> str:
        """The selection in words, for the title block."""
        parts = [", ".join(kind_word(kind, language) for kind in self.kinds), ", ".join(self.nations)]
        with speaking(language):
            parts.append(", ".join(label("choice", status) for status in self.statuses))
        parts += [f"{word(name, language)} {asked}".strip() for name, asked in self.terms]
        return "; ".join(part for part in parts if part) or word("all", language)


@dataclass(frozen=True)
class Product:
    """The entries of a product with what every page of it has to say."""

    sheets: tuple[Sheet, ...]
    sources: Sheet
    selection: Selection
    language: str
    marking: str
    originator: str
    as_of: datetime
    exercise: bool
    names: Mapping[str, str]
    """Of what entries name by its id: a fleet its type of aircraft, a mate its vehicle and class."""

    @property
    def as_of_text(self) -> str:
        """The as-of time in UTC: 2026-11-26 00:33Z."""
        return self.as_of.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ")

    @property
    def count(self) -> int:
        """How many entries it has, sources not counted."""
        return sum(len(one.rows) for one in self.sheets)

    def block(self) -> tuple[tuple[str, str], ...]:
        """The title block as pairs of heading and text, the marking first."""
        known = (
            ("marking", self.marking),
            ("originator", self.originator),
            ("as_of", self.as_of_text),
            ("filter", self.selection.words(self.language)),
            ("entries", localised(f"{self.count:,}", self.language)),
        )
        return tuple((word(name, self.language), text) for name, text in known)

    @property
    def title(self) -> str:
        """The title, with the exercise watermark before it."""
        title = word("title", self.language)
        return f"{self.watermark} - {title}" if self.watermark else title

    @property
    def watermark(self) -> str | None:
        """The word that stands over an exercise's product; none on a real one."""
        return word("exercise", self.language) if self.exercise else None

    @property
    def properties(self) -> dict[str, Any]:
        """What the file says of itself to who looks at its properties."""
        made = self.as_of.astimezone(UTC).replace(tzinfo=None)
        return {"title": self.title, "author": self.originator, "keywords": self.marking, "created": made}

    def lines(self) -> list[str]:
        """The title block as lines of text: the marking, the title, the rest."""
        with speaking(self.language):
            marking, *others = (f"{name}{colon()}{text}" for name, text in self.block())
        return [marking, self.title, *others]


def product(
    registry: Registry,
    selection: Selection,
    *,
    language: str,
    marking: str,
    originator: str,
    as_of: datetime,
    exercise: bool,
) -> Product:
    """The entries of a selection and the sources that they rest on. Raises InputError where nothing fits."""
    sheets: list[Sheet] = []
    used: set[str] = set()
    wanted = {nation.upper() for nation in selection.nations}
    for kind in selection.kinds or ASSET_KINDS:
        entries = [
            entry
            for entry in _entries(registry, kind, selection.keys)
            if (not wanted or wanted & set(nations_of(entry, registry)))
            and (not selection.statuses or _status(entry) in selection.statuses)
        ]
        if entries:
            sheets.append(sheet(kind, entries))
            used |= {s.source for entry in entries for items in getattr(entry, "evidence", {}).values() for s in items}
    if not sheets:
        raise InputError(Problem("", f"no entry for {selection.words('en')}", "a selection that fits some entry"))
    sources = sheet("source", [source for source in registry.sources.values() if source.id in used])
    return Product(tuple(sheets), sources, selection, language, marking, originator, as_of, exercise, _names(registry))


def _names(registry: Registry) -> dict[str, str]:
    types = {entry_id: entry.name for entry_id, entry in registry.aircraft_types.items()}
    classes = {entry_id: entry.name for entry_id, entry in registry.submarine_classes.items()}
    return types | classes | {asset.id: asset.name for asset in registry.assets()}


def _entries(registry: Registry, kind: str, keys: tuple[Key, ...] | None) -> Iterable[Any]:
    known = getattr(registry, KINDS[kind][0])
    if keys is None:
        return list(known.values())
    return [known[entry_id] for name, entry_id in keys if name == kind and entry_id in known]


def _status(entry: Any) -> str | None:
    status = getattr(entry, "status", getattr(entry, "state", None))
    return None if status is None else str(status.value)


def checked_text(name: str, text: str) -> str:
    """A marking or originator as one line of text. Raises InputError for an empty or unprintable one."""
    text = " ".join(text.split())
    if not text or len(text) > 200 or not text.isprintable():
        raise InputError(Problem(name, f"'{text[:60]}'", "one line of 1 to 200 printable characters is needed"))
    return text
