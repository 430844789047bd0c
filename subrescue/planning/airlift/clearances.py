"""Clearances by pairs of nations: who lets a fleet land or fly over, and the hours until they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.case import LandingClearance
from subrescue.domain.quantities import Pert
from subrescue.domain.registry import Registry
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.no_landing import let_in_at
from subrescue.planning.geography.places import Places


def _about(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...]) -> list[LandingClearance]:
    return [one for one in clearances if one.concerns(fleet.nations, fleet.id)]


def _counting(some: Iterable[LandingClearance], says: Callable[[LandingClearance], bool]) -> list[LandingClearance]:
    """Of each nation the entries that count: the narrowest of those that say something, by nation in their order.

    "None may land, but the C-17 may" are two entries; of two that are as narrow both count, and a refusal goes first.
    """
    by_nation: dict[str, list[LandingClearance]] = {}
    for one in some:
        if says(one):
            by_nation.setdefault(one.nation, []).append(one)
    found = []
    for of_nation in by_nation.values():
        narrowest = max(one.narrowness[1:] for one in of_nation)
        found += [one for one in of_nation if one.narrowness[1:] == narrowest]
    return found


def _of_landing(one: LandingClearance) -> bool:
    return one.refused is not None or one.lead_h is not None


def refusing(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...]) -> tuple[str, ...]:
    """Nations that do not let the fleet land, in the order of the case; at some of their airfields they may."""
    anywhere = (one for one in _about(fleet, clearances) if not one.airfields)
    return tuple(dict.fromkeys(one.nation for one in _counting(anywhere, _of_landing) if one.refused))


def closed_to(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...], places: Places) -> frozenset[int]:
    """Airfields that refuse the fleet, and those of nations that do but for the ones at which they let it land."""
    if not clearances:
        return frozenset()
    nations, about = refusing(fleet, clearances), _about(fleet, clearances)
    in_nations = set(np.flatnonzero(np.isin(places.field_country, nations)).tolist()) if nations else set()
    open_ = {code for codes in let_in_at(fleet, clearances).values() for code in codes}
    refused = {code for one in about if one.refused for code in one.airfields}
    return frozenset((in_nations - _numbers(open_, places)) | _numbers(refused, places))


def _numbers(codes: Iterable[str], places: Places) -> set[int]:
    return {field for code in codes if (field := places.field_index(code)) is not None}


def refusing_overflight(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...]) -> tuple[str, ...]:
    """Nations over which the fleet may not fly, in the order of the case."""
    counting = _counting(_about(fleet, clearances), _of_overflight)
    return tuple(dict.fromkeys(one.nation for one in counting if one.overflight_refused))


def _of_overflight(one: LandingClearance) -> bool:
    return one.overflight_refused is not None or one.overflight_h is not None


def lead_h(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...], registry: Registry) -> dict[str, Pert]:
    """Hours from the order until a nation clears the fleet, by nation: of the case, else of an agreement with it.

    Of several agreements the quickest counts. Nations of which nothing is known are left out: the assumption of the
    airfield's own clearance stands for them. Hours of single airfields count where the nation refuses the others; of
    several the longest.
    """
    found = _by_agreement(fleet, registry)
    if not clearances:
        return found
    about, refused = _about(fleet, clearances), refusing(fleet, clearances)
    for one in _counting((one for one in about if not one.airfields), _of_landing):
        if one.lead_h is not None:
            found[one.nation] = one.lead_h
    at_some = [one for one in about if one.airfields and one.lead_h is not None and one.nation in refused]
    for one in sorted(at_some, key=lambda one: median(one.lead_h) if one.lead_h is not None else 0.0):
        if one.lead_h is not None:
            found[one.nation] = one.lead_h
    return found


def overflight_lead_h(
    fleet: AircraftFleet, clearances: tuple[LandingClearance, ...], registry: Registry
) -> dict[str, Pert]:
    """Hours from the order until a nation lets the fleet fly over, by nation: of the case, else of an agreement.

    Nations of which nothing is known are left out: an assumption stands for them.
    """
    found = _by_agreement(fleet, registry)
    for one in _counting(_about(fleet, clearances), _of_overflight):
        if one.overflight_h is not None:
            found[one.nation] = one.overflight_h
    return found


def _by_agreement(fleet: AircraftFleet, registry: Registry) -> dict[str, Pert]:
    found: dict[str, Pert] = {}
    for agreement in registry.agreements.values():
        if agreement.clearance_h is None or not set(agreement.nations) & set(fleet.nations):
            continue
        for nation in agreement.nations:
            known = found.get(nation)
            if nation not in fleet.nations and (known is None or median(agreement.clearance_h) < median(known)):
                found[nation] = agreement.clearance_h
    return found
