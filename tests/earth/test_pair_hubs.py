"""Of many pairs few places are chosen, and every pair has one of them as an end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.router.pair_hubs import hubs_of

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=60)


@given(PAIRS)
def test_every_pair_belongs_to_one_hub_that_is_its_end(pairs: list[tuple[int, int]]) -> None:
    chosen = hubs_of(pairs)
    assert sorted(number for numbers in chosen.values() for number in numbers) == list(range(len(pairs)))
    assert all(hub in pairs[number] for hub, numbers in chosen.items() for number in numbers)
    assert all(chosen.values())


def test_one_place_with_many_others_is_the_only_hub() -> None:
    assert hubs_of([(7, other) for other in range(5)]) == {7: [0, 1, 2, 3, 4]}
    assert hubs_of([(other, 7) for other in range(5)]) == {7: [0, 1, 2, 3, 4]}


def test_of_a_chain_every_second_place_is_chosen() -> None:
    # 1 - 2 - 3 - 4 - 5: 2 and 4 are an end of all four; the ends with one pair leave it to them.
    assert sorted(hubs_of([(1, 2), (2, 3), (3, 4), (4, 5)])) == [2, 4]


def test_there_and_back_and_a_place_with_itself_are_kept_apart() -> None:
    assert hubs_of([(1, 2), (2, 1), (3, 3)]) == {1: [0, 1], 3: [2]}


def test_two_stars_that_share_a_pair_are_two_hubs() -> None:
    pairs = [(1, k) for k in range(10, 15)] + [(2, k) for k in range(20, 25)] + [(1, 2)]
    assert sorted(hubs_of(pairs)) == [1, 2]
