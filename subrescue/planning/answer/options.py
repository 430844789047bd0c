"""One asset's answer: its chains, the best of them sampled, its gates, its chances and the reason for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from subrescue.domain.airlift import Airlift
from subrescue.domain.assets import RescueSystem, Ship, Shipment
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import (
    Alternative,
    ChamberShip,
    Gate,
    GateResult,
    Mode,
    Option,
    PeopleOut,
    PhaseName,
    PhaseSpan,
    Verdict,
)
from subrescue.planning.airlift.lifts import Lift
from subrescue.planning.answer.action_plan import airlift_of
from subrescue.planning.answer.chamber_ship import chamber_ship, chambers_beside, in_use
from subrescue.planning.answer.goals import goal_notes
from subrescue.planning.answer.later_spans import later_spans
from subrescue.planning.answer.sampled import Sampled, sampled
from subrescue.planning.answer.weakest_fact import weakest_fact
from subrescue.planning.basis.ground import ground_of, on_ground, scene_of, way_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.chamber_queue import pressed
from subrescue.planning.dives.cycles import decompression_h, run_cycles
from subrescue.planning.dives.lives import Lives, brought_out
from subrescue.planning.dives.people_out import Done, people_out, scene_notes
from subrescue.planning.doubt.durations import FloatArray, median
from subrescue.planning.doubt.schedule import Step, Timetable, timetable
from subrescue.planning.doubt.weather import waves_below
from subrescue.planning.gates.all_gates import all_gates
from subrescue.planning.gates.gates_chain import IN_TIME_GREEN, capacity_gate, how_late, time_gate
from subrescue.planning.gates.remedies import with_remedies
from subrescue.planning.gates.scene_gates import scene_gates
from subrescue.planning.gates.unstated_ice import with_unstated_ice
from subrescue.planning.gates.way_doubts import with_way_doubts
from subrescue.planning.gates.weather_gate import with_usual_sea
from subrescue.planning.ships.chains import ALTERNATIVES, Chain, MovingAsset, worst
from subrescue.planning.ships.quays import closed_gate
from subrescue.planning.survival.pressure_groups import groups_for
from subrescue.planning.survival.survival import people_to_rescue
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import KEPT
from subrescue.planning.ways.no_way_by_air import nothing_by_air

# Alternatives that differ in the fleet alone.
BY_OTHER_FLEETS = 2


def best_timetable(asset: MovingAsset, sit: Situation) -> Timetable | None:
    """The sampled timetable of the asset's best chain, or None where it has none: what `option_of` reports in bands."""
    chains = chains_of(asset, sit)
    return timetable(list(chains[0].steps), sit.draws) if chains else None


def option_of(
    asset: MovingAsset,
    sit: Situation,
    survival_h: FloatArray | None,
    lives: Lives | None = None,
    ways: int = KEPT,
) -> Option:
    """The asset's best chain with times, gates and reasons, and its other ways as alternatives; none for one way.

    `survival_h` is when life ends in the first compartment; `lives` tells the compartments apart where they are known.
    """
    if lives is None and survival_h is not None:
        lives = Lives.together(survival_h)
    at_hull = tuple(with_unstated_ice(gate, sit) for gate in _gates_at_hull(asset, sit))
    gates = list(at_hull)
    forbidden = any(gate.verdict is Verdict.RED for gate in gates)
    chains = chains_of(asset, sit, 1 if forbidden else ways, best_only=ways == 1)
    if not chains:
        return _without_chain(asset, gates, sit)
    best = chains[0]
    plan = sampled(best, asset, sit)
    gates += with_way_doubts(asset, best, sit)
    if plan.sea is not None:
        gates = [plan.sea if gate.gate is Gate.SEA else gate for gate in gates]
    if plan.usual:
        gates = [with_usual_sea(gate, plan.usual) if gate.gate is Gate.SEA else gate for gate in gates]
    outcome = _outcome(asset, best, plan, lives, sit)
    if best.arrives:
        gates += outcome.gates
    known = {id(gate) for gate in at_hull}
    more = with_remedies((gate for gate in gates if id(gate) not in known), asset, sit)
    gates = sorted([*(gate for gate in gates if id(gate) in known), *more], key=lambda gate: _GATE_ORDER[gate.gate])
    verdict, weakest = worst(gate.verdict for gate in gates), weakest_fact(asset)
    return Option(
        asset_id=asset.id,
        name=asset.name,
        nations=asset.nations,
        kind=asset.kind,
        mode=best.mode,
        verdict=verdict,
        gates=all_gates(gates, asset.kind, best.mode, best.arrives),
        phases=(*plan.spans, *outcome.spans),
        via=best.via,
        airlift=_airlift(asset, best, sit),
        sea_nm=best.sea_nm,
        time_to_intervention_h=outcome.intervention_h,
        time_to_first_rescue_h=outcome.first_h,
        time_to_last_rescue_h=outcome.last_h,
        probability_in_time=outcome.in_time,
        probability_all_in_time=outcome.all_in_time,
        expected_rescued=outcome.rescued,
        limiting_factor=limiting_factor(gates, plan.longest),
        critical_path=plan.critical_path,
        unknowns=unknowns(gates),
        weakest_fact=weakest[0],
        weakest_evidence=weakest[1],
        people_out=outcome.people_out,
        alternatives=() if ways == 1 else _alternatives(asset, chains, sit),
        chamber_ship=None if forbidden else outcome.chamber_ship,
        notes=(*_off_hours(asset, best, sit), *outcome.notes),
    )


def _gates_at_hull(asset: MovingAsset, sit: Situation) -> tuple[GateResult, ...]:
    """The gates of an asset at this DISSUB wherever she lies, with their remedies; kept from plan to plan."""
    scene = scene_of(sit)

    def judged() -> tuple[GateResult, ...]:
        boat, case = scene.submarine_class, scene.case
        mate = scene.registry.mate(asset.id, boat.id if boat is not None else None)
        agreements = scene.registry.agreements_with(asset.nations, case.dissub.nation)
        return with_remedies(scene_gates(asset, case, boat, scene.assumptions, mate, agreements), asset, scene)

    return on_ground(scene, "gates_at_hull", asset.id, (asset,), judged)


_GATE_ORDER = {gate: number for number, gate in enumerate(Gate)}


def _off_hours(asset: MovingAsset, best: Chain, sit: Situation) -> tuple[Reason, ...]:
    """Notes of the asset and its ship where they are told to go outside their working hours."""
    ship = sit.registry.ships.get(best.via.ship_id or "")
    late = [one for one in (asset, ship) if one is not None and sit.off_hours(one)]
    return tuple(reason("notice.off_hours", name=name) for name in dict.fromkeys(one.name for one in late))


def _without_chain(asset: MovingAsset, gates: list[GateResult], sit: Situation) -> Option:
    if isinstance(asset, Ship):
        missing = GateResult(
            gate=Gate.ROUTE,
            verdict=Verdict.UNKNOWN,
            reasons=(reason("ship.position_unknown", ship=asset.name, nation=asset.nations[0]),),
        )
    elif asset.fly_away is False:
        why = reason("ship.home_unknown", name=asset.name, nation=asset.nations[0])
        missing = GateResult(gate=Gate.SHIP, verdict=Verdict.UNKNOWN, reasons=(why,))
    else:
        missing = (
            closed_gate(asset, sit)
            or nothing_by_air(asset, sit)
            or GateResult(gate=Gate.ROUTE, verdict=Verdict.RED, reasons=(reason("route.no_chain", name=asset.name),))
        )
    gates = sorted(with_remedies([*gates, missing], asset, sit), key=lambda gate: _GATE_ORDER[gate.gate])
    weakest = weakest_fact(asset)
    return Option(
        asset_id=asset.id,
        name=asset.name,
        nations=asset.nations,
        kind=asset.kind,
        verdict=worst(gate.verdict for gate in gates),
        gates=all_gates(gates, asset.kind, None, False),
        limiting_factor=limiting_factor(gates, None) or missing.reasons[0],
        unknowns=unknowns(gates),
        weakest_fact=weakest[0],
        weakest_evidence=weakest[1],
    )


@dataclass(frozen=True, eq=False)
class _Outcome:
    """What comes of a chain: times as bands, chances, gates of time and capacity, phases after the first dive."""

    intervention_h: Band | None = None
    first_h: Band | None = None
    last_h: Band | None = None
    in_time: float | None = None
    all_in_time: float | None = None
    rescued: float | None = None
    gates: tuple[GateResult, ...] = ()
    spans: tuple[PhaseSpan, ...] = ()
    people_out: tuple[PeopleOut, ...] = ()
    notes: tuple[Reason, ...] = ()
    chamber_ship: ChamberShip | None = None


def _outcome(
    asset: MovingAsset, chain: Chain, plan: Sampled, lives: Lives | None, sit: Situation
) -> _Outcome:
    over_h = plan.end_of(PhaseName.TRANSIT, PhaseName.AIR_DROP)
    if not isinstance(asset, RescueSystem):
        there = plan.end_of(PhaseName.INTERVENTION, PhaseName.AIR_DROP)
        if there is None:
            return _Outcome()
        sit.done[asset.id] = Done(over_h, there)
        chance = _chance(there, lives)
        there_band = plan.end_band(PhaseName.INTERVENTION, PhaseName.AIR_DROP)
        return _Outcome(
            intervention_h=there_band,
            in_time=chance,
            gates=(_time_gate(chance, there, there_band, lives, plan),),
            notes=goal_notes(asset, there, sit),
        )
    surveyed, first = plan.end_of(PhaseName.SURVEY), plan.end_of(PhaseName.FIRST_DIVE)
    people = people_to_rescue(sit.case, sit.submarine_class)
    groups = groups_for(people, lives, sit) if people else ()
    needed = pressed(groups) if people else None
    asked = needed if people else decompression_h(sit.case, sit.assumptions)
    more = chambers_beside(asset, chain, needed, sit) if asked else ()
    if surveyed is None or first is None:
        return _Outcome(chamber_ship=chamber_ship(more, needed))
    first_band = plan.end_band(PhaseName.FIRST_DIVE)
    chance, cycles = _chance(first, lives), None
    if people and asset.capacity_persons is not None:
        weather = waves_below(asset, sit.case, sit.assumptions)
        cycles = run_cycles(
            asset, chain.host_ship, people, first, sit.case, sit.assumptions, sit.draws, weather, groups, more
        )
        more = in_use(more, cycles)
    sit.done[asset.id] = Done(over_h, surveyed, first, cycles)
    alive = brought_out(cycles, lives) if cycles is not None and lives is not None else None
    saved = alive.sum(axis=0, dtype=np.int16) if alive is not None else None
    rescued = float(saved.mean()) if saved is not None else None
    return _Outcome(
        intervention_h=plan.end_band(PhaseName.SURVEY),
        first_h=first_band,
        last_h=cycles.out_bands[-1] if cycles is not None else None,
        in_time=chance,
        all_in_time=float(np.mean(saved >= people)) if saved is not None and people else None,
        rescued=rescued,
        gates=(
            _time_gate(chance, first, first_band, lives, plan),
            capacity_gate(
                people,
                asset.capacity_persons,
                rescued,
                how_late(cycles.last_h, cycles.out_bands[-1], lives, plan.spare_h) if cycles is not None else None,
            ),
        ),
        spans=later_spans(asset, first, cycles, groups, sit),
        people_out=people_out(cycles, alive) if cycles is not None else (),
        notes=(
            *goal_notes(asset, first, sit),
            *(
                scene_notes(asset, chain.host_ship, people, cycles, sit.case, sit.assumptions, groups, more)
                if people and cycles is not None
                else ()
            ),
        ),
        chamber_ship=chamber_ship(more, needed),
    )


def _time_gate(
    chance: float | None, done_h: FloatArray, done: Band | None, lives: Lives | None, plan: Sampled
) -> GateResult:
    is_late = chance is not None and chance < IN_TIME_GREEN
    return time_gate(chance, how_late(done_h, done, lives, plan.spare_h) if is_late else None)


def _chance(done_h: FloatArray, lives: Lives | None) -> float | None:
    """Chance that somebody still lives then, in whatever compartment."""
    return None if lives is None else float(np.count_nonzero(done_h < lives.last_end_h) / len(done_h))


def limiting_factor(gates: Iterable[GateResult], longest: Step | None) -> Reason | None:
    """What decides: the first reason of the first red gate, else the longest phase of the critical path, `longest`."""
    for gate in gates:
        if gate.verdict is Verdict.RED and gate.reasons:
            return gate.reasons[0]
    if longest is None:
        return None
    hours = median(longest.duration_h)
    return reason("limit.phase", phase=longest.phase.value, hours=hours, carrier=longest.carrier)


def unknowns(gates: Collection[GateResult]) -> tuple[Reason, ...]:
    """The unknown facts that keep gates from being decided, in the order of the gates: what nothing would change is a
    yes beside them."""
    found = [
        why for gate in gates if gate.verdict is Verdict.UNKNOWN for why in gate.reasons if why.remedy is not None
    ]
    found += [why for gate in gates for why in gate.reasons if why.id == "lift.mass_unknown"]
    return tuple(_unique(found))


def _unique(reasons: list[Reason]) -> list[Reason]:
    seen: set[str] = set()
    kept = []
    for why in reasons:
        if why.id not in seen:
            seen.add(why.id)
            kept.append(why)
    return kept


def _airlift(asset: MovingAsset, chain: Chain, sit: Situation) -> Airlift | None:
    """The airlift of the chosen chain with its timetable."""
    if chain.lift is None or isinstance(asset, Ship):
        return None
    lift, shipment, ground = chain.lift, asset.shipment, ground_of(sit)
    if chain.mode is Mode.AIR_DROP:  # nothing of it lands: its phases tell when it is over the datum
        return _airlift_figures(lift, sit, shipment)

    def timed() -> Airlift:
        return airlift_of(lift, ground, shipment, go_h(asset, ground))

    return on_ground(ground, "airlifts", (lift, True), (shipment,), timed)


def _airlift_figures(lift: Lift, sit: Situation, shipment: Shipment | None) -> Airlift:
    ground = ground_of(sit)
    return on_ground(ground, "airlifts", (lift, False), (shipment,), lambda: airlift_of(lift, ground, shipment))


def _fleets(chain: Chain) -> tuple[str, ...]:
    return () if chain.lift is None else tuple(sorted(one.carrier.fleet.id for one in chain.lift.all))


def _alternatives(asset: MovingAsset, chains: list[Chain], sit: Situation) -> tuple[Alternative, ...]:
    """The alternatives of these chains, kept as long as they are."""
    shipment, way = None if isinstance(asset, Ship) else asset.shipment, way_of(sit, asset)
    if way is sit:
        return _alternatives_of(chains, shipment, sit)
    return on_ground(way, "alternatives", asset.id, (chains, shipment), lambda: _alternatives_of(chains, shipment, sit))


def _alternatives_of(chains: list[Chain], shipment: Shipment | None, sit: Situation) -> tuple[Alternative, ...]:
    """The earliest chains that differ in airfield, port, ship or mode, and those that differ in the fleet alone."""
    best = chains[0]
    seen, flying = {best.places}, {(best.places, _fleets(best))}
    elsewhere: list[Chain] = []
    otherwise: list[Chain] = []
    for chain in (one for one in chains if one.arrives):
        if chain.places not in seen:
            seen.add(chain.places)
            flying.add((chain.places, _fleets(chain)))
            elsewhere.append(chain)
        elif (chain.places, _fleets(chain)) not in flying:
            flying.add((chain.places, _fleets(chain)))
            otherwise.append(chain)
    kept = {*elsewhere[:ALTERNATIVES], *otherwise[:BY_OTHER_FLEETS]}
    return tuple(
        Alternative.of_checked(
            mode=chain.mode,
            via=chain.via,
            airlift=_airlift_figures(chain.lift, sit, shipment) if chain.lift is not None else None,
            verdict=chain.verdict,
            costs_h=chain.hours - best.hours,
        )
        for chain in chains
        if chain in kept
    )
