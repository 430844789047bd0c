"""Finds the one airfield or port of a code, name or alias; `place_search` offers many, `near` those about a point."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.places.names import NAMES_FILE, by_folded_name, fold
from subrescue.earth.places.place_tables import Airfield, AirfieldTable, Port, PortTable
from subrescue.earth.shape.geodesy import between_nm

# A civil port this near to a naval base of the same name is not asked about: the base is meant.
_SAME_PLACE_NM = 30.0
# Of airfields of one name those go first on which a transport can land.
_TRANSPORT_RUNWAY_M = 1500

Names = dict[str, list[int]]


class Gazetteer:
    """The airfields with a runway of 900 m or more and the ports of the world, read at first use."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def airfields(self) -> AirfieldTable:
        """All airfields, as columns and records."""
        return AirfieldTable(self._folder)

    @cached_property
    def ports(self) -> PortTable:
        """All ports, naval bases first, as columns and records."""
        return PortTable(self._folder)

    @cached_property
    def _airfield_names(self) -> Names:
        return _by_name(len(self.airfields), lambda number: self.airfields.names(number)[2:4])

    @cached_property
    def _port_names(self) -> Names:
        return _by_name(len(self.ports), self.ports.names)

    @cached_property
    def _same_names(self) -> dict[str, list[str]]:
        text = ((self._folder or maps_dir()) / NAMES_FILE).read_text(encoding="utf-8")
        return by_folded_name(tomllib.loads(text)["names"])

    def _own_name(self, name: str) -> list[int]:
        return _matches(self._port_names, name)

    def _name_elsewhere(self, name: str) -> list[int]:
        """The numbers of the ports of a folded name in another language; such as bear it whole go first."""
        others = [fold(other) for other in self._same_names.get(name, ())]
        whole = [number for other in others for number in self._port_names.get(other, ())]
        return list(dict.fromkeys(whole or [number for other in others for number in self._own_name(other)]))

    def find_airfield(self, text: str) -> Airfield | None:
        """Return the airfield of an ICAO or IATA code or a name, accents and case ignored; None where there is none.

        An airstrip gives way to an airfield of its name with 1,500 m. Raises InputError, naming the candidates, where
        several bear the name. `name, XX` asks in one country.
        """
        code = text.strip().upper()
        name, country = _name_and_country(text)
        number = self.airfields.by_icao.get(code)
        if number is None and name not in self._airfield_names:
            number = self.airfields.by_iata.get(code)
        if number is not None:
            return self.airfields[number]
        numbers = [
            n for n in _matches(self._airfield_names, name) if country is None or self.airfields[n].country == country
        ]
        longest = self.airfields.longest_runway_m
        numbers = [n for n in numbers if longest[n] >= _TRANSPORT_RUNWAY_M] or numbers
        if len(numbers) > 1:
            # A place with several airfields: the one with the longest runway, when they lie together.
            numbers.sort(key=lambda n: -int(self.airfields.longest_runway_m[n]))
            first = self.airfields[numbers[0]]
            if all(between_nm(first.position, self.airfields[n].position) <= _SAME_PLACE_NM for n in numbers):
                numbers = numbers[:1]
        if not numbers or (len(numbers) > 1 and code in self.airfields.number_of):
            numbers = [self.airfields.number_of[code]] if code in self.airfields.number_of else []
        if len(numbers) > 1:
            raise _several(
                "airfield",
                text,
                [f"{self.airfields[n].ident} ({self.airfields[n].name}, {self.airfields[n].country})" for n in numbers],
            )
        return self.airfields[numbers[0]] if numbers else None

    def find_port(self, text: str) -> Port | None:
        """Return the port of an id, UN/LOCODE, name or alias, accents and case ignored; None where there is none.

        A name that no port bears may be one of another language: Anvers, Gênes, Rangoon. A naval base goes before the
        civil port beside it. Raises InputError, naming the candidates, where several ports bear the name. `name, XX`
        asks in one country.
        """
        return self._port(text, self._own_name) or self._port(text, self._name_elsewhere)

    def _port(self, text: str, named: Callable[[str], list[int]]) -> Port | None:
        code = self.ports.number_of.get(text.strip().lower())
        if code is not None:
            return self.ports[code]
        name, country = _name_and_country(text)
        numbers = [n for n in named(name) if country is None or self.ports[n].country == country]
        bases = [n for n in numbers if self.ports.is_naval_base[n]]
        numbers = bases + [
            n
            for n in numbers
            if n not in bases
            and not any(
                between_nm(self.ports[n].position, self.ports[base].position) <= _SAME_PLACE_NM for base in bases
            )
        ]
        if len(numbers) > 1:
            raise _several(
                "port", text, [f"{self.ports[n].id} ({self.ports[n].name}, {self.ports[n].country})" for n in numbers]
            )
        return self.ports[numbers[0]] if numbers else None

    def find(self, text: str) -> Airfield | Port | None:
        """Return the airfield of an ICAO code, else the port, else the airfield of a name; None for none.

        A port of that name in another language alone comes last.
        """
        code = self.airfields.by_icao.get(text.strip().upper())
        if code is not None:
            return self.airfields[code]
        return self._port(text, self._own_name) or self.find_airfield(text) or self.find_port(text)


def _by_name(count: int, names: Callable[[int], tuple[str, ...]]) -> Names:
    table: Names = {}
    for number in range(count):
        for name in dict.fromkeys(fold(name) for name in names(number) if name):
            table.setdefault(name, []).append(number)
    return table


def _matches(table: Names, name: str) -> list[int]:
    """Return those of exactly this name, else those whose name begins with its words, else those that hold them."""
    if not name:
        return []
    exact = table.get(name)
    if exact:
        return list(exact)
    for fits in (lambda known: known.startswith(name + " "), lambda known: f" {name} " in f" {known} "):
        numbers = list(dict.fromkeys(n for known, found in table.items() if fits(known) for n in found))
        if numbers:
            return numbers
    return []


def _name_and_country(text: str) -> tuple[str, str | None]:
    name, comma, country = text.rpartition(",")
    if comma and len(country.strip()) == 2 and country.strip().isalpha():
        return fold(name), country.strip().upper()
    return fold(text), None


def _several(kind: str, text: str, candidates: list[str]) -> InputError:
    shown = "; ".join(candidates[:8]) + ("; ..." if len(candidates) > 8 else "")
    return InputError(Problem(kind, repr(text), f"several bear this name, give the code: {shown}"))
