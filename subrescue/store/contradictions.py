"""Finds what contradicts itself in a case: instants, people and compartments, pressure and depth, air, forecast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from subrescue.domain.case import Case, Plight
from subrescue.domain.errors import Problem
from subrescue.domain.instants import hours_between
from subrescue.domain.stores import Compartment, Stores
from subrescue.domain.submarines import SubmarineClass
from subrescue.store.toml_lines import Loc
from subrescue.store.validation import field_name

Finding = tuple[Loc, str, str, bool]
"""Path, found, allowed, and whether it only is a warning."""

ATMOSPHERE_BAR, SEA_METRES_PER_BAR = 1.01325, 9.94
PRESSURE_MARGIN_BAR = 0.5
"""By how much a stated pressure may lie above that of the sea: gauges and depths are rounded."""
CREW_FACTOR = 2.0
"""People aboard above the crew of the class by this factor are doubtful: trainees and passengers sail too."""
FAR_HOURS = 30 * 24.0
"""A measurement this far from the alert is doubtful: no crew lives as long."""
YEARS = range(1901, 2100)
"""Years that an alert may have: those for which the sun is worked out."""
FORECAST_GAP_H = 24.0
"""An entry of a forecast holds until the next: longer than this it is no forecast."""
COLLAPSE_CO2_PERCENT, COLLAPSE_O2_PERCENT = 10.0, 8.0
"""Surface-equivalent shares at which people lose consciousness (from memory, high confidence)."""
ICE_WATER_C = 5.0
"""Water at the surface above this has no ice in it for long."""
HUGE_ABSORBENT_KG = 250.0
"""Absorbent for one person that would last two months."""
A_MINUTE_H = 1.0 / 60.0
BEFORE_THE_ALERT = "its chain is planned from the alert, later than it is by as much: set the alert to the first order"
"""Hours count from the alert, and nothing is planned before it."""
LEAST_ROOM_M3 = 0.3
"""Air for one person below which nobody has room to sit: a body alone takes 0.07 m3."""


def contradictions(case: Case, submarine_class: SubmarineClass | None) -> Iterator[Finding]:
    """Everything in a case that cannot be true together, or hardly can; each finding with the field to look at."""
    yield from _instants(case)
    yield from _people(case, submarine_class)
    yield from _hull(case, submarine_class)
    for number, space in enumerate(case.dissub.compartments):
        yield from _compartment(("dissub", "compartments", number), space, case)
    if case.dissub.stores is not None:
        people = case.dissub.people_to_rescue(submarine_class)
        yield from _stores(("dissub", "stores"), case.dissub.stores, people)
        if any(space.stores is not None for space in case.dissub.compartments):
            found = "stores of the boat beside those of compartments"
            yield ("dissub", "stores"), found, "only those of the compartments are counted: give each its own", True
    warm_c = case.environment.water_temperature_c
    if case.environment.ice and warm_c is not None and warm_c > ICE_WATER_C:
        yield ("environment", "ice"), "true", f"water of {warm_c:g} C is stated: check both", True
    yield from _forecast(case)


def contradictory(case: Case) -> list[Problem]:
    """What contradicts itself in a case, by the case alone."""
    data = case.model_dump()
    return [
        Problem(field_name(loc, data), found, allowed, warning=warning)
        for loc, found, allowed, warning in contradictions(case, None)
    ]


def _instants(case: Case) -> Iterator[Finding]:
    if case.alert.year not in YEARS:
        allowed = f"a year from {YEARS[0]} to {YEARS[-1]} is needed"
        yield ("alert",), _text(case.alert), allowed, False
    for number, offer in enumerate(case.offers):
        if offer.told_to_go is None:
            continue
        away_h = hours_between(case.alert, offer.told_to_go)
        if abs(away_h) > FAR_HOURS:
            side = "after" if away_h > 0 else "before"
            found = f"{_text(offer.told_to_go)}, {abs(away_h) / 24:,.0f} days {side} the alert"
            yield ("offers", number, "told_to_go"), found, "check the date: its chain starts there", True
        elif away_h < -A_MINUTE_H:
            found = f"{_text(offer.told_to_go)}, {-away_h:,.1f} h before the alert"
            yield ("offers", number, "told_to_go"), found, BEFORE_THE_ALERT, True
    sunk = case.dissub.sunk_at
    if sunk is None:
        return
    if case.alert < sunk:
        found = f"{_text(case.alert)}, {hours_between(case.alert, sunk):,.0f} h before the sinking"
        yield ("alert",), found, "help is not asked for before it is needed: check both times", True
    for number, offer in enumerate(case.offers):
        if offer.told_to_go is not None and offer.told_to_go < sunk:
            found = f"{_text(offer.told_to_go)}, before the sinking"
            yield ("offers", number, "told_to_go"), found, f"an order after {_text(sunk)} is expected", True


def _people(case: Case, submarine_class: SubmarineClass | None) -> Iterator[Finding]:
    dissub = case.dissub
    inside = sum(space.people or 0 for space in dissub.compartments)
    loc: Loc = ("dissub", "compartments")
    if dissub.people_aboard is not None and inside > dissub.people_aboard:
        yield loc, f"{inside} people in compartments", f"at most the {dissub.people_aboard} people aboard", False
    elif dissub.survivors is not None and dissub.compartments:
        all_known = all(space.people is not None for space in dissub.compartments)
        if inside > dissub.survivors or (all_known and inside < dissub.survivors):
            allowed = f"survivors are {dissub.survivors}: cycles are planned for them, air for those in compartments"
            yield loc, f"{inside} people in compartments", allowed, True
    names = Counter(space.name for space in dissub.compartments)
    for number, space in enumerate(dissub.compartments):
        if names[space.name] > 1:
            yield (*loc, number, "name"), f"the name '{space.name}' twice", "each compartment needs its own", True
    yield from _room(case, submarine_class)
    crew = submarine_class.crew if submarine_class is not None else None
    if crew is not None and dissub.people_aboard is not None and dissub.people_aboard > CREW_FACTOR * crew:
        allowed = f"the class has a crew of {crew}: check the number and the class"
        yield ("dissub", "people_aboard"), str(dissub.people_aboard), allowed, True


def _room(case: Case, submarine_class: SubmarineClass | None) -> Iterator[Finding]:
    """A hull holds no more air than it displaces water, and no one lives in less than a body takes."""
    for number, space in enumerate(case.dissub.compartments):
        room_m3 = space.free_volume_m3
        if room_m3 is not None and space.people and room_m3 < LEAST_ROOM_M3 * space.people:
            loc: Loc = ("dissub", "compartments", number, "free_volume_m3")
            yield loc, f"{room_m3:g} m3 for {space.people} people", "nobody has room in so little: check the unit", True
    displaced_t = submarine_class.displacement_t if submarine_class is not None else None
    in_all_m3 = sum(space.free_volume_m3 or 0.0 for space in case.dissub.compartments)
    if displaced_t is not None and in_all_m3 > displaced_t:
        allowed = f"the class displaces {displaced_t:,.0f} t, and air takes a part of that: check the volumes"
        yield ("dissub", "compartments"), f"{in_all_m3:,.0f} m3 of air in all", allowed, True


def _hull(case: Case, submarine_class: SubmarineClass | None) -> Iterator[Finding]:
    dissub = case.dissub
    if dissub.depth_m is None:
        return
    if dissub.plight is Plight.SURFACED and dissub.depth_m > 0:
        yield ("dissub", "depth_m"), f"{dissub.depth_m:g} m", "the plight is surfaced: the depth is 0 or unknown", True
    yield from _pressure(("dissub", "pressure_bar"), dissub.pressure_bar, dissub.depth_m)
    collapse_m = submarine_class.collapse_depth_m if submarine_class is not None else None
    if dissub.hull_crushed is False and collapse_m is not None and dissub.depth_m > collapse_m:
        allowed = f"the class is said to fail at about {collapse_m:g} m, and {dissub.depth_m:g} m is stated: check both"
        yield ("dissub", "hull_crushed"), "false", allowed, True


def _pressure(loc: Loc, bar: float | None, depth_m: float | None) -> Iterator[Finding]:
    """Air in a hull that is open to the sea stands at the pressure of the sea, and never above it."""
    if bar is None or depth_m is None:
        return
    sea_bar = ATMOSPHERE_BAR + depth_m / SEA_METRES_PER_BAR
    if bar > sea_bar + PRESSURE_MARGIN_BAR:
        yield loc, f"{bar:g} bar", f"the sea at {depth_m:g} m has {sea_bar:.1f} bar: check both", True


def _compartment(loc: Loc, space: Compartment, case: Case) -> Iterator[Finding]:
    yield from _pressure((*loc, "pressure_bar"), space.pressure_bar, case.dissub.depth_m)
    if space.co2_percent is not None and space.o2_percent is not None and space.co2_percent + space.o2_percent > 100:
        found = f"{space.o2_percent:g} % with {space.co2_percent:g} % of CO2"
        yield (*loc, "o2_percent"), found, "at most 100 % together", False
    if space.people and space.co2_percent is not None and space.co2_percent > COLLAPSE_CO2_PERCENT:
        allowed = f"above {COLLAPSE_CO2_PERCENT:g} % nobody stays conscious: check the reading"
        yield (*loc, "co2_percent"), f"{space.co2_percent:g} %", allowed, True
    if space.people and space.o2_percent is not None and space.o2_percent < COLLAPSE_O2_PERCENT:
        allowed = f"below {COLLAPSE_O2_PERCENT:g} % nobody stays conscious: check the reading"
        yield (*loc, "o2_percent"), f"{space.o2_percent:g} %", allowed, True
    if space.stores is not None:
        yield from _stores((*loc, "stores"), space.stores, space.people)
    if space.measured_at is None:
        return
    away_h = hours_between(case.alert, space.measured_at)
    if abs(away_h) > FAR_HOURS:
        found = (
            f"{_text(space.measured_at)}, {abs(away_h) / 24:,.0f} days {'after' if away_h > 0 else 'before'} the alert"
        )
        yield (*loc, "measured_at"), found, "check the date: survival counts from it", True
    elif case.dissub.sunk_at is not None and space.measured_at < case.dissub.sunk_at:
        found = f"{_text(space.measured_at)}, before the sinking"
        yield (*loc, "measured_at"), found, f"a time after {_text(case.dissub.sunk_at)} is expected", True


def _stores(loc: Loc, stores: Stores, people: int | None) -> Iterator[Finding]:
    known = stores.model_dump(exclude_none=True)
    if known and not people:
        found = "stores for nobody" if people == 0 else "stores, and no number of people"
        yield loc, found, "give the people that live on them: without them the stores are not counted", True
    for name in ("soda_lime_kg", "lioh_kg", "superoxide_kg"):
        kg = getattr(stores, name)
        if kg is not None and people and kg > HUGE_ABSORBENT_KG * people:
            yield (*loc, name), f"{kg:g} kg for {people} people", "that would last for months: check the unit", True
    if stores.canister_person_h is not None and stores.canister_source is None:
        found = f"{stores.canister_person_h:g} h and no source"
        yield (*loc, "canister_person_h"), found, "name who says so in canister_source", True


def _forecast(case: Case) -> Iterator[Finding]:
    forecast = case.environment.forecast
    if not forecast:
        return
    loc: Loc = ("environment", "forecast")
    if forecast[-1].at <= case.alert:
        allowed = f"it ends before the alert at {_text(case.alert)} and is not used"
        yield loc, f"a forecast to {_text(forecast[-1].at)}", allowed, True
    for number, (before, after) in enumerate(pairwise(forecast), start=1):
        gap_h = hours_between(before.at, after.at)
        if gap_h > FORECAST_GAP_H:
            found = f"{gap_h:,.0f} h after the entry before"
            yield (*loc, number, "at"), found, "each entry holds until the next: check the times", True


def _text(at: datetime) -> str:
    return f"{at.isoformat()[:16]}Z"
