"""What no DISSUB changes: the same case with its submarine taken out, and what was worked out for it, kept.

Fleets, airfields, lifts and roads are the same wherever a boat lies and whatever is known of her. They are worked out
in a situation that does not know her, so that nothing of her can slip in, and the next plan finds them there as long
as all that they may look at is the same. What each of these situations still knows, and whom it is for:

    facts     no DISSUB and no assumption: what is known of fleets and fields
    road      no DISSUB, assumptions of alert and road
    ground    no DISSUB, assumptions of alert, road and flights
    scene     the DISSUB without her place, ships, other systems as a gate sees them: the gates at the hull
    way       her place, nation and what entangles her, ships, assumptions of one kind of asset: all ways to her
    passage   `way` with the assumptions of passages alone: ways by sea
    berth     `passage` wherever she lies: ships up to when they sail

None has luck: what is drawn is the plan's own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from subrescue.domain.assets import MovingAsset, RescueSystem
from subrescue.domain.case import Case, CaseAssets, Dissub, Environment
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.may_fly import may_fly
from subrescue.planning.doubt.durations import Draws
from subrescue.planning.geography.case_ports import NOTHING_KNOWN

if TYPE_CHECKING:
    from subrescue.planning.basis.situation import Situation

T = TypeVar("T")

# Assumptions of the way to the quay by road, and by air; one that is not among them is not there on the ground.
_OF_ROAD = ("alert.", "recall.", "road.")
_OF_AIR = ("airlift.", "refuel.")
_OF_GROUND = (*_OF_ROAD, *_OF_AIR)
# Assumptions of the gates at the DISSUB, and of what ships can do for a system.
_OF_SCENE = ("limit.", "alert.", "recall.", "ship.", "fit_out.")
# Assumptions of the ways to the DISSUB without flights, and of the work there up to the first rescue or intervention.
_OF_PASSAGE = (*_OF_ROAD, "ship.", "fit_out.", "limit.", "weather.")
_OF_RESCUE = ("scene.survey_h", "scene.clear_seat_h", "scene.first_dive_h")
_OF_INTERVENTION = ("scene.intervention_h", "scene.saturation_h", "scene.elss_sortie_h", "scene.air_drop_h")
# Of each kind so many results are kept: a plan asks for up to 300, one with 500 more ships for 600. Of a larger
# registry many times as many are (`Situation.times`): were the first gone before the last is made, no plan found any.
_KEPT = 640
# Poleward of it ice at the datum is taken for pack ice of several years (planning assumption).
PACK_ICE_DEG = 80.0
_NOWHERE = Fix(position=Position(lat_deg=0.0, lon_deg=0.0))
_NEAR_A_POLE = Fix(position=Position(lat_deg=90.0, lon_deg=0.0))
# Parts of a case that no planner reads, blank; its assumptions are in the situation's.
_UNREAD: dict[str, object] = {
    "title": "",
    "summary": None,
    "assumptions": {},
    "annotations": (),
    "range_rings": (),
    "log": (),
}
# What is said of assets and by whom, blank: it moves nothing of a way.
_UNASKED: dict[str, object] = {"assets": CaseAssets(), "sources": ()}


def ground_of(sit: Situation) -> Situation:
    """The situation without the DISSUB, with a memory that outlives the plan.

    It has no sea and no ships, no systems but those that are handed to it.
    """
    return sit.once("ground", None, lambda: _kept(_without_dissub(sit)))


def scene_of(sit: Situation) -> Situation:
    """The situation without the place of the DISSUB, with a memory that outlives the plan: for what is so anywhere."""
    return sit.once("scene", None, lambda: _kept(_without_place(sit)))


def road_of(sit: Situation) -> Situation:
    """The situation of `ground_of` without what flights alone depend on, with a memory that outlives the plan."""
    return sit.once("road", None, lambda: _kept(_without_dissub(sit, _OF_ROAD)))


def facts_of(sit: Situation) -> Situation:
    """The situation of `ground_of` without any assumption, with a memory that outlives the plan: for what is known."""
    return sit.once("facts", None, lambda: _kept(_without_dissub(sit, ())))


def way_of(sit: Situation, asset: MovingAsset) -> Situation:
    """The situation without what does not move the ways of an asset to the DISSUB, with a memory beyond the plan.

    She has a place there, a nation and what entangles her, and neither people nor stores; it has no systems but
    those that are handed to it, and only the assumptions that the ways of such an asset read: of flights where it may
    fly, and of its own work. For a situation alone, `sit` itself.
    """
    if sit.alone:
        return sit
    rescues, flies = isinstance(asset, RescueSystem), may_fly(asset)

    def made() -> Situation:
        families = (*_OF_PASSAGE, *(_OF_RESCUE if rescues else _OF_INTERVENTION), *(_OF_AIR if flies else ()))
        return _kept_way(_without_people(sit, families))

    return sit.once("way", (rescues, flies), made)


def passage_of(sit: Situation) -> Situation:
    """The situation of `way_of` without flights and the work on scene, with a memory that outlives the plan.

    For ways by sea. For a situation alone, `sit` itself.
    """
    if sit.alone:
        return sit

    def made() -> Situation | None:
        found = _kept_passage(_by_itself(sit, assumptions=_numbers_of(sit.assumptions, _OF_PASSAGE)))
        return None if found is sit else found  # one that knew itself would never go without the collector

    return sit.once("passage", None, made) or sit


def berth_of(sit: Situation) -> Situation:
    """The situation of `passage_of` wherever the DISSUB lies, with a memory that outlives the plan.

    For ships up to when they sail to her. Without a memory to keep, `sit` itself.
    """
    if sit.alone:
        return sit
    passage = passage_of(sit)

    def made() -> Situation:
        anywhere = passage.case.model_copy(update={"dissub": _anywhere(passage.case)})
        rules = passage.sea_rules.anywhere()
        blank = _by_itself(passage, case=anywhere, ship_sea_nm={}, datum_dry=None, sea_rules=rules)
        found = _kept_berth(blank)
        # Its ways by sea, from where ships lie to ports, are kept with it.
        found.memory["passage"] = {None: None}
        return found

    return passage.once("berth", None, made)


def on_ground(
    sit: Situation, kind: str, key: object, inputs: tuple[object, ...], make: Callable[[], T], most: int = _KEPT
) -> T:
    """What was made of these very inputs on this ground, made now where it was not.

    `sit` is one of those above. `key` finds the result; `inputs` are what it was made of
    beside the ground, compared by identity. No more than `most` of a kind are kept, times `sit.times`: what was made
    first goes.
    """
    rows = sit.memory.setdefault(kind, {})
    row: tuple[tuple[object, ...], T] | None = rows.get(key)
    if row is None or any(one is not other for one, other in zip(row[0], inputs, strict=True)):
        go_on()
        rows.pop(key, None)
        row = (inputs, make())
        while len(rows) >= most * sit.times:
            rows.pop(next(iter(rows)), None)
        rows[key] = row
    return row[1]


def _anywhere(case: Case) -> Dissub:
    """The DISSUB without her place: all that is left of it is whether she lies where there is ice nearly always."""
    return case.dissub.model_copy(update={"fix": _NEAR_A_POLE if is_near_a_pole(case) else _NOWHERE})


def is_near_a_pole(case: Case) -> bool:
    """Whether the DISSUB lies where there is pack ice nearly always."""
    return abs(case.dissub.fix.position.lat_deg) >= PACK_ICE_DEG


def _case_of(case: Case) -> Case:
    return case.model_copy(
        update={
            **_UNREAD,
            **_UNASKED,
            "id": "ground",
            "dissub": Dissub(name="", nation=case.dissub.nation, fix=_NOWHERE),
            "environment": Environment(),
            "ships": (),
            "ports": (),
            "closed_passages": (),
        }
    )


def _registry_of(registry: Registry) -> Registry:
    return registry.model_copy(
        update={"rescue_systems": {}, "intervention_systems": {}, "ships": {}, "medical_units": {}, "sources": {}}
    )


def _registry_with_ships(registry: Registry) -> Registry:
    """The registry without systems; only which ships carry them counts for others."""
    homes = {
        key: _seen_by_others(key, system.home_ships)
        for key, system in registry.rescue_systems.items()
        if system.home_ships
    }
    return _registry_of(registry).model_copy(update={"rescue_systems": homes, "ships": registry.ships})


@lru_cache(maxsize=1024)
def _seen_by_others(system: str, home_ships: tuple[str, ...]) -> RescueSystem:
    """A system of which nothing is known but this."""
    return RescueSystem.model_construct(id=system, name="", nations=(), home_ships=home_ships)


def _numbers_of(assumptions: Assumptions, families: tuple[str, ...]) -> Assumptions:
    chosen = {key: item for key, item in assumptions.items.items() if key.startswith(families)}
    return Assumptions.of_checked(items=chosen)


class Firsts:
    """The `most` grounds that were asked for last: of those that see the same the first, with all that it knows."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._last_first: list[Situation] = []
        self._lock = threading.Lock()

    def __call__(self, sit: Situation) -> Situation:
        """The first of the grounds that are the same as this."""
        with self._lock:
            kept = self._last_first
            at = next((number for number, one in enumerate(kept) if _are_the_same(one, sit)), len(kept))
            kept.insert(0, kept.pop(at) if at < len(kept) else sit)
            del kept[self._most :]
            return kept[0]

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._last_first)

    def keep_last(self, count: int) -> None:
        """Let all go but so many that were asked for last."""
        with self._lock:
            del self._last_first[count:]


def _are_the_same(mine: Situation, its: Situation) -> bool:
    return (
        mine.world is its.world
        and mine.places is its.places
        and mine.times == its.times
        and mine.case == its.case
        and mine.timed == its.timed
        and mine.assumptions == its.assumptions
        and mine.registry == its.registry
        and mine.submarine_class == its.submarine_class
        and mine.fields == its.fields
        and mine.sea_rules.base == its.sea_rules.base
        and mine.sea_rules.shut_in == its.sea_rules.shut_in
    )


# One plan asks for half of each. Ways of four kinds of assets hold all chains: many would keep the collector busy.
_kept, _kept_way, _kept_passage, _kept_berth = Firsts(8), Firsts(8), Firsts(2), Firsts(2)


def let_go_of_earlier_grounds() -> None:
    """Keep no more than the last plan asked for: those of the plan before take some 20 MB."""
    for kept, of_a_plan in ((_kept, 4), (_kept_way, 4), (_kept_passage, 1), (_kept_berth, 1)):
        kept.keep_last(of_a_plan)


def _by_itself(sit: Situation, **changes: Any) -> Situation:
    """The situation with changes, without luck and with a memory of its own."""
    return replace(sit, draws=Draws(0, 1), memory={}, alone=False, **changes)


def _without_dissub(sit: Situation, families: tuple[str, ...] = _OF_GROUND) -> Situation:
    return _by_itself(
        sit,
        case=_case_of(sit.case),
        registry=_registry_of(sit.registry),
        assumptions=_numbers_of(sit.assumptions, families),
        submarine_class=None,
        case_ships={},
        closed_passages=frozenset(),
        ports=NOTHING_KNOWN,
        ship_sea_nm={},
        datum_dry=None,
    )


def _without_place(sit: Situation) -> Situation:
    blank = {**_UNREAD, "dissub": _anywhere(sit.case)}
    return _by_itself(
        sit,
        case=sit.case.model_copy(update=blank),
        registry=_registry_with_ships(sit.registry),
        assumptions=_numbers_of(sit.assumptions, _OF_SCENE),
        ship_sea_nm={},
        datum_dry=None,
    )


def _without_people(sit: Situation, families: tuple[str, ...]) -> Situation:
    boat = sit.case.dissub
    known = Dissub(name=boat.name, nation=boat.nation, fix=boat.fix, entangled=boat.entangled)
    blank = {**_UNREAD, **_UNASKED, "id": "way", "dissub": known}
    return _by_itself(
        sit,
        case=sit.case.model_copy(update=blank),
        registry=_registry_with_ships(sit.registry),
        assumptions=_numbers_of(sit.assumptions, families),
        submarine_class=None,
    )
