"""Clearances by pairs of nations: who lets a fleet land or fly over, and the hours until they do."""

from __future__ import annotations

import numpy as np

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.case import LandingClearance
from subrescue.domain.quantities import Pert
from subrescue.domain.registry import Registry
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import Places


def refusing(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...]) -> tuple[str, ...]:
    """Nations that do not let the fleet land, in the order of the case."""
    return tuple(one.nation for one in clearances if one.refused and one.concerns(fleet.nations))


def closed_to(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...], places: Places) -> frozenset[int]:
    """Airfields of the nations that refuse the fleet."""
    nations = refusing(fleet, clearances)
    if not nations:
        return frozenset()
    return frozenset(np.flatnonzero(np.isin(places.field_country, nations)).tolist())


def refusing_overflight(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...]) -> tuple[str, ...]:
    """Nations over which the fleet may not fly, in the order of the case."""
    refused = (one.nation for one in clearances if one.overflight_refused and one.concerns(fleet.nations))
    return tuple(dict.fromkeys(refused))


def lead_h(fleet: AircraftFleet, clearances: tuple[LandingClearance, ...], registry: Registry) -> dict[str, Pert]:
    """Hours from the order until a nation clears the fleet, by nation: of the case, else of an agreement with it.

    Of several agreements the quickest counts. Nations of which nothing is known are left out: the assumption of the
    airfield's own clearance stands for them.
    """
    found = _by_agreement(fleet, registry)
    for one in clearances:
        if one.lead_h is not None and one.concerns(fleet.nations):
            found[one.nation] = one.lead_h
    return found


def overflight_lead_h(
    fleet: AircraftFleet, clearances: tuple[LandingClearance, ...], registry: Registry
) -> dict[str, Pert]:
    """Hours from the order until a nation lets the fleet fly over, by nation: of the case, else of an agreement.

    Nations of which nothing is known are left out: an assumption stands for them.
    """
    found = _by_agreement(fleet, registry)
    for one in clearances:
        if one.overflight_h is not None and one.concerns(fleet.nations):
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
