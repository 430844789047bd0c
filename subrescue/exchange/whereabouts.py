"""Where the carriers of an option are at an hour: on the leg that they travel then, or where they wait for the next.

Times are the medians of the phases. Along a leg the pace is even: hours in canals and controlled straits are not
told apart, so a ship with a canal on its way is shown too early or too late near it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from subrescue.domain.position import Position
from subrescue.domain.response import Option, PhaseName, PhaseSpan
from subrescue.exchange.via import CARRIED_BY

CarrierKind = Literal["air", "road", "sea", "gear"]


@dataclass(frozen=True)
class Carrier:
    """Something that travels: `label` is the name of aircraft or ship, on the road and waiting that of the asset.

    kind "gear" is the asset waiting ashore. moving: it is under way at that hour.
    """

    kind: CarrierKind
    label: str
    position: Position
    moving: bool


@dataclass(frozen=True)
class _Leg:
    kind: Literal["air", "road", "sea"]
    span: PhaseSpan
    points: tuple[Position, ...]

    @property
    def start_h(self) -> float:
        return self.span.start_h.p50

    @property
    def end_h(self) -> float:
        return self.span.end_h.p50

    def at(self, hour: float) -> Position:
        if self.end_h <= self.start_h:
            return self.points[-1] if hour >= self.end_h else self.points[0]
        return along(self.points, (hour - self.start_h) / (self.end_h - self.start_h))


def carriers(option: Option, hour: float) -> tuple[Carrier, ...]:
    """All carriers of an option at an hour from the alert: ships, then aircraft and lorries, then waiting gear.

    A ship lies at the start of its first leg before it sails, and at the end of its last one afterwards. The gear is
    shown by itself until the ship sails with it. An option without legs has no carriers.
    """
    legs = sorted((leg for span in option.phases if (leg := _leg(span)) is not None), key=lambda leg: leg.start_h)
    if not legs:
        return ()
    ships: dict[str, list[_Leg]] = {}
    for leg in legs:
        if leg.kind == "sea":
            ships.setdefault(leg.span.carrier or option.name, []).append(leg)
    found = [_ship(name, own, hour) for name, own in ships.items()]
    ashore = [leg for leg in legs if leg.kind != "sea"]
    under_way = [leg for leg in ashore if leg.start_h <= hour < leg.end_h]
    for leg in under_way:
        name = leg.span.carrier if leg.kind == "air" else None
        found.append(Carrier(leg.kind, name or option.name, leg.at(hour), True))
    sails_h = min((leg.start_h for leg in legs if leg.span.phase is PhaseName.TRANSIT), default=None)
    if ashore and not under_way and (sails_h is None or hour < sails_h):
        found.append(Carrier("gear", option.name, _last_place(ashore, hour), False))
    return tuple(found)


def _ship(name: str, legs: Sequence[_Leg], hour: float) -> Carrier:
    sailing = next((leg for leg in legs if leg.start_h <= hour < leg.end_h), None)
    if sailing is not None:
        return Carrier("sea", name, sailing.at(hour), True)
    return Carrier("sea", name, _last_place(legs, hour), False)


def _last_place(legs: Sequence[_Leg], hour: float) -> Position:
    """The end of the leg that ended last by an hour; before all of them the start of the first."""
    ended = [leg for leg in legs if leg.end_h <= hour]
    return max(ended, key=lambda leg: leg.end_h).points[-1] if ended else legs[0].points[0]


def _leg(span: PhaseSpan) -> _Leg | None:
    kind = CARRIED_BY.get(span.phase)
    if kind is None:
        return None
    points = span.path
    if len(points) < 2:
        if span.origin is None or span.destination is None:
            return None
        points = (span.origin.position, span.destination.position)
    return _Leg(kind, span, points)


def along(points: Sequence[Position], share: float) -> Position:
    """The place at a share of the length of a line, 0 its start and 1 its end; shares beyond are cut to these.

    Between two points the line is the geodesic on WGS 84. Raises ValueError for a line without points.
    """
    if not points:
        raise ValueError("points: found none; at least one is needed")
    from subrescue.earth.shape.geodesy import azimuth_deg, destination, distance_nm

    if share <= 0.0 or len(points) == 1:
        return points[0]
    if share >= 1.0:
        return points[-1]
    lats, lons = [point.lat_deg for point in points], [point.lon_deg for point in points]
    lengths = distance_nm(lats[:-1], lons[:-1], lats[1:], lons[1:]).tolist()
    left_nm = share * sum(lengths)
    for (a, b), length_nm in zip(pairwise(points), lengths, strict=True):
        if left_nm < length_nm:
            azimuth = azimuth_deg(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
            lat, lon = destination(a.lat_deg, a.lon_deg, azimuth, left_nm)
            return Position(lat_deg=lat, lon_deg=lon)
        left_nm -= length_nm
    return points[-1]
