"""In which nations a fleet plans no landing and no fuel stop, and whose airspace is closed, unless the case opens it.

Airfields are a choice of the planner: one that nobody would clear makes a timetable that nobody can fly. A case opens a
nation by a landing clearance that is not refused, or by an airfield of it that an offer names.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import numpy as np

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.case import Case, LandingClearance
from subrescue.planning.geography.places import HELD_BY, Places

# Airspace that authorities warn all aircraft off: special regulations 77 to 117 of the US FAA and conflict zone
# bulletins of the EU's EASA as they stood in 2025 (from memory, medium confidence).
_WAR = frozenset({"AF", "KP", "LY", "ML", "SD", "SO", "SS", "SY", "UA", "YE"})
# Russia's list of unfriendly nations (government order 430-r of 5 March 2022), the members of the EU written out: since
# then their airspace is closed to Russian aircraft, or Russia's to theirs, or both (from memory, high confidence).
_UNFRIENDLY = frozenset(
    {
        "AL", "AT", "AU", "BE", "BG", "CA", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
        "HU", "IE", "IS", "IT", "JP", "KR", "LT", "LU", "LV", "ME", "MK", "MT", "NL", "NO", "NZ", "PL", "PT", "RO",
        "SE", "SG", "SI", "SK", "TW", "UA", "US",
    }
)
_SINCE = datetime(2022, 2, 28, tzinfo=UTC)
# Nations in which state aircraft of those above are not known to be given fuel on their way, those among them whose
# governments of force turned western troops out or are under embargo (planning assumption); and Mongolia, to which all
# ways lead over Russia or China.
_NOT_ON_THE_WAY = frozenset({"BF", "BY", "CF", "CN", "CU", "ER", "HK", "IR", "MM", "MN", "MO", "NE", "VE"})
# Nations that let nobody unload a rescue system for the other: without relations and with laws against dealings with
# Israel (Lebanon 1955, Libya 1957, Kuwait 1964, Iraq 2022, and those that never had relations), airspace closed between
# India and Pakistan and between Algeria and Morocco (2021), the two shores of the Strait of Taiwan, North Korea and
# those that never knew it, the United States and Iran (1980), Russia and Ukraine (from memory, medium confidence), and
# Turkey with its ports and airspace closed to Israel's ships and state aircraft (H. Fidan, 29 August 2025, by TASS).
_AT_ODDS = (
    ("IL", frozenset({"DZ", "IQ", "IR", "KW", "LB", "LY", "PK", "SY", "TR", "YE"})),
    ("IN", frozenset({"PK"})),
    ("DZ", frozenset({"MA"})),
    ("TW", frozenset({"CN", "HK", "MO"})),
    ("KP", frozenset({"JP", "KR", "US"})),
    ("IR", frozenset({"US"})),
    ("RU", frozenset({"UA"})),
)

# State aircraft that a nation takes for a submarine of its own alone: Britain's were let in by Argentina for the San
# Juan (2017), and for little else since 1982 (from memory, medium confidence).
_FOR_THEIR_OWN_ALONE = (("GB", "AR"),)

# Ports that the nation on the map has closed, where it does not hold the airfields of `HELD_BY` either, and since when.
_HELD_PORTS = {
    **dict.fromkeys(("cyfmg", "cykal", "cykar", "cykyr"), 1974),
    "gesuk": 1996,
    **dict.fromkeys(("sevastopol", "uafeo", "uakeh", "uayal"), 2014),
    **dict.fromkeys(("uaerd", "uampw", "uaskd"), 2022),
}


@cache
def at_odds_with(nation: str | None) -> frozenset[str]:
    """The nations, by ISO code, that would not help a submarine of this one through their airfields, nor it theirs."""
    theirs = {one for one, others in _AT_ODDS if nation in others}
    return frozenset(theirs.union(*(others for one, others in _AT_ODDS if one == nation)))


def _closed_for(owner: str | None) -> frozenset[str]:
    """The nations through which nothing is planned to a submarine of this one: at odds, and Russia for those it lists.

    Whoever flies: no Indian transport is fuelled at Khatanga on its way to an American boat.
    """
    return at_odds_with(owner) | (frozenset({"RU"}) if owner in _UNFRIENDLY else frozenset())


def estranged(nations: tuple[str, ...], case: Case) -> bool:
    """Whether Russia stands on one side and nations that it lists on the other, since then."""
    owner = case.dissub.nation
    if case.alert < _SINCE or not nations:
        return False
    return (owner == "RU" and _UNFRIENDLY.issuperset(nations)) or ("RU" in nations and owner in _UNFRIENDLY)


def no_landing_in(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations, by ISO code, in which this fleet lands only where the case says so: Russia and those it lists.

    Nor in those closed for the owner of the DISSUB, nor where it plans no fuel stop, unless the DISSUB is theirs: no
    authority unloads a rescue system in a third nation that is at war, or at odds with its owner.
    """
    if case.alert < _SINCE:
        return frozenset()
    barred = {*_third_nations(fleet, case), *_closed_for(case.dissub.nation)}
    if not _UNFRIENDLY.isdisjoint(fleet.nations):
        barred.add("RU")
    if "RU" in fleet.nations:
        barred |= _UNFRIENDLY
    return frozenset(barred.difference(_home(fleet), opened(fleet, case, places)))


def held_by_others(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[int]:
    """Airfields, by their numbers, that only another nation's aircraft use; none that an offer names."""
    named = {places.field_index(offer.apod) for offer in case.offers}
    held = {
        places.field_index(code)
        for code, (nation, since) in HELD_BY.items()
        if nation not in fleet.nations and case.alert.year >= since
    }
    return frozenset(field for field in held - named if field is not None)


def held_ports(case: Case, places: Places) -> frozenset[int]:
    """Ports, by their numbers, that the nation on the map does not hold."""
    held = {places.port_index(port) for port, since in _HELD_PORTS.items() if case.alert.year >= since}
    return frozenset(port for port in held if port is not None)


def no_quay_in(case: Case) -> frozenset[str]:
    """Nations through whose ports nothing is planned, unless the case says so: at war, or at odds with the owner."""
    if case.alert < _SINCE:
        return frozenset()
    cleared = {one.nation for one in case.clearances if _clears(one)}
    return frozenset((_WAR | _closed_for(case.dissub.nation)) - cleared - {case.dissub.nation})


def no_flight_over(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    """Nations whose airspace is closed to this fleet, unless the DISSUB is theirs or the case clears it."""
    if case.alert < _SINCE:
        return frozenset()
    closed: set[str] = set(_WAR).union(*map(at_odds_with, fleet.nations))
    if not _UNFRIENDLY.isdisjoint(fleet.nations):
        closed.add("RU")
    if "RU" in fleet.nations:
        closed |= _UNFRIENDLY
    return frozenset(closed - _airspace_cleared(fleet, case) - {case.dissub.nation, *_home(fleet)})


def no_way_over(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations that a lift of this fleet flies round where it can: closed to it, or not known to help it on its way.

    Those closed for the owner of the DISSUB are not known to.
    """
    if case.alert < _SINCE:
        return frozenset()
    open_to_it = {*_home(fleet), *opened(fleet, case, places)}
    unhelpful = (_third_nations(fleet, case) | _closed_for(case.dissub.nation)) - open_to_it
    return (no_flight_over(fleet, case) | unhelpful) - _airspace_cleared(fleet, case)


def no_stop_in(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations in which this fleet plans no fuel stop; the owner of the DISSUB is open, where it may land there.

    Aircraft of those that Russia lists now were let in to help a Russian boat in 2005; nobody fuelled there on his way.
    """
    barred = _third_nations(fleet, case)
    if case.dissub.nation != "RU" and not _UNFRIENDLY.isdisjoint(fleet.nations):
        barred |= {"RU"}
    barred -= {*_home(fleet), *opened(fleet, case, places)}
    return barred | no_landing_in(fleet, case, places)


def _third_nations(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    """Nations at war, at odds with the fleet's, and those not known to help it; of these never the DISSUB's owner."""
    barred = _WAR if _UNFRIENDLY.isdisjoint(fleet.nations) else _WAR | _NOT_ON_THE_WAY
    for nation, to in _FOR_THEIR_OWN_ALONE:
        if nation in fleet.nations:
            barred |= {to}
    # Nor the owner where the fleet is at odds with it: no American transport is cleared into Iran for an Iranian boat.
    return (barred - {case.dissub.nation or ""}).union(*map(at_odds_with, fleet.nations))


def _home(fleet: AircraftFleet) -> frozenset[str]:
    """The nations of a fleet, which are open to it; those of charter aircraft are not while they are at war.

    Antonov Airlines has flown from Leipzig since the airspace of Ukraine was closed.
    """
    return frozenset(fleet.nations) - (_WAR if fleet.charter else frozenset())


def airfields_in(nations: frozenset[str], places: Places) -> frozenset[int]:
    """The airfields of these nations, by their numbers."""
    if not nations:
        return frozenset()
    return frozenset(np.flatnonzero(np.isin(places.field_country, sorted(nations))).tolist())


def opened(fleet: AircraftFleet, case: Case, places: Places) -> set[str]:
    """Nations that the case itself lets this fleet land in: by a clearance, or by an offer that names an airfield."""
    named = [field for offer in case.offers if (field := places.field_index(offer.apod)) is not None]
    cleared = {one.nation for one in case.clearances if _clears(one) and one.concerns(fleet.nations)}
    return cleared | {str(places.field_country[field]) for field in named}


def _airspace_cleared(fleet: AircraftFleet, case: Case) -> set[str]:
    return {one.nation for one in case.clearances if _clears_airspace(one) and one.concerns(fleet.nations)}


def _clears_airspace(clearance: LandingClearance) -> bool:
    stated = clearance.overflight_h is not None and clearance.overflight_refused is None
    return clearance.overflight_refused is False or stated or _clears(clearance)


def _clears(clearance: LandingClearance) -> bool:
    return clearance.refused is False or (clearance.lead_h is not None and clearance.refused is None)
