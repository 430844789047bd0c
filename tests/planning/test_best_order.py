"""Of all orders in which those that share things may be sent the one is taken that brings most people out together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, Response
from subrescue.planning.answer import sent_together
from subrescue.planning.answer.best_order import Joint, Send, best_order, joint
from subrescue.planning.answer.one_sent import OneSent
from subrescue.planning.answer.options import option_and_done
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.dives.lives import Lives
from subrescue.planning.dives.people_out import Done
from subrescue.planning.ships.taken import TakenShips
from subrescue.planning.survival.survival import survival_window
from subrescue.planning.ways.asset_chains import SAME_H, chains_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, registry, rescue_system, ship, small_world

NUMBERS, WORLD = load_assumptions(), small_world()
SAMPLES = 100


def answer(case: Case, known: Registry) -> Response:
    return plan(case, known, NUMBERS, WORLD, samples=SAMPLES, paths=False)


Tried = list[tuple[Joint, list[Joint], Joint]]
"""What was achieved by the order at hand, by every order, and by the one that was taken."""


@pytest.fixture(scope="module")
def tried() -> Iterator[Tried]:
    """Every search for an order, held against all orders."""
    found: Tried = []

    def against_all(by_rank: Sequence[OneSent], send: Send, lives: Lives | None) -> list[OneSent] | None:
        taken = best_order(by_rank, send, lives)
        every = []
        for order in permutations(by_rank):
            sent: list[OneSent] = []
            for one in order:
                sent.append(send(one.alone, sent[-1].leaves if sent else by_rank[0].left))
            every.append(joint(sent, (), lives))
        found.append((joint(by_rank, (), lives), every, joint(taken or by_rank, (), lives)))
        return taken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sent_together, "best_order", against_all)
        yield found


def wants(name: str, **fields: Any) -> Any:
    return rescue_system(**{"id": name, "name": f"System {name}", **fields})


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Case, Registry]:
    """Up to four systems that want the same ships and aircraft, and a crew that lives about as long as they take."""
    names = ["nsrs", "b", "c", "d"][: draw(st.integers(2, 4))]
    systems = [
        wants(
            name,
            notice_h=draw(st.sampled_from([[1, 2, 3], [8, 12, 16], [20, 24, 28]])),
            shipment={"mass_t": draw(st.sampled_from([20, 80])), "outsize_pieces": 1},
            capacity_persons=draw(st.sampled_from([6, 12, 40])),
        )
        for name in names
    ]
    ships = [
        ship(
            id=f"ship-{n}",
            name=f"Ship {n}",
            certified_for=sorted(draw(st.sets(st.sampled_from(names), min_size=1))),
            notice_h=draw(st.sampled_from([[2, 4, 8], [20, 30, 40], [50, 60, 70]])),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    lives_h = draw(st.integers(70, 160))
    dissub = {
        "survival_override": {"p10_h": lives_h - 20, "p50_h": lives_h, "p90_h": lives_h + 20, "source": "exercise"}
    }
    case = a_case(dissub=dissub, assumptions={"ship.charter_h": draw(st.sampled_from([24.0, 90.0]))})
    return case, registry(
        systems=systems, interventions=[], ships=ships, fleets=[fleet(usable_count=draw(st.integers(1, 4)))]
    )


@given(worlds())
@settings(max_examples=40, deadline=None)
def test_no_order_is_worth_more_than_the_one_that_is_taken(tried: Tried, world: tuple[Case, Registry]) -> None:
    tried.clear()
    answer(*world)
    for at_hand, every, taken in tried:
        worth = [one for one in every if one.is_worth_more(at_hand)]
        assert taken == max(worth, default=at_hand)


def two_for_one_ship(first_capacity: int, second_capacity: int) -> tuple[Case, Registry]:
    """Both want the one mother ship; the next ship that is fit for either comes three days later."""
    systems = [
        wants("nsrs", capacity_persons=first_capacity, notice_h=[1, 2, 3], cycle_h=[4, 6, 8]),
        wants("b", capacity_persons=second_capacity, notice_h=[2, 3, 4], cycle_h=[4, 6, 8]),
    ]
    both = ["nsrs", "b"]
    mothers = [
        ship(certified_for=both),
        ship(id="far", name="Far", certified_for=both, notice_h=[70, 75, 80]),
    ]
    lives = {"p10_h": 95, "p50_h": 105, "p90_h": 115, "source": "exercise"}
    given_ = registry(systems=systems, interventions=[], ships=mothers, fleets=[fleet(usable_count=9)])
    return a_case(dissub={"survival_override": lives}), given_


def test_the_larger_vehicle_gets_the_ship_where_it_brings_more_people_out_in_time() -> None:
    """The small one is there an hour sooner, and brings three up at a time."""
    found = answer(*two_for_one_ship(3, 40))
    there = {one.asset_id: one for one in found.together}
    assert there["b"].ship_id == "mother-ship"
    assert there["nsrs"].ship_id != "mother-ship"
    assert [why.values["other"] for why in there["nsrs"].reasons if why.id == "sent.ship"] == ["System b"]
    assert there["nsrs"].later_h > 0.0
    assert there["b"].later_h == 0.0


def test_an_accepted_one_keeps_its_ship_whatever_another_would_bring_out() -> None:
    case, given_ = two_for_one_ship(3, 40)
    told = Case.model_validate({**case.model_dump(), "offers": [{"asset": "nsrs", "state": "accepted"}]})
    there = {one.asset_id: one for one in answer(told, given_).together}
    assert there["nsrs"].ship_id == "mother-ship"


@st.composite
def worlds_of_ships(draw: st.DrawFn) -> tuple[Case, Registry]:
    """Nothing is scarce but ships."""
    case, known = draw(worlds())
    plenty = {"airlift.ramp_places": 50.0, "airlift.interval_h": 0.0, "fit_out.port_places": 50.0}
    numbers = {**{key: [one.min, one.mode, one.max] for key, one in case.assumptions.items()}, **plenty}
    numbers["ship.charter_next_h"] = 0.0
    case = Case.model_validate({**case.model_dump(), "assumptions": numbers})
    return case, known.model_copy(update={"aircraft_fleets": {"gb-c17": fleet(usable_count=40)}})


@given(worlds_of_ships())
@settings(max_examples=25, deadline=None)
def test_no_other_way_to_share_out_ships_is_worth_more(world: tuple[Case, Registry]) -> None:
    """Every system by every ship, or by a vessel to be chartered, where no two have one ship.

    Ways are chosen by their medians, to a tenth of an hour: a way to share them out counts where none has all as early
    and one earlier, and the one that is taken has not all as early.
    """
    case, known = world
    going = [one for one in answer(case, known).together if one.rescues]
    sit = situation_of(case, known, NUMBERS, WORLD, 0, SAMPLES)
    survival = survival_window(case, sit.submarine_class, sit.assumptions, seed=0, samples=SAMPLES)
    ships = list(known.ships)
    by_ship: dict[tuple[str, str | None], tuple[float, tuple[Option, Any]]] = {}
    for one, only in product(going, [None, *ships]):
        system = known.rescue_systems[one.asset_id]
        chains = chains_of(system, sit, taken=TakenShips(fitted_out=frozenset(ships) - {only or ""}))
        made = option_and_done(system, sit, survival.lives, chains=chains)
        by_ship[one.asset_id, only] = chains[0].hours, made
    every = []
    for shared in product([None, *ships], repeat=len(going)):
        named = [name for name in shared if name is not None]
        if len(set(named)) == len(named):
            ways = [by_ship[one.asset_id, name] for one, name in zip(going, shared, strict=True)]
            every.append((np.array([hours for hours, _ in ways]), joint((), [way for _, way in ways], survival.lives)))
    taken = [by_ship[one.asset_id, one.ship_id] for one in going]
    best, mine = joint((), [way for _, way in taken], survival.lives), np.array([hours for hours, _ in taken])
    for hours, other in every:
        is_beaten = any((its <= hours + SAME_H).all() and (its < hours - SAME_H).any() for its, _ in every)
        if not is_beaten and (mine > hours + SAME_H).any():
            assert not other.is_worth_more(best)


def achieved(case: Case, known: Registry) -> Joint:
    """What is told of all that are sent together."""
    going = [one for one in answer(case, known).together if one.rescues and one.goes and one.first_h is not None]
    return Joint(
        people=round(max((one.rescued_any or 0.0 for one in going), default=0.0), 1),
        chance=round(max((one.probability_any or 0.0 for one in going), default=0.0), 2),
        sooner_h=-min((one.first_h.p50 for one in going if one.first_h is not None), default=10_000.0),
    )


@given(worlds(), st.sampled_from(["aircraft", "ships", "systems"]))
@settings(max_examples=40, deadline=None)
def test_with_one_aircraft_ship_or_system_fewer_no_more_is_achieved(world: tuple[Case, Registry], fewer: str) -> None:
    case, known = world
    count = known.aircraft_fleets["gb-c17"].usable_count or 0
    if fewer == "aircraft" and count > 1:
        less = known.model_copy(update={"aircraft_fleets": {"gb-c17": fleet(usable_count=count - 1)}})
    elif fewer == "ships":
        less = known.model_copy(update={"ships": dict(list(known.ships.items())[:-1])})
    elif len(known.rescue_systems) <= 3:  # of more the three that are best alone are sent
        less = known.model_copy(update={"rescue_systems": dict(list(known.rescue_systems.items())[1:])})
    else:
        return
    assert not achieved(case, less).is_worth_more(achieved(case, known))


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        (Joint(people=20.0), Joint(people=19.4), True),
        (Joint(people=20.0), Joint(people=19.6), False),
        (Joint(people=19.6, chance=0.9), Joint(people=20.0, chance=0.8), True),
        (Joint(people=19.0, chance=0.9), Joint(people=20.0, chance=0.8), False),
        (Joint(chance=0.5, sooner_h=-40.0), Joint(chance=0.5, sooner_h=-43.0), True),
        (Joint(chance=0.5, sooner_h=-40.0, gained_h=-9.0), Joint(chance=0.5, sooner_h=-40.0), False),
    ],
)
def test_an_order_is_worth_more_by_what_is_told_alone(one: Joint, other: Joint, more: bool) -> None:
    assert one.is_worth_more(other) is more


def test_people_are_counted_once_however_many_vehicles_come() -> None:
    """Vehicles work at one hatch, one after another: twenty that either could bring out are twenty."""
    options = [option for option in answer(*two_for_one_ship(12, 12)).options if option.kind == "rescue_system"]
    assert all(option.may_come for option in options)
    as_many, in_turn = ([20, 20], [20, 20]), ([20, 0], [10, 30])
    for saved, people in ((as_many, 20.0), (in_turn, 25.0)):
        done = [Done(saved=np.array(one, np.int16)) for one in saved]
        assert joint((), list(zip(options, done, strict=True)), None).people == people
