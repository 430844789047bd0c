"""Finds places while one types: airfields, ports, naval bases, passages and berths by name, code, nation or alias.

Names are compared without accents and case, in Latin or Cyrillic letters, whole or in part, by their sound, and with
small typing errors. One function for the command line and the window.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.places.names import NAMES_FILE, by_folded_name, fold
from subrescue.earth.places.word_index import WordIndex

if TYPE_CHECKING:
    from subrescue.earth.passages.passages import Passage
    from subrescue.earth.places.gazetteer import Gazetteer

PlaceKind = Literal["naval_base", "port", "passage", "airfield", "berth"]
"""Kinds in the order in which they go where they match alike."""

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)

# What a match in another text than the name costs more.
_ALIAS, _TOWN, _NATION = 0.05, 0.3, 1.2
# What it gains that all of a name or code was typed, or its beginning.
_WHOLE_CODE, _WHOLE_NAME, _BEGINNING = 1.5, 1.0, 0.5
# So many of the best go through the comparison of whole names.
_LOOKED_AT = 200
_MOST_WORDS = 8
# No place has a longer name; a longer text is none.
_LONGEST_TEXT = 200
# Typing errors are looked for where fewer places than this match without.
_ENOUGH = 5
# A code of another port that was found to be the same stands among the aliases.
_UNLOCODE = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
# Two capitals alone ask for a nation.
_NATION_CODE = re.compile(r"[A-Z]{2}")
_NATION_CODE_COST = 0.0
# Words that say what kind of place is meant.
_KIND_COST = 0.3
_KIND_WORDS: dict[str, tuple[PlaceKind, ...]] = {
    **dict.fromkeys(("airfield", "airport", "aerodrome", "aerodrom", "aeroport", "aerodrome"), ("airfield",)),
    **dict.fromkeys(("port", "harbour", "harbor"), ("port", "naval_base")),
    **dict.fromkeys(("naval", "base", "baza"), ("naval_base",)),
    **dict.fromkeys(("canal", "kanal", "strait", "proliv", "detroit"), ("passage",)),
    **dict.fromkeys(("ship", "berth"), ("berth",)),
}
# Longest name of another language, in words, that is looked for among the words of a name.
_WORDS_OF_ALIAS = 4


@dataclass(frozen=True)
class Berth:
    """A ship's berth: the ship's id and name, the place's name, the nation and the position."""

    id: str
    ship: str
    place: str
    country: str | None
    position: Position


@dataclass(frozen=True)
class FoundPlace:
    """A place that was found. `id` is unique in its kind; `number` is that in its table (-1 for a passage or berth).

    detail: the code or the town that tells it apart from others of its name; matched: its name or alias that fits best.
    """

    kind: PlaceKind
    id: str
    name: str
    country: str | None
    position: Position
    detail: str
    matched: str
    number: int = -1


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: PlaceKind
    number: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    town: str
    country: str
    # Among places that match alike the greater goes first.
    weight: float
    # How many of the codes are nothing but codes; an airstrip's ident may spell the name of another place.
    plain_codes: int = 99

    @property
    def order(self) -> int:
        """The place of its kind in the order of kinds."""
        return KINDS.index(self.kind)


class PlaceSearch:
    """The places of a world, ready to be searched. Building takes about a second; a search some milliseconds."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        passages: Sequence[Passage] = (),
        berths: Sequence[Berth] = (),
        nation_names: Iterable[tuple[str | None, str]] = (),
        maps: Path | None = None,
    ) -> None:
        """Take the places, and pairs of ISO code and English name of nations."""
        self._gazetteer, self._passages, self._berths = gazetteer, tuple(passages), tuple(berths)
        content = tomllib.loads(((maps or maps_dir()) / NAMES_FILE).read_text(encoding="utf-8"))
        self._groups = by_folded_name(content["names"])
        count = len(gazetteer.airfields) + len(gazetteer.ports) + len(self._passages) + len(self._berths)
        once: dict[str, str] = {}
        words: list[str] = []
        owners: list[int] = []
        penalties: list[float] = []
        countries: list[str] = []
        self._weight = np.empty(count, dtype=np.float32)
        self._kind = np.empty(count, dtype=np.int8)
        for number in range(count):
            entry = self._entry(number)
            self._weight[number], self._kind[number] = entry.weight, entry.order
            countries.append(entry.country)
            for text, penalty in _texts(entry, self._names(entry), fold(entry.town)):
                found = [once.setdefault(word, word) for word in text.split()]
                words += found
                owners += [number] * len(found)
                penalties += [penalty] * len(found)
        self._index = WordIndex(words, owners, penalties, count)
        codes = sorted(set(countries))
        number_of = {code: number for number, code in enumerate(codes)}
        self._nation = np.array([number_of[country] for country in countries], dtype=np.int16)
        self._nation_index = _nation_index(codes, nation_names, content["nations"])
        self._nation_codes = {code.lower(): number for number, code in enumerate(codes) if code}

    def _entry(self, number: int) -> _Entry:
        """What is searched of a place. Made anew for each who asks: of all places it would take 15 MB."""
        for places, of in ((self._gazetteer.airfields, _airfield), (self._gazetteer.ports, _port)):
            if number < len(places):
                return of(self._gazetteer, number)
            number -= len(places)
        if number < len(self._passages):
            passage = self._passages[number]
            return _Entry("passage", number, (passage.id,), (passage.name,), "", "", 1.0)
        number -= len(self._passages)
        berth = self._berths[number]
        return _Entry("berth", number, (berth.id,), (berth.ship,), berth.place, berth.country or "", 1.0)

    def _names(self, entry: _Entry) -> list[tuple[str, str]]:
        """The names of a place as they are and as they are compared, those of other languages behind."""
        names = [(name, fold(name)) for name in entry.names]
        return names + _other_names([*(folded for _, folded in names), fold(entry.town)], self._groups)

    def search(self, text: str, kind: PlaceKind | None = None, limit: int = 20) -> list[FoundPlace]:
        """Return the places that fit a text, the best first, of one kind if asked; none for a text without letters.

        Every word of the text must fit the place: its name, alias, code or town, its nation, or its kind. Raises
        InputError for an unknown kind.
        """
        if kind is not None and kind not in KINDS:
            raise InputError(Problem("kind", f"'{kind}'", f"one of {', '.join(KINDS)}"))
        if len(text) > _LONGEST_TEXT:
            return []
        typed = fold(text)
        words = typed.split()[:_MOST_WORDS]
        if not words or limit <= 0:
            return []
        code = text.strip() if _NATION_CODE.fullmatch(text.strip()) else ""
        cost = np.zeros(len(self._kind), dtype=np.float32)
        for word in words:
            cost += self._word_cost(word, is_code=word == code.lower())
        if kind is not None:
            cost[self._kind != KINDS.index(kind)] = np.inf
        found = np.flatnonzero(np.isfinite(cost))
        if len(found) > _LOOKED_AT:
            rough = cost[found] - 1e-3 * self._weight[found]
            found = found[np.argpartition(rough, _LOOKED_AT)[:_LOOKED_AT]]
        ranked = []
        for number in found:
            entry = self._entry(int(number))
            gain, matched = (0.0, entry.names[0]) if code else self._best_name(entry, typed)
            ranked.append(
                (round(float(cost[number]) - gain, 3), entry.order, -entry.weight, entry.names[0], int(number), matched)
            )
        ranked.sort()
        return [self._found(self._entry(number), matched) for *_, number, matched in ranked[:limit]]

    def with_code(self, text: str) -> list[FoundPlace]:
        """Return the places of an id or code (ICAO, IATA, UN/LOCODE), `kind:id` for one kind; in order of kind."""
        before, colon, after = text.strip().partition(":")
        kind, code = (before.strip().lower(), after) if colon else (None, text)
        wanted = code.strip().casefold()
        found = [
            entry
            for entry in map(self._entry, range(len(self._kind)))
            if (kind is None or entry.kind == kind) and wanted in {c.casefold() for c in entry.codes}
        ]
        # An id or ICAO code goes before an IATA code that spells the same.
        ids = [entry for entry in found if entry.codes[0].casefold() == wanted]
        return [self._found(entry, entry.names[0]) for entry in sorted(ids or found, key=lambda entry: entry.order)]

    def _word_cost(self, word: str, is_code: bool) -> npt.NDArray[np.float32]:
        """What it costs each entry to match a word; is_code: a nation's two capitals, and nothing else, were typed."""
        nation = self._nation_index.costs(word, enough=0)[self._nation] + np.float32(_NATION)
        exact = self._nation_codes.get(word)
        if exact is not None:
            nation[self._nation == exact] = _NATION_CODE_COST if is_code else _NATION
        cost: npt.NDArray[np.float32] = np.minimum(self._index.costs(word, _ENOUGH), nation)
        kinds = _KIND_WORDS.get(word)
        if kinds is not None:
            cost[np.isin(self._kind, [KINDS.index(kind) for kind in kinds]) & (cost > _KIND_COST)] = _KIND_COST
        return cost

    def _best_name(self, entry: _Entry, typed: str) -> tuple[float, str]:
        """What a place gains by a whole name, and its name that fits best."""
        best = (0.0, entry.names[0])
        if any(code.lower() == typed for code in entry.codes[-entry.plain_codes :] if entry.plain_codes):
            best = (_WHOLE_CODE, entry.names[0])
        for name, folded in self._names(entry):
            gain = _WHOLE_NAME if folded == typed else _BEGINNING if folded.startswith(typed) else 0.0
            if gain > best[0]:
                best = (gain, name)
        return best

    def _found(self, entry: _Entry, matched: str) -> FoundPlace:
        gazetteer, n = self._gazetteer, entry.number
        if entry.kind == "airfield":
            fields = gazetteer.airfields
            position = Position(lat_deg=float(fields.lat_deg[n]), lon_deg=float(fields.lon_deg[n]))
            detail = f"{entry.codes[0]}, {entry.town}" if entry.town else entry.codes[0]
        elif entry.kind in ("port", "naval_base"):
            position = gazetteer.ports[n].position
            detail = gazetteer.ports[n].unlocode or ""
        elif entry.kind == "passage":
            lat, lon = np.mean(self._passages[n].gate, axis=0)
            position = Position(lat_deg=round(float(lat), 5), lon_deg=round(float(lon), 5))
            detail = ""
        else:
            position, detail = self._berths[n].position, self._berths[n].place
        return FoundPlace(
            entry.kind,
            entry.codes[0],
            entry.names[0],
            entry.country or None,
            position,
            detail,
            matched,
            n if entry.kind in ("airfield", "port", "naval_base") else -1,
        )


def _airfield(gazetteer: Gazetteer, n: int) -> _Entry:
    fields = gazetteer.airfields
    ident, icao, name, town, iata = fields.names(n)
    codes = tuple(dict.fromkeys(code for code in (ident, icao, iata) if code))
    return _Entry(
        "airfield",
        n,
        codes,
        (name,),
        town,
        fields.country[n],
        float(fields.longest_runway_m[n]) / 1000.0,
        len(codes) if icao else len(codes) - 1,
    )


def _port(gazetteer: Gazetteer, n: int) -> _Entry:
    ports = gazetteer.ports
    ident, unlocode, name, *aliases = ports.names(n)
    kind: PlaceKind = "naval_base" if ports.is_naval_base[n] else "port"
    codes = (ident, unlocode, *(alias for alias in aliases if _UNLOCODE.fullmatch(alias)))
    names = (name, *(alias for alias in aliases if alias and not _UNLOCODE.fullmatch(alias)))
    return _Entry(
        kind, n, tuple(code for code in codes if code), names, "", ports.country[n], 2.0 if ports.is_seaport[n] else 0.0
    )


def _texts(entry: _Entry, names: Sequence[tuple[str, str]], town: str) -> Iterator[tuple[str, float]]:
    """The folded texts by which an entry is found, each with what a match there costs more."""
    for code in entry.codes:
        yield code.lower().replace("_", " "), 0.0
    for place, (_, folded) in enumerate(names):
        yield folded, _ALIAS if place else 0.0
    if town:
        yield town, _TOWN


def _other_names(folded_names: Sequence[str], groups: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Names in other languages of what is called so, with their folded form, from the words of its own names."""
    found: dict[str, None] = {}
    for name in dict.fromkeys(folded_names):
        words = name.split()
        for first in range(len(words)):
            for last in range(first + 1, min(first + _WORDS_OF_ALIAS, len(words)) + 1):
                group = groups.get(" ".join(words[first:last]))
                if group:
                    found |= dict.fromkeys(group)
    # What stands among the words of its own names already is no other name.
    known = " \n ".join(["", *folded_names, ""])
    return [(name, folded) for name in found if f" {(folded := fold(name))} " not in known]


def _nation_index(
    codes: Sequence[str], english: Iterable[tuple[str | None, str]], others: dict[str, list[str]]
) -> WordIndex:
    number = {code: n for n, code in enumerate(codes)}
    names = [(code, name) for code, name in english if code]
    names += [(code, name) for code, given in others.items() for name in given]
    words = [(word, number[code]) for code, name in names if code in number for word in fold(name).split()]
    return WordIndex([word for word, _ in words], [n for _, n in words], [0.0] * len(words), len(codes))
