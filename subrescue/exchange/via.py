"""Tells how an asset travels: by air, road or sea in each phase, and aircraft, airports, port, ship in one line."""

from __future__ import annotations

from typing import Literal

from subrescue.domain.airlift import Airlift, Place
from subrescue.domain.explanation import PhaseWeight
from subrescue.domain.response import Alternative, Option, PhaseName, PhaseSpan, Via
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon, told
from subrescue.exchange.wording import label, text

CARRIED_BY: dict[PhaseName, Literal["air", "road", "sea"]] = {
    PhaseName.FLIGHT: "air",
    PhaseName.AIR_DROP: "air",
    PhaseName.ROAD_TO_APOE: "road",
    PhaseName.ROAD_TO_PORT: "road",
    PhaseName.SHIP_TO_PORT: "sea",
    PhaseName.TRANSIT: "sea",
}
"""Phases in which something travels, and by what; the others stay where they are."""
SHOWN_GAP_NM = 0.05
"""A gap between a place and navigable water that is worth a word or a line."""


def code(place: Place) -> str:
    """The short name of a place: the ICAO code of an airfield, else its name."""
    return place.code or place.name


def carried_by(carrier: str | None) -> str:
    """What carries in a phase: aircraft or ship by name, or so many lorries; nothing where nothing does."""
    return text("table.lorries", {"count": carrier}) if carrier and carrier.isdigit() else carrier or ""


def phase_line(phase: PhaseSpan, arrow: str, *, far: bool = True) -> str:
    """Where a phase takes place, how far it goes and what carries it; a ship or tanker that is a place comes once."""
    nm = numbers.miles(phase.distance_nm) if far and phase.distance_nm else ""
    return place_line(phase, arrow, nm)


def place_line(phase: PhaseSpan | PhaseWeight, arrow: str, nm: str = "") -> str:
    """Where a phase takes place and what carries it, with miles between the two where they are given."""
    ends = [code(place) for place in (phase.origin, phase.destination) if place is not None]
    if len(ends) == 2 and ends[0] == ends[1]:
        ends.pop()
    carrier = "" if phase.carrier in ends else carried_by(phase.carrier)
    return ", ".join(part for part in (arrow.join(ends), nm, carrier) if part)


def gaps_nm(phase: PhaseSpan) -> tuple[float, float]:
    """How far the places of a passage lie from the water on which its path begins and ends, in nautical miles.

    0 for all else: only passages are drawn from elsewhere than their places, which the chart may have ashore.
    """
    if CARRIED_BY.get(phase.phase) != "sea" or not phase.path or phase.origin is None or phase.destination is None:
        return 0.0, 0.0
    from subrescue.earth.shape.geodesy import distance_nm

    places, ends = (phase.origin.position, phase.destination.position), (phase.path[0], phase.path[-1])
    first, last = distance_nm(
        [place.lat_deg for place in places],
        [place.lon_deg for place in places],
        [end.lat_deg for end in ends],
        [end.lon_deg for end in ends],
    ).tolist()
    return first, last


def via_line(via: Via, airlift: Airlift | None) -> str:
    """Such as `2 x C-17A (RAF), EGPK > BIKF > ENBR, Bergen, Grampian Surveyor`."""
    parts: list[str] = []
    if airlift is not None:
        many = f"{airlift.aircraft_count} x " if airlift.aircraft_count > 1 else ""
        others = [f"{other.aircraft_count} x {other.aircraft} ({other.fleet})" for other in airlift.fleets[1:]]
        aircraft = airlift.aircraft_count + sum(other.aircraft_count for other in airlift.fleets[1:])
        sorties = " " + told("in {count} sorties", count=airlift.sorties) if airlift.sorties > aircraft else ""
        parts.append(" + ".join((f"{many}{airlift.aircraft}", *others)) + sorties)
    fields = [place for place in (via.apoe, *via.stops, via.apod) if place is not None]
    if fields:
        parts.append(" > ".join(code(place) for place in fields))
    if via.spod is not None:
        parts.append(via.spod.name)
    if via.ship is not None:
        parts.append(via.ship)
    return ", ".join(parts)


def option_line(option: Option | Alternative) -> str:
    """How an option travels, or another way for it, with its mode."""
    if option.mode is None:
        return label("mode", "none")
    line = via_line(option.via, option.airlift)
    mode = label("mode", option.mode)
    return f"{mode}{colon()}{line}" if line else mode
