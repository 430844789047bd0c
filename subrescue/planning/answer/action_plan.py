"""The airlift of a response: its figures, and for the chosen chain the timetable of every sortie with its load."""

from __future__ import annotations

from subrescue.domain.airlift import Airlift, FleetShare, Sortie
from subrescue.domain.assets import Shipment
from subrescue.planning.airlift.further_sorties import Ahead, Rows, flown, loader_flown
from subrescue.planning.airlift.lifts import Lift, leg_h, loader_delay_h
from subrescue.planning.airlift.loads import Load, loads
from subrescue.planning.airlift.sorties import Flown
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median


def airlift_of(lift: Lift, sit: Situation, shipment: Shipment | None, go_h: float | None = None) -> Airlift:
    """The airlift as a part of the response; with the order in hours from the alert also its timetable by the medians.

    The vehicle and what goes with it flies first, so that the fit-out begins with the heaviest work.
    """
    carrier = lift.carrier
    rows, ahead = flown(shipment, lift, sit), loader_flown(shipment, lift, sit)
    every = rows if ahead is None else (ahead, *rows)
    shares = tuple(_share(one, _of(one, every), _of(one, rows)) for one in lift.all)
    return Airlift(
        fleet_id=carrier.fleet.id,
        aircraft=f"{carrier.aircraft.name} ({carrier.fleet.name})",
        aircraft_count=shares[0].aircraft_count,
        sorties=len(every),
        payload_t=carrier.load_t,
        flight_nm=sum(lift.legs_nm),
        flight_h=_flight_h(lift, sit),
        fleets=shares,
        timetable=_timetable((rows, ahead), sit, shipment, go_h) if go_h is not None else (),
    )


def _of(lift: Lift, rows: Rows) -> list[Flown]:
    return [row for by, row in rows if by.carrier is lift.carrier]


def _flight_h(lift: Lift, sit: Situation) -> float:
    met = 0.0 if lift.refuelled is None else median(sit.assumptions["refuel.rendezvous_h"])
    return sum(median(leg_h(lift.carrier.aircraft, nm, 1, sit)) for nm in lift.legs_nm) + met


def _share(lift: Lift, every: list[Flown], rows: list[Flown]) -> FleetShare:
    """A fleet's part; the payload of one that flies none of the load, but the K-loader alone, is that."""
    loader_t = lift.carrier.aircraft.loader_t
    return FleetShare(
        fleet_id=lift.carrier.fleet.id,
        fleet=lift.carrier.fleet.name,
        aircraft=lift.carrier.aircraft.name,
        aircraft_count=len({row.aircraft for row in every}),
        sorties=len(every),
        payload_t=lift.carrier.load_t if rows or loader_t is None else loader_t,
    )


def _timetable(plan: tuple[Rows, Ahead], sit: Situation, shipment: Shipment | None, go_h: float) -> tuple[Sortie, ...]:
    """Every sortie in order, that of a K-loader at the head."""
    rows, ahead = plan
    critical = critical_sorties(shipment, len(rows))
    loaded = loads(shipment, [lift.carrier.aircraft for lift, _ in rows], [lift.carrier.load_t for lift, _ in rows])
    first = 1 if ahead is None else 2
    brought = () if ahead is None else (_sortie(ahead, 1, sit, go_h, loader=True),)
    return (
        *brought,
        *(
            _sortie(flight, first + number, sit, go_h, load=load, critical=number < critical, held=ahead is None)
            for number, (flight, load) in enumerate(zip(rows, loaded, strict=True))
        ),
    )


def _sortie(
    flight: tuple[Lift, Flown],
    number: int,
    sit: Situation,
    go_h: float,
    *,
    load: Load | None = None,
    critical: bool = True,
    loader: bool = False,
    held: bool = False,
) -> Sortie:
    """One row of the timetable; `held`: an aircraft that finds the ramp full waits before it takes off."""
    lift, row = flight
    held_h = _held_h(lift, row, sit) if held else 0.0
    return Sortie(
        number=number,
        fleet_id=lift.carrier.fleet.id,
        fleet=lift.carrier.fleet.name,
        aircraft=row.aircraft + 1,
        pieces=() if load is None else load.pieces,
        loader=loader,
        load_t=lift.carrier.aircraft.loader_t if load is None else load.mass_t,
        critical=critical,
        origin=sit.places.field_place(lift.apoe),
        stops=tuple(sit.places.field_place(stop) for stop in lift.stops),
        tanker=None if lift.refuelled is None else lift.refuelled.tanker.name,
        destination=sit.places.field_place(lift.field),
        load_from_h=go_h + row.load_from,
        airborne_h=go_h + row.airborne + held_h,
        landed_h=go_h + row.landed + held_h,
        offload_from_h=go_h + row.offload_from,
        offloaded_h=go_h + row.offloaded,
    )


def _held_h(lift: Lift, row: Flown, sit: Situation) -> float:
    """Hours that a loaded aircraft waits at the APOE, since the ramp at the other end is full; not for a loader."""
    fact = sit.fields.get(lift.field)
    if loader_delay_h(lift.carrier.aircraft, fact, sit) is not None:
        return 0.0
    return row.offload_from - row.landed


def critical_sorties(shipment: Shipment | None, sorties: int) -> int:
    """The first so many sorties bring what no rescue can do without: the pieces that need a hold each, at least one."""
    outsize = shipment.outsize_pieces if shipment is not None else None
    return min(max(outsize or 1, 1), sorties)
