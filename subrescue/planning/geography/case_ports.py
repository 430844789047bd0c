"""The ports of a case: places with those that the gazetteer does not know, and what the case says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.case import Case
from subrescue.domain.case_ports import PortFact
from subrescue.domain.position import Position
from subrescue.planning.geography.no_landing import held_ports, no_quay_in
from subrescue.planning.geography.places import Places, charter_nm, places_of, road_pairs

if TYPE_CHECKING:
    from subrescue.earth.world import World


@dataclass(frozen=True)
class KnownPorts:
    """What a case says of ports, by their numbers among its places; titles of its sources by their ids."""

    facts: Mapping[int, PortFact] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)

    def stated_by(self, port: PortFact) -> str:
        """The title of the document that a fact names, or the words that stand there; `case` where nobody is named."""
        return "case" if port.source is None else self.sources.get(port.source, port.source)


NOTHING_KNOWN = KnownPorts()
"""A case that says nothing of ports."""


def places_for(case: Case, world: World) -> Places:
    """The places of a world, with the ports that a case makes: those with a position."""
    new = tuple((one.port, one.position, one.nation) for one in case.ports if one.position is not None)
    return _with_ports(world, new) if new else places_of(world)


def known_ports(case: Case, places: Places) -> KnownPorts:
    """What a case says of its ports; of two entries for one port the first counts, and checks refuse the second.

    Nothing is planned through ports of nations at war or at odds with the owner that the case does not name, nor
    through those that their nation has closed.
    """
    shut = ports_in(no_quay_in(case), places) | held_ports(case, places)
    if not case.ports and not shut:
        return NOTHING_KNOWN
    named = {places.port_index(offer.spod) for offer in case.offers}
    facts: dict[int, PortFact] = {}
    for one in case.ports:
        number = places.port_index(one.port)
        if number is not None:
            facts.setdefault(number, one)
    closed = frozenset(number for number, one in facts.items() if one.closed) | (shut - named - set(facts))
    return KnownPorts(facts, closed, {source.id: source.title for source in case.sources})


def ports_in(nations: frozenset[str], places: Places) -> frozenset[int]:
    """The ports of these nations, by their numbers."""
    return _ports_in(nations, places) if nations else frozenset()


@lru_cache(maxsize=16)
def _ports_in(nations: frozenset[str], places: Places) -> frozenset[int]:
    return frozenset(np.flatnonzero(np.isin(places.port_country, sorted(nations))).tolist())


@lru_cache(maxsize=2)
def _with_ports(world: World, new: tuple[tuple[str, Position, str | None], ...]) -> Places:
    """The places of a world and some ports more, at the end; kept, as what hangs on them is worked out anew."""
    base = places_of(world)
    lat, lon = (np.array([getattr(position, name) for _, position, _ in new]) for name in ("lat_deg", "lon_deg"))
    landmass = np.asarray(world.land.landmass_at(lat, lon), np.int64)
    country = np.array([nation or "" for *_, nation in new])
    port, at_field, nm = road_pairs(
        (base.field_lat, base.field_lon, base.field_landmass, base.field_country),
        (lat, lon, landmass, country),
        base.off_shore,
    )
    served, first = np.unique(port, return_index=True)
    before, pairs = len(base.port_lat), len(base.pair_field)
    port_lat, port_lon = np.append(base.port_lat, lat), np.append(base.port_lon, lon)
    port_landmass = np.append(base.port_landmass, landmass)
    trades = np.append(base.port_trades, np.ones(len(new), bool))
    return replace(
        base,
        port_lat=port_lat,
        port_lon=port_lon,
        port_landmass=port_landmass,
        port_country=np.append(base.port_country, country),
        port_quay=np.append(base.port_quay, np.zeros(len(new), np.int8)),
        port_charter_nm=charter_nm(port_lat, port_lon, port_landmass, trades),
        port_trades=trades,
        pair_field=np.append(base.pair_field, at_field),
        pair_nm=np.append(base.pair_nm, nm),
        pair_first=np.append(base.pair_first, first + pairs).astype(np.int64),
        served_ports=np.append(base.served_ports, served + before).astype(np.int64),
        new_ports=tuple(name for name, *_ in new),
    )
