"""What is kept by its bytes: those asked for last stay, and never more than said."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from subrescue.planning.durations import FloatArray
from subrescue.planning.kept_bytes import KeptBytes


def zeros(made: list[int]) -> KeptBytes[[int], FloatArray]:
    """So many zeros, eight bytes each; what is made is told."""

    def make(count: int) -> FloatArray:
        made.append(count)
        return np.zeros(count)

    return KeptBytes(make, 80)


def test_what_was_asked_for_last_is_not_made_again() -> None:
    made: list[int] = []
    kept = zeros(made)
    for count in (4, 5, 4, 3, 4, 5):
        assert len(kept(count)) == count
    # 4 and 5 fill 72 of 80 bytes; 3 takes the room of 5, which was asked for before 4.
    assert made == [4, 5, 3, 5]
    assert kept.held_bytes == 72


def test_a_result_larger_than_the_bound_is_kept_alone() -> None:
    made: list[int] = []
    kept = zeros(made)
    for count in (4, 20, 20):
        kept(count)
    assert made == [4, 20]
    assert kept.held_bytes == 160
    kept(1)
    assert kept.held_bytes == 8


def test_nothing_is_kept_after_it_was_cleared() -> None:
    made: list[int] = []
    kept = zeros(made)
    first = kept(2)
    kept.cache_clear()
    assert kept.held_bytes == 0
    assert kept(2) is not first
    assert made == [2, 2]


@given(st.lists(st.integers(0, 12), max_size=40))
def test_no_more_is_held_than_said_unless_by_one(counts: list[int]) -> None:
    kept = zeros([])
    for count in counts:
        assert len(kept(count)) == count
        assert kept.held_bytes == sum(one.nbytes for one in kept._kept.values())
        assert kept.held_bytes <= 80 or len(kept._kept) == 1
