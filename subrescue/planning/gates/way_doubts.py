"""What has to be asked for the way that is chosen: a ship of a third nation, the Turkish Straits, a border, ice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from subrescue.domain.assets import MovingAsset, Ship
from subrescue.domain.case import OfferState
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, PhaseName, Verdict
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.earth.passages.leave import HOLDER, STRAITS, straits_asked
from subrescue.earth.passages.passages import Passage
from subrescue.earth.places.airspace import sovereign_of
from subrescue.planning.basis.sea_rules import clearances_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.roads import NEXT_DOOR_NM
from subrescue.planning.ships.chains import Chain, worst
from subrescue.planning.ships.frozen_ports import near_freezing

_Doubt = tuple[Gate, Verdict, Reason]


def with_way_doubts(asset: MovingAsset, chain: Chain, sit: Situation) -> tuple[GateResult, ...]:
    """The gates of a chain, with what third nations and harbours have to be asked for it."""
    gates = {gate.gate: gate for gate in chain.gates}
    doubts = (*_of_ship(asset, chain, sit), *_of_leave(chain, sit), *_of_road(chain, sit), *_of_ice(chain, sit))
    for name, verdict, why in doubts:
        gate = gates.get(name)
        if gate is not None:
            gates[name] = gate.model_copy(
                update={"verdict": worst((gate.verdict, verdict)), "reasons": (*gate.reasons, why)}
            )
    return tuple(gates.values())


def _of_ship(asset: MovingAsset, chain: Chain, sit: Situation) -> Iterator[_Doubt]:
    """Whether her nation sends a ship for another's system, and whether the Straits let a warship through."""
    ship, owner = sit.registry.ships.get(chain.via.ship_id or ""), sit.case.dissub.nation
    if ship is None or ship.civilian:  # one that is chartered is asked by the charter
        return
    friends = {*asset.nations, owner}
    if friends.isdisjoint(ship.nations) and not _is_offered(asset, ship, sit):
        yield Gate.SHIP, Verdict.AMBER, reason("ship.of_third_nation", ship=ship.name, nation=", ".join(ship.nations))
    passed = _passed(chain)
    why = straits_asked(ship, passed, sit.case.alert)
    if why is None or owner == HOLDER:
        return
    if sit.rules(ship).closed & STRAITS or _is_cleared(ship, passed, sit):  # the case says more of her
        return
    yield Gate.SHIP, Verdict.UNKNOWN if why.id == "ship.straits_at_war" else Verdict.AMBER, why


def _passed(chain: Chain) -> frozenset[str]:
    return frozenset(one for step in chain.steps if step.sea is not None for one in step.sea.passages)


def _is_cleared(ship: Ship, passed: frozenset[str], sit: Situation) -> bool:
    """Whether the case says of each of the Turkish Straits on her way that she may pass."""
    return all(clearances_of(sit.case, ship, one, sit.world) for one in passed & STRAITS)


def _of_leave(chain: Chain, sit: Situation) -> Iterator[_Doubt]:
    """What is not known of the leave of nations and of icebreakers on the way of the ship."""
    passed = _passed(chain)
    ship = sit.registry.ships.get(chain.via.ship_id or "")
    rules = sit.rules(ship)
    if rules.watched.isdisjoint(passed):
        return
    escorts = {one: _escorts(one, ship, sit) for one in sorted(rules.waits & passed)}
    asks = [one for one, words in escorts.items() if any(word.holds_from is None for word in words)]
    known = [one for one, words in escorts.items() if words and one not in asks]
    by_id = {one.id: one for one in sit.world.router.passages}
    name = ship.name if ship is not None else chain.via.ship
    for why, some in (
        ("ship.behind_icebreaker", rules.led),
        ("ship.through_ice", rules.alone),
        ("ship.may_be_warship", rules.doubted),
        ("ship.leave_unasked", rules.asked),
        ("ship.escorted", frozenset(asks)),
        ("ship.escorted_then", frozenset(known)),
    ):
        found = [by_id[one] for one in sorted(some & passed)]
        if found:
            names = ", ".join(one.name for one in found)
            yield Gate.SHIP, Verdict.AMBER, reason(why, ship=name, passages=names, nations=_nations(found, ship, sit))


def _escorts(passage: str, ship: Ship | None, sit: Situation) -> list[SeaClearance]:
    """The words of the case that let her through with an escort alone."""
    return [word for word in clearances_of(sit.case, ship, passage, sit.world) if word.escort]


def _nations(passages: Iterable[Passage], ship: Ship | None, sit: Situation) -> str:
    """Who gives the leave: whose word the case has, else all that control the passages."""
    words = [word.nation for one in passages for word in clearances_of(sit.case, ship, one.id, sit.world)]
    return ", ".join(dict.fromkeys(words or (nation for one in passages for nation in one.facts.nations)))


def _is_offered(asset: MovingAsset, ship: Ship, sit: Situation) -> bool:
    """Whether the case says that she comes: accepted herself, or named as the ship of the system."""
    own, of_system = sit.offers.get(ship.id), sit.offers.get(asset.id)
    said = own is not None and (own.state is OfferState.ACCEPTED or own.told_to_go is not None)
    return said or (of_system is not None and of_system.ship == ship.id)


def _of_road(chain: Chain, sit: Situation) -> Iterator[_Doubt]:
    """A border between the airfield and the port."""
    if chain.lift is None or chain.meeting is None:
        return
    far = any((step.distance_nm or 0.0) > NEXT_DOOR_NM for step in chain.steps if step.phase is PhaseName.ROAD_TO_PORT)
    nations = str(sit.places.field_country[chain.lift.field]), str(sit.places.port_country[chain.meeting.port])
    if far and all(nations) and len(set(map(sovereign_of, nations))) > 1:
        airfield, port = sit.places.field_code(chain.lift.field), sit.places.port_place(chain.meeting.port).name
        yield (
            Gate.LIFT,
            Verdict.AMBER,
            reason("lift.road_abroad", airfield=airfield, port=port, nations=", ".join(nations)),
        )


def _of_ice(chain: Chain, sit: Situation) -> Iterator[_Doubt]:
    """Ice at the berths and ports from which a ship sails; that at the datum is the hazards'."""
    sails = [step.origin for step in chain.steps if step.sea is not None and step.origin is not None]
    for place in dict.fromkeys(sails):
        if near_freezing(place.position, sit):
            yield Gate.SHIP, Verdict.AMBER, reason("ship.port_may_freeze", port=place.name)
