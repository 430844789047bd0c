"""Air-drop: jumpers and stores leave the aircraft over the datum; the aircraft must be able to come back."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from subrescue.domain.assets import InterventionSystem
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Mode, PhaseName, Verdict, Via
from subrescue.planning.airlift import range_nm
from subrescue.planning.by_port import add_loading, airlift_of
from subrescue.planning.chains import Chain, StepList, datum_place, finished
from subrescue.planning.durations import FloatArray, median
from subrescue.planning.flights import add_legs, fields_apart_nm
from subrescue.planning.lifts import Lift, lifts_for
from subrescue.planning.places import field_distances_nm
from subrescue.planning.situation import Situation
from subrescue.planning.weather import wind_below


def air_drop_chains(system: InterventionSystem, sit: Situation) -> list[Chain]:
    """The best chain of each fleet that can fly the system to the datum and land again; earliest first."""
    lifts, _ = lifts_for(system, sit, drop=True)
    to_datum = field_distances_nm(sit.places, sit.datum.lat_deg, sit.datum.lon_deg)
    chains = [chain for lift in lifts if (chain := _chain(system, lift, to_datum, sit)) is not None]
    return sorted(chains, key=lambda chain: chain.hours)


def _chain(system: InterventionSystem, lift: Lift, to_datum: FloatArray, sit: Situation) -> Chain | None:
    reserve = 1.0 - median(sit.assumptions["airlift.range_reserve"])
    leg_nm = range_nm(lift.aircraft.payload_range, lift.load_t) * reserve
    # Whatever the last take-off, the aircraft flies to the datum and on to a field where it can land.
    fields = np.flatnonzero(sit.places.field_runway_m >= lift.aircraft.min_runway_m)
    fields = fields[~np.isin(fields, sorted(sit.closed_fields))]
    if not len(fields):
        return None
    home_nm = float(to_datum[fields].min())
    places, numbers = sit.places, sit.assumptions
    stop = int(lift.apoe)
    if to_datum[stop] + home_nm > leg_nm:
        stops = places.stop_fields[places.field_runway_m[places.stop_fields] >= lift.aircraft.min_runway_m]
        total = lift.reach.flight_nm[stops] + to_datum[stops]
        total = np.where(to_datum[stops] + home_nm <= leg_nm, total, np.inf)
        if not len(stops) or not np.isfinite(total.min()):
            return None
        stop = int(stops[np.argmin(total)])
    way = [lift.apoe] if stop == lift.apoe else [lift.apoe, *lift.reach.stops_to(stop), stop]
    steps = StepList(sit.starts(system.id, system.nations))
    before = add_loading(steps, system, lift, sit)
    legs = [*(fields_apart_nm(sit, a, b) for a, b in pairwise(way)), float(to_datum[stop])]
    flown = [*(places.field_place(field) for field in way), datum_place(sit)]
    before, hours = add_legs(steps, lift, flown, legs, before, sit)
    steps.add(
        PhaseName.AIR_DROP,
        numbers["scene.air_drop_h"],
        "air_drop",
        (before,),
        destination=datum_place(sit),
        carrier=lift.fleet.name,
        assumption="scene.air_drop_h",
        weather=wind_below(sit.case, numbers),
    )
    why = (
        *lift.doubts,
        reason("lift.drop", aircraft=lift.aircraft.name, fleet=lift.fleet.name, distance_nm=float(to_datum[stop])),
    )
    verdict = Verdict.AMBER if lift.doubts else Verdict.GREEN
    gate = GateResult(gate=Gate.LIFT, verdict=verdict, reasons=why)
    via = Via(apoe=places.field_place(lift.apoe), stops=tuple(places.field_place(f) for f in way[1:]))
    return finished(Mode.AIR_DROP, steps, (gate,), via, None, airlift=airlift_of(lift, sum(legs), hours))
