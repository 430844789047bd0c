"""Gates of the chain: lift, time and capacity, with the values compared and what would change the verdict."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, floor, hypot, log10

from subrescue.domain.assets import System
from subrescue.domain.quantities import Band, told_step
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.earth.places.airspace import sovereign_of
from subrescue.planning.airlift.clearances import refusing
from subrescue.planning.airlift.further_sorties import flown, loader_flown
from subrescue.planning.airlift.lift_opens import open_at_other_times
from subrescue.planning.airlift.lifts import RUNWAY_TIGHT, Lift, loader_delay_h
from subrescue.planning.airlift.overflights import overflight_doubts, overflight_told
from subrescue.planning.airlift.tanker_lifts import refuelling_doubts, refuelling_told
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.lives import Lives
from subrescue.planning.doubt.durations import FloatArray, median
from subrescue.planning.doubt.places_in_order import in_places
from subrescue.planning.doubt.schedule import median_ends
from subrescue.planning.geography.fuel_fields import HIGH_M
from subrescue.planning.geography.no_landing import is_asked_of_owner, let_in_at, no_landing_in, opened
from subrescue.planning.geography.places import AS_WIDE, field_distances_nm
from subrescue.planning.ships.chains import worst

# Shares of chance at which the time gate turns: nine in ten is good, one in twenty is nearly none.
IN_TIME_GREEN = 0.9
IN_TIME_RED = 0.05


def lift_gate(system: System, lift: Lift, sit: Situation) -> GateResult:
    """The lift of a chain, of all fleets that share it: the worst verdict, and each reason once."""
    gates = [_one_lift(system, lift, one, sit) for one in lift.all]
    reasons = tuple({(why.id, str(why.values)): why for gate in gates for why in gate.reasons}.values())
    return GateResult.of(Gate.LIFT, worst(gate.verdict for gate in gates), *reasons)


def _width(lift: Lift, sit: Situation) -> list[Reason]:
    """That nobody knows whether the runway is wide enough, or that it is not: then the case has settled on it."""
    aircraft, code = lift.carrier.aircraft, sit.places.field_code(lift.field)
    needed_m, width_m = aircraft.min_runway_width_m, int(sit.places.field_width_m[lift.field])
    if needed_m is None or width_m >= needed_m * AS_WIDE:
        return []
    if width_m == 0:
        return [reason("lift.width_unknown", airfield=code, aircraft=aircraft.name, needed_m=needed_m)]
    return [reason("lift.runway_narrow", airfield=code, aircraft=aircraft.name, needed_m=needed_m, width_m=width_m)]


def _one_lift(system: System, whole: Lift, lift: Lift, sit: Situation) -> GateResult:
    """Runway, K-loader, the fleet's doubts, what is not known of the shipment."""
    places, field, carrier = sit.places, lift.field, lift.carrier
    aircraft = carrier.aircraft
    code = places.field_code(field)
    runway_m, needed_m = float(places.field_runway_m[field]), aircraft.min_runway_m
    if runway_m < RUNWAY_TIGHT * needed_m:
        why = reason(
            "lift.runway_short",
            runway_m=runway_m,
            needed_m=needed_m,
            airfield=code,
            aircraft=aircraft.name,
            remedy=_longer_runway(field, needed_m, sit),
        )
        return GateResult.of(Gate.LIFT, Verdict.RED, why)
    doubts: list[Reason] = list(carrier.doubts)
    if runway_m < needed_m:
        doubts.append(
            reason(
                "lift.runway_tight",
                runway_m=runway_m,
                needed_m=needed_m,
                airfield=code,
                aircraft=aircraft.name,
                remedy=_longer_runway(field, needed_m, sit),
            )
        )
    owner = sit.case.dissub.nation
    barred = {owner} if owner in no_landing_in(carrier.fleet, sit.case, places) else set()
    here = str(places.field_country[field])
    let_in = code in let_in_at(carrier.fleet, sit.case.clearances).get(here, ())
    barred |= set(refusing(carrier.fleet, sit.case.clearances))
    refused = tuple(nation for nation in sorted(barred) if not (let_in and nation == here))
    if refused:
        doubts.append(reason("lift.clearance_refused", fleet=carrier.fleet.name, nations=", ".join(refused)))
    doubts += _landing_abroad(lift, refused, sit)
    doubts += overflight_doubts(lift, sit)
    fact = sit.fields.get(field)
    delay, brought = loader_delay_h(aircraft, fact, sit), loader_flown(system.shipment, whole, sit)
    rows = [row for one, row in flown(system.shipment, whole, sit) if one.carrier is carrier]
    # Of a fleet that flies the K-loader alone the others tell.
    if delay is not None and brought is not None and rows:
        doubts.append(
            reason(
                "lift.loader_flown_in",
                airfield=code,
                aircraft=aircraft.name,
                carrier=brought[0].carrier.aircraft.name,
                fleet=brought[0].carrier.fleet.name,
                apoe=places.field_code(brought[0].apoe),
                remedy=reason("lift.find_loader", airfield=code),
            )
        )
    elif delay is not None and rows:
        doubts.append(
            reason(
                "lift.loader_missing",
                airfield=code,
                aircraft=aircraft.name,
                delay_h=median(delay),
                remedy=reason("lift.bring_loader", airfield=code),
            )
        )
    elif delay is None and carrier.needs_loader and (fact is None or fact.has_loader is None):
        doubts.append(reason("lift.loader_unknown", airfield=code, aircraft=aircraft.name))
    if lift.apoe in carrier.flying.store.bare:
        doubts.append(reason("lift.apoe_without_loader", airfield=places.field_code(lift.apoe), aircraft=aircraft.name))
    doubts += refuelling_doubts(lift)
    if system.shipment is None or system.shipment.mass_t is None:
        doubts.append(reason("lift.mass_unknown", nation=system.nations[0]))
    if system.fly_away is None:
        doubts.append(reason("lift.fly_away_unknown", nation=system.nations[0]))
    elevation_m = places.gazetteer.airfields[int(places.field_number[field])].elevation_m
    if elevation_m is not None and elevation_m > HIGH_M:
        lower = _longer_runway(field, needed_m, sit)
        doubts.append(reason("lift.high_field", airfield=code, elevation_m=elevation_m, remedy=lower))
    doubts += _width(lift, sit)
    doubts.append(reason("lift.strength_unknown", airfield=code))
    unknown = system.fly_away is None
    load = reason(
        "lift.load" if len(rows) > 1 else "lift.load_one",
        fleet=carrier.fleet.name,
        aircraft=aircraft.name,
        sorties=len(rows),
        aircraft_count=len({row.aircraft for row in rows}),
        runway_m=runway_m,
        needed_m=needed_m,
        airfield=code,
    )
    other_times = _at_other_times(system, lift, max((row.landed for row in rows), default=0.0), sit)
    told = (*doubts, *((load,) if rows else ()), *overflight_told(lift, sit), *refuelling_told(lift), *other_times)
    return GateResult.of(Gate.LIFT, Verdict.UNKNOWN if unknown else Verdict.AMBER, *told)


def _at_other_times(system: System, lift: Lift, landed_h: float, sit: Situation) -> list[Reason]:
    """Airfields that are open at other times than those of a lift whose last load lands so long after the order."""
    if not lift.carrier.flying.for_a_time:
        return []
    return open_at_other_times(lift, median_ends(sit.starts(system.id, system.nations))[-1] + landed_h, sit)


def _landing_abroad(lift: Lift, refused: Collection[str], sit: Situation) -> list[Reason]:
    """A landing in a third nation that nobody has stated a clearance of: who accepts help lets in its aircraft.

    An owner with whom the fleet's nations are estranged is asked all the same: Iran of the Royal Air Force.
    """
    fleet, nation = lift.carrier.fleet, str(sit.places.field_country[lift.field])
    owner = sit.case.dissub.nation
    lets_in = owner is not None and not is_asked_of_owner(fleet, sit.case)
    at_home = {sovereign_of(one) for one in (*fleet.nations, *((owner,) if owner is not None and lets_in else ()))}
    if sovereign_of(nation) in at_home or nation in {*refused, *lift.carrier.leads}:
        return []
    if nation in opened(fleet, sit.case, sit.places):
        return []
    hours, code = median(sit.assumptions["airlift.clearance_h"]), sit.places.field_code(lift.field)
    return [reason("lift.landing_unknown", fleet=fleet.name, nations=nation, airfield=code, hours=hours)]


def _longer_runway(field: int, needed_m: float, sit: Situation) -> Reason | None:
    """The nearest airfield where the runway does, and that does not lie high up."""
    places = sit.places
    nm = field_distances_nm(places, float(places.field_lat[field]), float(places.field_lon[field]))
    high = places.gazetteer.airfields.elevation_m[places.field_number] > HIGH_M
    long_enough = ((places.field_landing_m >= needed_m) & ~high).nonzero()[0]
    if not len(long_enough):
        return None
    best = int(long_enough[nm[long_enough].argmin()])
    return reason(
        "lift.longer_runway",
        airfield=places.field_code(best),
        runway_m=float(places.field_runway_m[best]),
        distance_nm=float(nm[best]),
    )


@dataclass(frozen=True)
class Late:
    """How late something is: hours that it lacks to be in time nine times in ten, and how late it is by the medians.

    spare_h: hours that pass on its critical path before anything moves, or for others to be ready: by no more could
    anybody make it come sooner. lives_h: the median life aboard: nobody hopes for a crew that lives twice as long.
    step_h: the step to which the lateness is known; both of it are told in steps of it.
    """

    short_h: float
    median_h: float
    spare_h: float
    lives_h: float
    step_h: float = 1.0


def how_late(done_h: FloatArray, done: Band | None, lives: Lives | None, spare_h: float) -> Late | None:
    """By how much it is late, by its (samples,) hours from the alert and their band; None where it is not.

    Nor where nothing is known, or nobody lives to be reached.
    """
    if lives is None or done is None or float(lives.last_end_h.max()) <= 0.0:
        return None
    (short_h,) = in_places(done_h - lives.last_end_h, [round(IN_TIME_GREEN * (len(done_h) - 1))])
    if short_h <= 0.0:
        return None
    late_h = done.p50 - lives.median_h
    step_h = told_step(late_h, hypot((done.p90 - done.p10) / 2.0, lives.doubt_h))
    return Late(_in_steps(short_h, step_h), late_h, spare_h, lives.median_h, step_h)


def _in_steps(hours: float, step_h: float) -> float:
    """Whole hours, above 100 of them two figures, in steps of `step_h` at least: rather more than less."""
    step = max(step_h, 10.0 ** max(floor(log10(hours)) - 1, 0))
    return float(ceil(round(hours / step, 6)) * step)


def _as_told(probability: float) -> float:
    return floor(100.0 * probability + 0.5) / 100.0


def in_time_verdict(probability: float) -> Verdict:
    """The verdict on a chance to be in time, as it is told: who reads 90 % must not be told that it lacks an hour."""
    told = _as_told(probability)
    if told >= IN_TIME_GREEN:
        return Verdict.GREEN
    return Verdict.AMBER if told >= IN_TIME_RED else Verdict.RED


def time_gate(probability: float | None, late: Late | None = None, *, by_prior: bool = False) -> GateResult:
    """Whether the first survivor (or the first help) is in time, by its chance; `late` is by how much it is not.

    `by_prior`: nobody has told of the stores. What comes within the prior's longest life is then not forbidden by it:
    no authority leaves a rescue vehicle at home because of a number that stands for an unknown one.
    """
    if probability is None:
        return GateResult.of(Gate.TIME, Verdict.UNKNOWN, reason("time.survival_unknown"))
    verdict = in_time_verdict(probability)
    if verdict is Verdict.RED and by_prior and _as_told(probability) > 0.0:
        return GateResult.of(Gate.TIME, Verdict.UNKNOWN, reason("time.by_prior", chance=probability))
    if late is not None and verdict is not Verdict.GREEN:
        return GateResult.of(Gate.TIME, verdict, _too_late(probability, late, by_prior=by_prior))
    return GateResult.of(Gate.TIME, verdict, reason(_CHANCE[by_prior], chance=probability))


_CHANCE = {False: "time.in_time", True: "time.in_time_by_prior"}
_TOO_LATE = {False: "time.too_late", True: "time.too_late_by_prior"}


def _too_late(probability: float, late: Late, *, by_prior: bool) -> Reason:
    """The chance, with what would bring it in time where that is near enough; else how far off it is."""
    if late.short_h <= late.spare_h:
        remedy = reason("time.sooner", hours=late.short_h)
    elif late.short_h > late.lives_h and late.median_h > 0.0:
        return reason(_TOO_LATE[by_prior], chance=probability, hours=_in_steps(late.median_h, late.step_h))
    else:
        remedy = reason("time.longer", hours=late.short_h)
    return reason(_CHANCE[by_prior], chance=probability, remedy=remedy)


def capacity_gate(
    people: int | None, capacity: int | None, rescued: float | None, late: Late | None = None
) -> GateResult:
    """Whether all survivors can be taken off before it is too late, by the expected number; `late` as for time."""
    if people is None:
        why = reason("capacity.people_unknown")
        return GateResult.of(Gate.CAPACITY, Verdict.UNKNOWN, why)
    if capacity is None:
        why = reason("capacity.vehicle_unknown")
        return GateResult.of(Gate.CAPACITY, Verdict.UNKNOWN, why)
    if rescued is None:
        why = reason("capacity.survival_unknown", people=people)
        return GateResult.of(Gate.CAPACITY, Verdict.UNKNOWN, why)
    verdict = Verdict.GREEN if round(rescued) >= IN_TIME_GREEN * people else Verdict.AMBER  # as it is told
    near = late is not None and verdict is not Verdict.GREEN and late.short_h <= late.lives_h
    remedy = reason("capacity.sooner", hours=late.short_h) if late is not None and near else None
    why = reason("capacity.expected", rescued=round(rescued, 1), people=people, capacity=capacity, remedy=remedy)
    return GateResult.of(Gate.CAPACITY, verdict, why)
