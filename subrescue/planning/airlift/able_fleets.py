"""Which fleets may fly a system and have room for it, whatever is assumed; kept from plan to plan."""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.domain.assets import (
    AircraftFleet,
    AircraftType,
    RescueSystem,
    Shipment,
    System,
)
from subrescue.domain.reasons import Reason, reason
from subrescue.planning.airlift.flying import Store
from subrescue.planning.airlift.refuelling import is_tanker
from subrescue.planning.basis.ground import facts_of, on_ground
from subrescue.planning.basis.situation import Situation

# Room that a piece needs to every wall of the hold (domain notes on lift: fits(item)).
_HOLD_CLEARANCE_M = 0.15


@dataclass(frozen=True, eq=False)
class Able:
    """Where a system is kept; the fleets that may fly it and have room for it, each with its doubts; why others not."""

    store: Store
    fleets: tuple[tuple[AircraftFleet, AircraftType, tuple[Reason, ...]], ...]
    refused: tuple[Reason, ...]


def able_fleets(system: System, sit: Situation, *, drop: bool = False) -> Able:
    """The fleets that are able to fly a system that has a base; to `drop` something, none that is chartered."""
    facts = facts_of(sit)
    return on_ground(facts, "able_fleets", (system.id, drop), (system,), lambda: _able_fleets(system, drop, facts))


def _able_fleets(system: System, drop: bool, sit: Situation) -> Able:
    assert system.base is not None
    lat, lon = system.base.position.lat_deg, system.base.position.lon_deg
    landmass = int(sit.world.land.landmass_at([lat], [lon])[0])
    store = Store(lat, lon, landmass, sit.places.field_index(system.airfield_icao))
    found: list[tuple[AircraftFleet, AircraftType, tuple[Reason, ...]]] = []
    refused: list[Reason] = []
    for fleet in sit.registry.aircraft_fleets.values():
        aircraft = sit.registry.aircraft_types.get(fleet.aircraft_type)
        if aircraft is None or is_tanker(aircraft) or (drop and fleet.charter):
            continue
        doubts = _may_fly(fleet, system, sit)
        if doubts is None:
            continue
        misfit = hold_misfit(aircraft, system)
        if misfit is not None:
            refused.append(misfit)
            continue
        found.append((fleet, aircraft, doubts))
    return Able(store, tuple(found), tuple(refused))


def _may_fly(fleet: AircraftFleet, system: System, sit: Situation) -> tuple[Reason, ...] | None:
    """Doubts under which the fleet flies for the system; None where it does not fly for it at all."""
    if fleet.status.is_out:
        return None
    own = bool(set(fleet.nations) & set(system.nations))
    if fleet.sanctioned and not own:
        return None
    if own or set(fleet.serves) & set(system.nations):
        return ()
    if fleet.charter:
        return (reason("lift.charter", fleet=fleet.name),)
    if sit.case.dissub.nation in fleet.nations:
        return (reason("lift.foreign_fleet", fleet=fleet.name, nation=fleet.nations[0]),)
    return None


def hold_misfit(aircraft: AircraftType, system: System) -> Reason | None:
    """Why the system does not go into this aircraft: a piece larger than the hold, or an outsize vehicle; else None."""
    shipment = system.shipment or Shipment()
    hold = (aircraft.hold_length_m, aircraft.hold_width_m, aircraft.hold_height_m)
    for piece in shipment.pieces:
        for size, room in zip((piece.length_m, piece.width_m, piece.height_m), hold, strict=True):
            if size is not None and room is not None and size > room - _HOLD_CLEARANCE_M:
                return reason(
                    "lift.piece_too_large", aircraft=aircraft.name, piece=piece.name, size_m=size, room_m=room
                )
        if piece.mass_t is not None and piece.mass_t > aircraft.max_payload_t:
            return reason(
                "lift.piece_too_heavy",
                aircraft=aircraft.name,
                piece=piece.name,
                mass_t=piece.mass_t,
                payload_t=aircraft.max_payload_t,
            )
    outsize = shipment.outsize_pieces if shipment.outsize_pieces is not None else int(isinstance(system, RescueSystem))
    if outsize and aircraft.outsize is False:
        return reason("lift.no_outsize", aircraft=aircraft.name)
    return None
