"""Fleets that tankers meet on their way: each once more beside itself without tankers, and what a lift says of it.

Whether refuelling in flight is worth it is thus decided by the same search that weighs fleets and airfields: the
tankers' own wait, the rendezvous and the crew's duty against the stops that they save.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from subrescue.domain.reasons import Reason, reason
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.planning.airlift.flying import Flying
from subrescue.planning.airlift.lifts import Carrier, Lift, Refuelling
from subrescue.planning.airlift.refuelling import NO_TANKER, met_by, rendezvous, tankers_for
from subrescue.planning.airlift.stores import APOE_ROAD_NM
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import Places, field_distances_nm, sphere_apart_nm
from subrescue.planning.geography.sea_miles import SPHERE_EXCESS

Numbers = tuple[int, ...]


def met_by_tankers(carriers: Sequence[Carrier], sit: Situation) -> list[Carrier]:
    """The carriers that tankers can meet, once more with these."""
    return [
        replace(
            carrier,
            tankers=tankers,
            flying=replace(
                carrier.flying,
                hops=replace(carrier.flying.hops, tanking=tankers.tanking),
                tanker=round(median(tankers.wait_h), 4),
            ),
        )
        for carrier in carriers
        for tankers in tankers_for(carrier.fleet, carrier.aircraft, carrier.flying.hops.leg_nm, sit)
    ]


def no_fuel_needed(places: Places, area: Area, flying: Flying) -> bool:
    """Whether a fleet with tankers reaches every airfield of an area without: then it flies as the one without them."""
    if flying.hops.tanking is None or not len(area.fields):
        return flying.hops.tanking is not None
    if flying.hops.round is not None:
        return False
    from_store = field_distances_nm(places, flying.store.lat_deg, flying.store.lon_deg)[area.fields]
    return float(from_store.max()) / SPHERE_EXCESS + APOE_ROAD_NM <= flying.hops.leg_nm


def with_tankers(pools: Sequence[Numbers], carriers: Sequence[Carrier]) -> list[Numbers]:
    """Pools of fleets without tankers, and each once more with the tankers of all its fleets that have some."""
    plain = {(one.fleet.id, one.patience): n for n, one in enumerate(carriers) if one.tankers is None}
    met: dict[int, int] = {}
    for n, carrier in enumerate(carriers):
        if carrier.tankers is not None:
            met.setdefault(plain[carrier.fleet.id, carrier.patience], n)
    also = [tuple(met.get(n, n) for n in pool) for pool in pools]
    return list(dict.fromkeys([*pools, *also]))


def refuelling_of(carrier: Carrier, places: Places, apoe: int, field: int) -> Refuelling | None:
    """The tanker that meets a flight without a stop, or None where none has to."""
    tankers, leg_nm = carrier.tankers, carrier.flying.hops.leg_nm
    if tankers is None:
        return None
    origin, towards = places.towards[apoe], places.towards[field]
    if float(sphere_apart_nm(towards[None, :], origin[None, :])[0, 0]) <= leg_nm:
        return None
    number = int(met_by(origin, towards[None, :], leg_nm, tankers.tanking)[0])
    if number == NO_TANKER:
        return None
    fleet, base = tankers.fleets[number], tankers.tanking.bases[number]
    at = rendezvous(origin, towards, leg_nm, base)
    nm = float(distance_nm(base.lat_deg, base.lon_deg, at.lat_deg, at.lon_deg))
    return Refuelling(fleet, at, nm, fleet.id not in tankers.uncleared)


def refuelling_doubts(lift: Lift) -> list[Reason]:
    """What is not known of the tanker that a lift needs."""
    met = lift.refuelled
    if met is None or met.cleared:
        return []
    nations = ", ".join(dict.fromkeys((*met.tanker.nations, *lift.carrier.fleet.nations)))
    fleet = lift.carrier.fleet.name
    return [reason("lift.tanker_clearance_unknown", tanker=met.tanker.name, fleet=fleet, nations=nations)]


def refuelling_told(lift: Lift) -> list[Reason]:
    """That a lift is refuelled in flight, by whom, and how far that is from the tanker's base."""
    met = lift.refuelled
    if met is None:
        return []
    return [
        reason(
            "lift.refuelled",
            fleet=lift.carrier.fleet.name,
            distance_nm=sum(lift.legs_nm),
            range_nm=lift.carrier.flying.hops.leg_nm,
            tanker=met.tanker.name,
            meets_nm=met.from_base_nm,
        )
    ]
