"""One asset's answer: its chains, the best of them sampled, its gates, its chances and the reason for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from subrescue.domain.airlift import Airlift
from subrescue.domain.assets import MovingAsset, Ship, Shipment, System
from subrescue.domain.instants import hours_between
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import (
    Alternative,
    Gate,
    GateResult,
    Mode,
    Option,
    Verdict,
)
from subrescue.planning.airlift.lifts import Lift
from subrescue.planning.answer.action_plan import airlift_of
from subrescue.planning.answer.outcome import outcome_of
from subrescue.planning.answer.sampled import sampled
from subrescue.planning.answer.weakest_fact import weakest_fact
from subrescue.planning.basis.ground import ground_of, on_ground, scene_of, way_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.lives import Lives
from subrescue.planning.dives.people_out import Done
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.schedule import Step
from subrescue.planning.gates.all_gates import all_gates, in_order
from subrescue.planning.gates.remedies import with_remedy
from subrescue.planning.gates.scene_gates import scene_gates
from subrescue.planning.gates.unstated_ice import with_unstated_ice
from subrescue.planning.gates.way_doubts import with_way_doubts
from subrescue.planning.gates.weather_gate import with_usual_sea
from subrescue.planning.ships.chains import ALTERNATIVES, Chain, worst
from subrescue.planning.ships.hosts import stated_ship
from subrescue.planning.ships.own_ship import shut_out_gate
from subrescue.planning.ships.quays import closed_gate
from subrescue.planning.ships.ship_state import state_doubt
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import KEPT
from subrescue.planning.ways.no_way_by_air import nothing_by_air

# Alternatives that differ in the fleet alone.
BY_OTHER_FLEETS = 2
# Some 4 kB each: a plan asks for up to 112, one of as many systems as a memory is made for for 150.
_AIRLIFTS_KEPT = 320


def option_of(asset: MovingAsset, sit: Situation, lives: Lives | None, *, brief: bool = False) -> Option:
    """The asset's best chain with times, gates and reasons, and its other ways as alternatives; in brief without these.

    `lives` is how long who lives aboard; without it no chances are told.
    """
    return option_and_done(asset, sit, lives, brief=brief)[0]


def option_and_done(
    asset: MovingAsset,
    sit: Situation,
    lives: Lives | None,
    *,
    brief: bool = False,
    chains: list[Chain] | None = None,
    away: frozenset[str] = frozenset(),
) -> tuple[Option, Done | None]:
    """`option_of`, and what it achieves in each draw: what others wait for. None where it achieves nothing.

    chains: its ways, the best first, where they are not all that it has. away: ids of ships that sail for others.
    """
    at_hull = tuple(with_unstated_ice(gate, sit) for gate in _gates_at_hull(asset, sit))
    forbidden = any(gate.verdict is Verdict.RED for gate in at_hull)
    if chains is None:
        chains = chains_of(asset, sit, 1 if forbidden or brief else KEPT, best_only=brief)
    if not chains:
        return _without_chain(asset, at_hull, sit), None
    best = chains[0]
    plan = sampled(best, asset, sit)
    outcome = outcome_of(asset, best, plan, lives, sit, away)
    found = [
        *(with_usual_sea(plan.sea or gate, plan.usual) if gate.gate is Gate.SEA else gate for gate in at_hull),
        *with_way_doubts(asset, best, sit),
        *(outcome.gates if best.arrives else ()),
    ]
    with_theirs = set(map(id, at_hull))
    gates = in_order(gate if id(gate) in with_theirs else with_remedy(gate, asset, sit) for gate in found)
    verdict, weakest = worst(gate.verdict for gate in gates), weakest_fact(asset)
    option = Option(
        asset_id=asset.id,
        name=asset.name,
        nations=asset.nations,
        kind=asset.kind,
        mode=best.mode,
        verdict=verdict,
        gates=all_gates(gates, asset.kind, best.mode, best.arrives),
        phases=(*plan.spans, *outcome.spans),
        via=best.via,
        airlift=airlift_flown(asset, best, sit),
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
        alternatives=() if brief else _alternatives(asset, chains, sit),
        chamber_ship=None if forbidden else outcome.chamber_ship,
        notes=(*_off_hours(asset, best, sit), *_not_as_stated(asset, best, sit), *outcome.notes),
    )
    return option, outcome.done


def _gates_at_hull(asset: MovingAsset, sit: Situation) -> tuple[GateResult, ...]:
    """The gates of an asset at this DISSUB wherever she lies, with their remedies; kept from plan to plan."""
    scene = scene_of(sit)

    def judged() -> tuple[GateResult, ...]:
        boat, case = scene.submarine_class, scene.case
        mate = scene.registry.mate(asset.id, boat.id if boat is not None else None)
        agreements = scene.registry.agreements_with(asset.nations, case.dissub.nation)
        found = scene_gates(asset, case, boat, scene.assumptions, mate, agreements)
        return tuple(with_remedy(gate, asset, scene) for gate in found)

    return on_ground(scene, "gates_at_hull", asset.id, (asset,), judged)


def _off_hours(asset: MovingAsset, best: Chain, sit: Situation) -> tuple[Reason, ...]:
    """Notes of the asset and its ship where they are told to go outside their working hours."""
    ship = sit.registry.ships.get(best.via.ship_id or "")
    late = [one for one in (asset, ship) if one is not None and sit.off_hours(one)]
    return tuple(reason("notice.off_hours", name=name) for name in dict.fromkeys(one.name for one in late))


def _not_as_stated(asset: MovingAsset, best: Chain, sit: Situation) -> tuple[Reason, ...]:
    """Notes where the plan does not follow what the case states: the hour of the order, the APOD that is settled."""
    found = []
    order = sit.offer(asset.id, best.via.ship_id)
    if order is not None and order.told_to_go is not None and order.told_to_go < sit.case.alert:
        found.append(reason("notice.told_before", hours=hours_between(order.told_to_go, sit.case.alert)))
    offer = sit.offers.get(asset.id)
    if offer is not None and offer.apod is not None and (best.via.apod is None or best.via.apod.code != offer.apod):
        found.append(reason("notice.not_by_apod", airfield=offer.apod))
    return tuple(found)


def _without_chain(asset: MovingAsset, at_hull: tuple[GateResult, ...], sit: Situation) -> Option:
    lies_on_ship = isinstance(asset, Ship) or asset.fly_away is False
    shut_out = shut_out_gate(asset, sit) if lies_on_ship else None
    if shut_out is not None:
        missing = shut_out
    elif isinstance(asset, Ship):
        missing = GateResult.of(
            Gate.ROUTE, Verdict.UNKNOWN, reason("ship.position_unknown", ship=asset.name, nation=asset.nations[0])
        )
    elif (of_ship := _no_stated_ship(asset, sit)) is not None:
        missing = of_ship
    elif asset.fly_away is False or _has_lost_its_ships(asset, sit):
        why = reason("ship.home_unknown", name=asset.name, nation=asset.nations[0])
        missing = GateResult.of(Gate.SHIP, Verdict.UNKNOWN, why)
    else:
        missing = (
            closed_gate(asset, sit)
            or nothing_by_air(asset, sit)
            or GateResult.of(Gate.ROUTE, Verdict.RED, reason("route.no_chain", name=asset.name))
        )
    gates = in_order((*at_hull, with_remedy(missing, asset, sit)))
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


def _has_lost_its_ships(asset: System, sit: Situation) -> bool:
    """Whether an asset that is not known to fly lives on ships, and of none of them anybody knows where she is."""
    ships = [sit.registry.ships.get(one) for one in asset.home_ships]
    known = any(ship is not None and sit.ship_position(ship) is not None for ship in ships)
    return asset.fly_away is None and bool(ships) and not known


def _no_stated_ship(asset: System, sit: Situation) -> GateResult | None:
    """The ship gate where nobody knows where the ship is that the case gives an asset; None where that is known."""
    ship = stated_ship(asset, sit)
    if ship is None or sit.ship_position(ship) is not None:
        return None
    state = state_doubt(ship, sit)
    if state is not None and state.verdict is Verdict.RED:
        return state
    why = reason("ship.position_unknown", ship=ship.name, nation=ship.nations[0])
    return GateResult.of(Gate.SHIP, Verdict.UNKNOWN, *(state.reasons if state is not None else ()), why)


def with_reasons(option: Option, gate: Gate, reasons: tuple[Reason, ...]) -> Option:
    """An option that a gate forbids, with other reasons at one of its gates; what limits it is told by them anew."""
    gates = tuple(one.model_copy(update={"reasons": reasons}) if one.gate is gate else one for one in option.gates)
    return option.model_copy(update={"gates": gates, "limiting_factor": limiting_factor(gates, None)})


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
    found = [why for gate in gates if gate.verdict is Verdict.UNKNOWN for why in gate.reasons if why.remedy is not None]
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


def airlift_flown(asset: MovingAsset, chain: Chain, sit: Situation) -> Airlift | None:
    """The airlift of the chosen chain with its timetable."""
    if chain.lift is None or isinstance(asset, Ship):
        return None
    lift, shipment, ground = chain.lift, asset.shipment, ground_of(sit)
    if chain.mode is Mode.AIR_DROP:  # nothing of it lands: its phases tell when it is over the datum
        return _airlift_figures(lift, sit, shipment)

    def timed() -> Airlift:
        return airlift_of(lift, ground, shipment, go_h(asset, ground))

    return on_ground(ground, "airlifts", (lift, True), (shipment,), timed, _AIRLIFTS_KEPT)


def _airlift_figures(lift: Lift, sit: Situation, shipment: Shipment | None) -> Airlift:
    ground = ground_of(sit)

    def counted() -> Airlift:
        return airlift_of(lift, ground, shipment)

    return on_ground(ground, "airlifts", (lift, False), (shipment,), counted, _AIRLIFTS_KEPT)


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
