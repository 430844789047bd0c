"""The airlift of a response: its figures, and for the chosen chain the timetable of every sortie with its load."""

from __future__ import annotations

from subrescue.domain.assets import Shipment
from subrescue.domain.response import Airlift, Sortie
from subrescue.planning.durations import median
from subrescue.planning.further_sorties import flown
from subrescue.planning.lifts import Lift, leg_h
from subrescue.planning.loads import loads
from subrescue.planning.situation import Situation


def airlift_of(lift: Lift, sit: Situation, *, shipment: Shipment | None = None, go_h: float | None = None) -> Airlift:
    """The airlift as a part of the response; with the order in hours from the alert also its timetable by the medians.

    The vehicle and what goes with it flies first, so that the fit-out begins with the heaviest work.
    """
    carrier = lift.carrier
    rows = flown(lift, sit)
    plan: tuple[Sortie, ...] = ()
    if go_h is not None:
        apoe, apod = sit.places.field_place(lift.apoe), sit.places.field_place(lift.field)
        stops = tuple(sit.places.field_place(stop) for stop in lift.stops)
        critical = critical_sorties(shipment, carrier.sorties)
        plan = tuple(
            Sortie(
                number=number + 1,
                fleet_id=carrier.fleet.id,
                fleet=carrier.fleet.name,
                aircraft=row.aircraft + 1,
                pieces=load.pieces,
                load_t=load.mass_t,
                critical=number < critical,
                origin=apoe,
                stops=stops,
                destination=apod,
                load_from_h=go_h + row.load_from,
                airborne_h=go_h + row.airborne,
                landed_h=go_h + row.landed,
                offload_from_h=go_h + row.offload_from,
                offloaded_h=go_h + row.offloaded,
            )
            for number, (row, load) in enumerate(
                zip(rows, loads(shipment, carrier.aircraft, carrier.sorties), strict=True)
            )
        )
    return Airlift(
        fleet_id=carrier.fleet.id,
        aircraft=f"{carrier.aircraft.name} ({carrier.fleet.name})",
        aircraft_count=len({row.aircraft for row in rows}),
        sorties=carrier.sorties,
        payload_t=carrier.load_t,
        flight_nm=sum(lift.legs_nm),
        flight_h=sum(median(leg_h(carrier.aircraft, nm, 1, sit)) for nm in lift.legs_nm),
        timetable=plan,
    )


def critical_sorties(shipment: Shipment | None, sorties: int) -> int:
    """The first so many sorties bring what no rescue can do without: the pieces that need a hold each, at least one."""
    outsize = shipment.outsize_pieces if shipment is not None else None
    return min(max(outsize or 1, 1), sorties)
