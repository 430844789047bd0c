"""In which nations a fleet plans no landing and no fuel stop, and whose airspace is closed, unless the case opens it.

Airfields are a choice of the planner: one that nobody would clear makes a timetable that nobody can fly. A case opens a
nation by a landing clearance that is not refused, or by an airfield of it that an offer names.
"""

from __future__ import annotations

import numpy as np

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.case import Case, LandingClearance
from subrescue.planning.geography.places import HELD_BY, Places
from subrescue.planning.geography.stances import (
    WESTERN,
    at_odds_with,
    at_war,
    for_their_own_alone,
    kept_out_of,
    listed_by_russia,
    not_on_the_way,
)

# Ports that the nation on the map has closed, where it does not hold the airfields of `HELD_BY` either, and since when.
_HELD_PORTS = {
    **dict.fromkeys(("cyfmg", "cykal", "cykar", "cykyr"), 1974),
    "gesuk": 1996,
    **dict.fromkeys(("sevastopol", "uafeo", "uakeh", "uayal"), 2014),
    **dict.fromkeys(("uaerd", "uampw", "uaskd"), 2022),
}


def _closed_for(case: Case) -> frozenset[str]:
    """The nations through which nothing is planned to a submarine of this owner, whoever flies.

    Those at odds with it, those that take its aircraft for a boat of their own alone, and Russia for those it lists:
    no Indian transport is fuelled at Khatanga on its way to an American boat, no British boat is helped from Ushuaia.
    """
    owner, at = case.dissub.nation, case.alert
    own_alone = for_their_own_alone((owner,), at) if owner is not None else frozenset()
    return at_odds_with(owner, at) | own_alone | (frozenset({"RU"}) if owner in listed_by_russia(at) else frozenset())


def estranged(nations: tuple[str, ...], case: Case) -> bool:
    """Whether Russia stands on one side and nations that it lists on the other, at the alert."""
    owner, listed = case.dissub.nation, listed_by_russia(case.alert)
    if not nations or not listed:
        return False
    return (owner == "RU" and listed.issuperset(nations)) or ("RU" in nations and owner in listed)


def is_asked_of_owner(fleet: AircraftFleet, case: Case) -> bool:
    """Whether a fleet has to ask even the owner of the DISSUB, who is taken to let in the help that it accepts.

    Aircraft of the west one that is not known to help them on their way, and Russia those that it lists.
    """
    owner = case.dissub.nation
    if owner is None or owner in fleet.nations:
        return False
    western = not WESTERN.isdisjoint(fleet.nations)
    return estranged(fleet.nations, case) or (western and owner in not_on_the_way(case.alert))


def no_landing_in(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations, by ISO code, in which this fleet lands only where the case says so: Russia and those it lists.

    Nor in those closed for the owner of the DISSUB, nor where it plans no fuel stop, unless the DISSUB is theirs: no
    authority unloads a rescue system in a third nation that is at war, or at odds with its owner.
    """
    return no_loading_in(fleet, case, places) | _closed_for(case).difference(
        _home(fleet, case), opened(fleet, case, places)
    )


def no_loading_in(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations in which this fleet lands for nobody's gear; but for those closed to the owner of the DISSUB."""
    barred = {*_third_nations(fleet, case), *_of_other_side(fleet, case)}
    return frozenset(barred.difference(_home(fleet, case), opened(fleet, case, places)))


def but_for_named(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[int]:
    """Airfields, by their numbers, of nations that are closed to a fleet but for some that the case names."""
    some = let_in_at(fleet, case.clearances)
    if not some:
        return frozenset()
    others = tuple(one for one in case.clearances if not one.airfields)
    shut = no_landing_in(fleet, case.model_copy(update={"clearances": others}), places).intersection(some)
    named = {field for code in frozenset().union(*some.values()) if (field := places.field_index(code)) is not None}
    return airfields_in(shut, places) - named


def let_in_at(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...]) -> dict[str, frozenset[str]]:
    """Codes of the airfields at which nations let the fleet land by name, by nation."""
    named = [one for one in clearances if one.airfields and one.concerns(fleet.nations, fleet.id)]
    refused = {code for one in named if one.refused for code in one.airfields}
    codes: dict[str, frozenset[str]] = {}
    for one in named:
        if one.lands:
            codes[one.nation] = codes.get(one.nation, frozenset()) | (set(one.airfields) - refused)
    return codes


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
    cleared = {one.nation for one in case.clearances if one.lands}
    cleared |= {one.nation for one in case.sea_clearances if one.calls and one.lets_through}
    # Nor through those that do not help western aircraft on their way to a boat of a western nation: Assab, Cuba.
    on_way = not_on_the_way(case.alert) if case.dissub.nation in WESTERN else frozenset()
    return frozenset((at_war(case.alert) | _closed_for(case) | on_way) - cleared - {case.dissub.nation})


def no_flight_over(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    """Nations whose airspace is closed to this fleet, unless the DISSUB is theirs or the case clears it."""
    closed = at_war(case.alert) | _at_odds_with_any(fleet, case) | _of_other_side(fleet, case)
    return frozenset(closed - _airspace_cleared(fleet, case) - {case.dissub.nation, *_home(fleet, case)})


def no_way_over(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations that a lift of this fleet flies round where it can: closed to it, or not known to help it on its way.

    Those closed for the owner of the DISSUB are not known to.
    """
    open_to_it = {*_home(fleet, case), *opened(fleet, case, places)}
    unhelpful = (_third_nations(fleet, case) | _closed_for(case)) - open_to_it
    return (no_flight_over(fleet, case) | unhelpful) - _airspace_cleared(fleet, case)


def no_stop_in(fleet: AircraftFleet, case: Case, places: Places) -> frozenset[str]:
    """Nations in which this fleet plans no fuel stop; the owner of the DISSUB is open, where it may land there.

    Aircraft of those that Russia lists now were let in to help a Russian boat in 2005; nobody fuelled there on his way.
    """
    barred = _third_nations(fleet, case)
    if case.dissub.nation != "RU" and not WESTERN.isdisjoint(fleet.nations):
        barred |= {"RU"}
    barred -= {*_home(fleet, case), *opened(fleet, case, places)}
    return barred | no_landing_in(fleet, case, places)


def _third_nations(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    """Nations at war, at odds with the fleet's, and those not known to help it; of these never the DISSUB's owner."""
    barred = at_war(case.alert) | for_their_own_alone(fleet.nations, case.alert)
    if not WESTERN.isdisjoint(fleet.nations):
        barred |= not_on_the_way(case.alert)
    # Nor the owner where the fleet is at odds with it: no American transport is cleared into Iran for an Iranian boat.
    barred -= {case.dissub.nation or ""}
    return barred | _at_odds_with_any(fleet, case) | kept_out_of(fleet.nations)


def _at_odds_with_any(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    return frozenset().union(*(at_odds_with(nation, case.alert) for nation in fleet.nations))


def _of_other_side(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    """Russia for a fleet of those that it lists at the alert, and these for a fleet of Russia's."""
    listed = listed_by_russia(case.alert)
    russia = frozenset() if listed.isdisjoint(fleet.nations) else frozenset({"RU"})
    return russia | (listed if "RU" in fleet.nations else frozenset())


def _home(fleet: AircraftFleet, case: Case) -> frozenset[str]:
    """The nations of a fleet, which are open to it; those of charter aircraft are not while they are at war.

    Antonov Airlines has flown from Leipzig since the airspace of Ukraine was closed.
    """
    return frozenset(fleet.nations) - (at_war(case.alert) if fleet.charter else frozenset())


def airfields_in(nations: frozenset[str], places: Places) -> frozenset[int]:
    """The airfields of these nations, by their numbers."""
    if not nations:
        return frozenset()
    return frozenset(np.flatnonzero(np.isin(places.field_country, sorted(nations))).tolist())


def opened(fleet: AircraftFleet, case: Case, places: Places) -> set[str]:
    """Nations that the case itself lets this fleet land in: by a clearance, or by an offer that names an airfield."""
    named = [field for offer in case.offers if (field := places.field_index(offer.apod)) is not None]
    cleared = {one.nation for one in case.clearances if one.lands and one.concerns(fleet.nations, fleet.id)}
    return cleared | {str(places.field_country[field]) for field in named}


def _airspace_cleared(fleet: AircraftFleet, case: Case) -> set[str]:
    return {one.nation for one in case.clearances if _clears_airspace(one) and one.concerns(fleet.nations, fleet.id)}


def _clears_airspace(clearance: LandingClearance) -> bool:
    stated = clearance.overflight_h is not None and clearance.overflight_refused is None
    return clearance.overflight_refused is False or stated or clearance.lands
