"""Writes a sea route for people and for programs: its passages, its hours item by item, what closures would cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from subrescue.cli.named_position import NamedPosition
from subrescue.cli.route_leave import Leave
from subrescue.domain.assets import Ship
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason
from subrescue.earth.passages.passage_time import OPEN_WATER, PassageTime, TimeItem, Voyage
from subrescue.earth.passages.passages import load_passages
from subrescue.earth.passages.ship_fit import Fit
from subrescue.earth.router.route_choices import Choices, OtherWay
from subrescue.earth.router.router import SeaRoute
from subrescue.exchange import geojson_geometry, numbers
from subrescue.exchange.json_text import json_text
from subrescue.exchange.via import SHOWN_GAP_NM
from subrescue.exchange.wording import label, say, say_all


@dataclass(frozen=True)
class LeftOut:
    """Passages that were left out because no ship is known, and how many miles less the way would be by them."""

    names: tuple[str, ...]
    less_nm: float


@dataclass(frozen=True, eq=False)
class Answer:
    """A route and all that was asked about it; None where it was not asked or is not known."""

    first: NamedPosition
    last: NamedPosition
    found: SeaRoute
    closed: frozenset[str]
    fit: Fit
    ship: Ship | None = None
    voyage: Voyage | None = None
    time: PassageTime | None = None
    ice: Reason | None = None
    choices: Choices | None = None
    left_out: LeftOut | None = None
    leave: Leave | None = None
    straits: Reason | None = None


def named(ids: Iterable[str]) -> list[str]:
    """Passages with their names: `Kiel Canal [kiel]`."""
    names = {passage.id: passage.name for passage in load_passages()}
    return [f"{names.get(name, name)} [{name}]" for name in ids]


def as_text(answer: Answer) -> str:
    """The route for people."""
    found = answer.found
    lines = [
        f"From     {answer.first}",
        f"To       {answer.last}",
        f"Distance {numbers.miles(found.distance_nm)}",
        f"Through  {', '.join(named(found.passages)) or 'open water'}",
    ]
    if answer.closed:
        lines.append(f"Closed   {', '.join(named(sorted(answer.closed)))}")
    lines += [f"Closed   {named([name])[0]}: {say_all(why)}" for name, why in sorted(answer.fit.too_small.items())]
    if answer.left_out is not None:
        without, less = ", ".join(named(answer.left_out.names)), numbers.miles(answer.left_out.less_nm)
        why = "but not for every ship or in every season (say --ship, --at or --use)"
        lines.append(f"Left out {without}: {less} less by it, {why}")
    unknown = [why for name in found.passages for why in answer.fit.unknown.get(name, ())]
    lines += [f"Doubt    {say(why)}" for why in unknown]
    for gap_nm, what in ((found.start_gap_nm, "first"), (found.end_gap_nm, "last")):
        if gap_nm > SHOWN_GAP_NM:
            lines.append(f"Note     the {what} {numbers.miles(gap_nm)} join the place to its water: no way by sea")
    if found.over_land_nm > SHOWN_GAP_NM:
        over = numbers.miles(found.over_land_nm)
        lines.append(f"Note     {over} of it run over land as the chart draws it: a berth, a river or a narrow inlet")
    if answer.time is not None and answer.voyage is not None:
        lines += _hours_lines(answer.time, answer.voyage)
    if answer.ice is not None:
        lines.append(f"Note     {say(answer.ice)}")
    lines += [f"Note     {say(why)}" for why in _asked(answer)]
    if answer.choices is not None:
        lines += _choice_lines(answer.choices)
    if answer.leave is not None and answer.leave.without is not None:
        lines.append(f"Without leave for {', '.join(named(answer.leave.passages))}: {_cost(answer.leave.without)}")
    lines.append(f"Points   {len(found.points)}")
    lines += [f"  {numbers.position(position)}" for position in _positions(found)]
    return "\n".join(lines) + "\n"


def _hours_lines(time: PassageTime, voyage: Voyage) -> list[str]:
    lines = [f"Hours    {_span(time.hours)} at {voyage.speed_kn:g} kn in calm water"]
    names = {passage.id: passage for passage in load_passages()}
    for item in time.items:
        passage = names.get(item.what)
        what = "open water" if passage is None else passage.name
        slower = f", factor {item.factor:.2f}" if item.factor > 1.005 else ""
        lines.append(f"  {what}: {numbers.miles(item.nm)}, {_span(item.hours)} h, {item.kn:.1f} kn{slower}")
        lines.append(f"    source: {item.source}")
        if passage is not None and passage.facts.notes:
            lines.append(f"    {', '.join(label('passage_note', note) for note in passage.facts.notes)}")
        lines += [f"    {say(note)}" for note in item.notes]
    return lines + [f"Note     {say(note)}" for note in time.notes]


def _choice_lines(choices: Choices) -> list[str]:
    if not choices.ways:
        return ["If       no passage is used: no closure costs anything"]
    lines = [f"If closed: {named([way.closed])[0]}: {_cost(way)}" for way in choices.ways]
    best = choices.best
    if best is not None and best.route is not None:
        lines.append(f"Best other way: {numbers.miles(best.route.distance_nm)}, without {named([best.closed])[0]}")
    return lines


def _cost(way: OtherWay) -> str:
    if way.route is None:
        return "no other way"
    hours = "" if way.costs_h is None else f", {way.costs_h:+.1f} h"
    through = ", ".join(named(way.route.passages)) or "open water"
    return f"+{numbers.miles(way.costs_nm)}{hours}, by {through}"


def _span(hours: Pert) -> str:
    if hours.max - hours.min < 0.05:
        return numbers.hours(hours.mode)
    return f"{numbers.hours(hours.mode)} ({numbers.hours(hours.min)}-{numbers.hours(hours.max)})"


def as_json(answer: Answer) -> str:
    """The route for programs."""
    data = {
        "from": answer.first.as_data(),
        "to": answer.last.as_data(),
        **_facts(answer),
        "points": [[round(p.lat_deg, 5), round(p.lon_deg, 5)] for p in _positions(answer.found)],
    }
    return json_text(data, indent=1)


def as_geojson(answer: Answer) -> str:
    """The route for a map."""
    feature = {
        "type": "Feature",
        "geometry": geojson_geometry.line((float(lat), float(lon)) for lat, lon in answer.found.points),
        "properties": {"from": str(answer.first), "to": str(answer.last), **_facts(answer)},
    }
    return json_text({"type": "FeatureCollection", "features": [feature]}, indent=1)


def _facts(answer: Answer) -> dict[str, Any]:
    found = answer.found
    data: dict[str, Any] = {
        "distance_nm": round(found.distance_nm, 1),
        "passages": list(found.passages),
        "closed": sorted(answer.closed),
        "start_gap_nm": round(found.start_gap_nm, 1),
        "end_gap_nm": round(found.end_gap_nm, 1),
        "over_land_nm": round(found.over_land_nm, 1),
        "too_small": {name: say_all(why) for name, why in sorted(answer.fit.too_small.items())},
        "left_out": [] if answer.left_out is None else list(answer.left_out.names),
        "fit_unknown": {
            name: say_all(answer.fit.unknown[name]) for name in found.passages if name in answer.fit.unknown
        },
    }
    if answer.time is not None and answer.voyage is not None:
        data["speed_kn"] = answer.voyage.speed_kn
        data["hours"] = _pert(answer.time.hours)
        data["items"] = [_item(item) for item in answer.time.items]
    notes = answer.time.notes if answer.time is not None else ()
    ice = () if answer.ice is None else (answer.ice,)
    data["notes"] = [say(note) for note in (*notes, *ice, *_asked(answer))]
    data["leave_needed"] = list(answer.leave.passages) if answer.leave is not None else []
    if answer.leave is not None and answer.leave.without is not None:
        data["without_leave"] = _other(answer.leave.without)
    if answer.choices is not None:
        data["if_closed"] = [_other(way) for way in answer.choices.ways]
        data["best_other_way"] = None if answer.choices.best is None else _other(answer.choices.best)
    return data


def _asked(answer: Answer) -> list[Reason]:
    """What nations have to be asked for on the way."""
    leave = None if answer.leave is None else answer.leave.why
    return [why for why in (leave, answer.straits) if why is not None]


def _item(item: TimeItem) -> dict[str, Any]:
    return {
        "what": item.what,
        "kind": "open_water" if item.what == OPEN_WATER else "passage",
        "nm": round(item.nm, 1),
        "kn": round(item.kn, 2),
        "factor": round(item.factor, 3),
        "hours": _pert(item.hours),
        "source": item.source,
        "notes": [say(note) for note in item.notes],
    }


def _other(way: OtherWay) -> dict[str, Any]:
    return {
        "closed": way.closed,
        "distance_nm": None if way.route is None else round(way.route.distance_nm, 1),
        "passages": None if way.route is None else list(way.route.passages),
        "costs_nm": numbers.tenth(way.costs_nm),
        "hours": None if way.time is None else _pert(way.time.hours),
        "costs_h": numbers.tenth(way.costs_h),
    }


def _pert(value: Pert) -> dict[str, float]:
    return {"min": round(value.min, 1), "mode": round(value.mode, 1), "max": round(value.max, 1)}


def _positions(found: SeaRoute) -> list[Position]:
    return [Position(lat_deg=float(lat), lon_deg=float(lon)) for lat, lon in found.points]
