"""Air-drop: jumpers and stores leave the aircraft over the datum; the aircraft must be able to come back."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache
from math import ceil

import numpy as np

from subrescue.domain.assets import InterventionSystem
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Mode, PhaseName, Verdict, Via
from subrescue.earth.router.kept import Kept
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.airlift.airlift import reach
from subrescue.planning.airlift.closed_airspace import flown
from subrescue.planning.airlift.flights import (
    add_hold,
    add_landings,
    add_legs,
    add_loading,
    add_overflights,
    add_recall,
    out_h,
)
from subrescue.planning.airlift.flying import Flying, Store
from subrescue.planning.airlift.fuel_stops import Hops, least_costs_nm, least_over_stops_nm, may_stop
from subrescue.planning.airlift.lifts import Carrier, Lift, carriers_for
from subrescue.planning.airlift.overflights import overflight_doubts, overflight_told
from subrescue.planning.airlift.stores import airfields_of_embarkation, is_strange, ready_at
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.basis.recall import recall_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.schedule import median_ends
from subrescue.planning.doubt.usual_sea import usual_wind
from subrescue.planning.doubt.weather import wind_below
from subrescue.planning.geography.areas import every_stop
from subrescue.planning.geography.detours import Around
from subrescue.planning.geography.places import FloatArray, Places, field_distances_nm, sphere_apart_nm
from subrescue.planning.ships.chains import Chain, StepList, datum_place, finished, usual_wind_kn
from subrescue.planning.ways.last_legs import nearest_nm, straight_nm, to_place_nm

# Bounds are kept for cells of so many degrees, whose corners are no farther from their middles, and for last legs up to
# the next of so many miles.
_CELL_DEG, _TO_CORNER_NM, _LEG_NM = 1.0, 42.6, 100.0
# The geodesic is no more than this longer or shorter than the great circle on the sphere, by share; costs of stops are
# rounded to less than so many miles.
_OFF_SPHERE, _ROUNDED_NM = 0.006, 1.0
# Last legs are led round what is closed from so many stops at a time; those that are looked for are kept for last legs
# down to the next of so many miles.
_AT_ONCE, _STEP_NM = 16, 20.0
_others: Kept[Hashable, tuple[int, ...]] = Kept(256)


def air_drop_chains(system: InterventionSystem, sit: Situation) -> list[Chain]:
    """The best chain of each fleet that can fly the system to the datum and land again; earliest first."""
    ground = ground_of(sit)
    carriers = on_ground(ground, "drop_carriers", system.id, (system,), lambda: _carriers(system, ground))
    chains = [chain for carrier in carriers if (chain := _chain(system, carrier, sit)) is not None]
    return sorted(chains, key=lambda chain: chain.hours)


def dropped_by_another(system: InterventionSystem, chain: Chain, carrier: Carrier, sit: Situation) -> Chain:
    """A chain of `air_drop_chains` by the same fleet with other aircraft of it; the same where these cannot."""
    return _chain(system, carrier, sit) or chain


def dropped_back_h(chain: Chain, sit: Situation) -> float:
    """Median hours from the alert at which the aircraft of such a chain is back where it loads: the way back is as long
    as the way there.

    To the next quarter of an hour: for a datum that is moved a little nobody else's aircraft come at another time.
    """
    assert chain.lift is not None
    dropped = next(n for n, step in enumerate(chain.steps) if step.phase is PhaseName.AIR_DROP)
    return ceil(4.0 * (median_ends(chain.steps)[dropped] + median(out_h(chain.lift, sit)))) / 4.0


def loaded_from_h(chain: Chain) -> float:
    """Median hours from the alert at which its aircraft begins to be loaded."""
    at = next(n for n, step in enumerate(chain.steps) if step.phase is PhaseName.LOAD_AIRCRAFT)
    return median_ends(chain.steps)[at] - median(chain.steps[at].duration_h)


def _carriers(system: InterventionSystem, ground: Situation) -> list[Carrier]:
    recall, _ = recall_h(system, ground)
    return carriers_for(system, median(recall), ground, drop=True)[0]


def _chain(system: InterventionSystem, carrier: Carrier, sit: Situation) -> Chain | None:
    lift = _lift(carrier, sit)
    if lift is None:
        return None
    places, numbers = sit.places, sit.assumptions
    way = [lift.apoe, *lift.stops]
    steps = StepList(sit.starts(system.id, system.nations))
    start = steps.last
    before = add_loading(steps, system, lift, (start, add_recall(steps, system, sit), {}), sit)
    before = add_landings(steps, lift, start, before, sit)
    before = add_overflights(steps, lift, start, before, sit, sit.datum)
    before = add_hold(steps, lift, before, sit, sit.datum)
    flown = [*(places.field_place(field) for field in way), datum_place(sit)]
    before = add_legs(steps, lift, flown, before, sit)
    steps.add(
        PhaseName.AIR_DROP,
        numbers["scene.air_drop_h"],
        "air_drop",
        (before,),
        destination=datum_place(sit),
        carrier=carrier.fleet.name,
        assumption="scene.air_drop_h",
        weather=wind_below(sit.case, numbers) or usual_wind(sit.case, numbers, usual_wind_kn(sit)),
    )
    doubts = (*carrier.doubts, *overflight_doubts(lift, sit, sit.datum))
    why = (
        *doubts,
        reason(
            "lift.drop",
            aircraft=carrier.aircraft.name,
            fleet=carrier.fleet.name,
            distance_nm=float(straight_nm(sit.places, np.array([lift.field]), sit.datum)[0]),
        ),
        *overflight_told(lift, sit, sit.datum),
    )
    verdict = Verdict.AMBER if doubts else Verdict.GREEN
    gate = GateResult.of(Gate.LIFT, verdict, *why)
    via = Via(apoe=places.field_place(way[0]), stops=tuple(places.field_place(f) for f in way[1:]))
    return finished(Mode.AIR_DROP, steps, (gate,), via, None, lift=lift)


def _lift(carrier: Carrier, sit: Situation) -> Lift | None:
    """The quickest flight to the datum, whatever the last take-off, from which the aircraft can go on and land."""
    places, flying = sit.places, carrier.flying
    landing = np.flatnonzero(places.field_landing_m >= carrier.aircraft.min_runway_m)
    landing = landing[~np.isin(landing, sorted(sit.closed_fields))]
    fields, road_nm = airfields_of_embarkation(places, flying.store, flying.hops.runway_m, flying.hops.closed)
    if not len(landing) or not len(fields):
        return None
    leg_nm = flying.hops.leg_nm - nearest_nm(places, landing, flying.hops, sit.datum)
    start = np.maximum(ready_at(places, flying)[1], min(flying.free))
    strange = is_strange(places, flying.store, fields)
    to_datum = to_place_nm(places, fields, flying.hops, sit.datum)
    least = start + to_datum / flying.an_hour_nm
    far = to_datum > leg_nm
    if far.any():
        over_stops = start + _least_over_stops_nm(places, flying, leg_nm, sit.datum) / flying.an_hour_nm
        least[far] = np.maximum(least, over_stops)[far]
    best: tuple[float, Lift] | None = None
    for row in np.argsort(least, kind="stable"):
        apoe, road, odd = int(fields[row]), float(road_nm[row]), bool(strange[row])
        if least[row] >= (np.inf if best is None else best[0]):
            break
        if not far[row]:
            found = (float(least[row]), _flown(carrier, (apoe, road, odd), (apoe,), leg_nm, sit))
        else:
            over = _over_stops(flying, apoe, flying.hops, (sit.datum, leg_nm), sit)
            if over is None:
                continue
            hours, stops = over
            found = (float(start[row] + hours), _flown(carrier, (apoe, road, odd), (apoe, *stops), leg_nm, sit))
        if best is None or found[0] < best[0]:
            best = found
    return best[1] if best is not None else None


def _over_stops(
    flying: Flying, apoe: int, hops: Hops, last: tuple[Position, float], sit: Situation
) -> tuple[float, tuple[int, ...]] | None:
    """Hours from an airfield to a place at sea over stops, and these; None where no stop is near enough to it.

    `last` are that place and the longest last leg. The ways round are looked for from the stops that may be first
    alone.
    """
    area, end = every_stop(sit.places), last[0]
    last_nm = field_distances_nm(sit.places, end.lat_deg, end.lon_deg)[area.fields]
    ways = reach(sit.places, apoe, area, hops)
    hours = (ways.flight_nm + last_nm) / flying.an_hour_nm + ways.legs * (flying.turn.stop + flying.leg_extra)
    hours = np.where((last_nm <= last[1]) & may_stop(sit.places, area.fields, hops), hours, np.inf)
    best: tuple[float, tuple[int, ...]] | None = None
    order = np.argsort(hours, kind="stable")
    for rows in (order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)):
        if not np.isfinite(hours[rows[0]]) or (best is not None and hours[rows[0]] >= best[0]):
            break
        round_nm = to_place_nm(sit.places, area.fields[rows], hops, end)
        round_h = hours[rows] + np.where(round_nm <= last[1], round_nm - last_nm[rows], np.inf) / flying.an_hour_nm
        at = int(np.argmin(round_h))
        if np.isfinite(round_h[at]) and (best is None or round_h[at] < best[0]):
            best = float(round_h[at]), (*ways.stops_to(int(rows[at])), int(area.fields[rows[at]]))
    return best


def _least_over_stops_nm(places: Places, flying: Flying, leg_nm: float, datum: Position) -> FloatArray:
    """(airfields of embarkation,) miles, a stop as those that it costs, that no way to the datum over stops undercuts.

    leg_nm is the longest of the last legs. Kept for all datums of a cell, so that one that is moved a little is none
    to look from anew.
    """
    last_leg_nm = float(np.ceil(leg_nm / _LEG_NM)) * _LEG_NM
    return _least_to_cell_nm(places, flying.store, flying.hops.straight.untanked, last_leg_nm, _cell(datum))


def _cell(datum: Position) -> tuple[float, float]:
    """The middle of the cell in which a datum lies, degrees."""
    lat, lon = (float(np.floor(one / _CELL_DEG) + 0.5) * _CELL_DEG for one in (datum.lat_deg, datum.lon_deg))
    return lat, lon


@lru_cache(maxsize=64)
def _least_to_cell_nm(
    places: Places, store: Store, hops: Hops, last_leg_nm: float, middle: tuple[float, float]
) -> FloatArray:
    """`_least_over_stops_nm` for every datum in the cell about a middle, in degrees."""
    fields, _ = airfields_of_embarkation(places, store, hops.runway_m, hops.closed)
    near_nm = _TO_CORNER_NM + _OFF_SPHERE * last_leg_nm
    here = unit_vectors(np.array(middle[:1]), np.array(middle[1:]))[0]
    # The last stop before the datum need not have the runway for a long leg.
    cost_nm = least_costs_nm(places, here, replace(hops, runway_m=0.0), last_leg_nm + near_nm)
    hop_nm = sphere_apart_nm(places.towards[fields], places.towards[places.stop_fields]).astype(np.float32)
    return np.asarray(least_over_stops_nm(hop_nm, cost_nm, hops), np.float64) - near_nm - _ROUNDED_NM


def _flown(
    carrier: Carrier, start: tuple[int, float, bool], way: tuple[int, ...], leg_nm: float, sit: Situation
) -> Lift:
    """The lift from its airfield, with the road there and whether it is a strange one, over stops to the datum.

    From the last of them it is no farther than `leg_nm`, so that the aircraft can go on and land.
    """
    (apoe, road_nm, strange), flying = start, carrier.flying

    def over_others(ways: Around, share: float) -> tuple[int, ...] | None:
        hops = replace(flying.hops.untanked, round=ways, leg_nm=share * flying.hops.leg_nm)
        # Those to the middle of a cell serve all of it, so that a datum that is moved a little is none to look anew.
        middle, last_nm = _cell(sit.datum), float(np.floor((share * leg_nm - _TO_CORNER_NM) / _STEP_NM)) * _STEP_NM
        pace = flying.an_hour_nm, flying.turn.stop, flying.leg_extra
        key = sit.world, sit.places, apoe, hops, pace, middle, last_nm
        known = _others.get(key)
        if known is None:
            over = _over_stops(flying, apoe, hops, (Position(lat_deg=middle[0], lon_deg=middle[1]), last_nm), sit)
            known = _others.put(key, () if over is None else over[1])
        return known or None

    flight = flown(carrier, apoe, way[1:], sit.datum, sit, over_others, leg_nm)
    last = (apoe, *flight.stops)[-1]
    return Lift(
        carrier, apoe, road_nm, strange, last, flight.stops, flight.legs_nm, turns=flight.turns, round=flight.round
    )
