"""A changed assumption that cannot be used is refused with its name, what was found and what is allowed."""

from __future__ import annotations

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.quantities import Assumption, Assumptions, Pert

LOAD = Assumption(
    key="airlift.load_h", title="Loading", unit="h", value=Pert(min=2, mode=3, max=6), source="S38",
    confidence="medium", high=48,
)  # fmt: skip
NUMBERS = Assumptions(items={LOAD.key: LOAD})


def test_every_wrong_assumption_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        NUMBERS.replaced(
            {
                "airlift.load_h": Pert(min=-1, mode=5, max=49),
                "airlift.lode_h": Pert.exactly(5),
                "x": Pert.exactly(1),
            }
        )
    assert caught.value.lines() == (
        "assumptions.airlift.load_h: found -1 to 49; allowed is 0 to 48 h",
        "assumptions.airlift.lode_h: found an assumption of an unknown name; did you mean 'airlift.load_h'?",
        "assumptions.x: found an assumption of an unknown name; load_assumptions().items has the names",
    )


def test_a_single_value_out_of_range_is_told_as_one_number() -> None:
    with pytest.raises(InputError, match=r"^assumptions\.airlift\.load_h: found 49; allowed is 0 to 48 h$"):
        NUMBERS.replaced({"airlift.load_h": Pert.exactly(49)})
