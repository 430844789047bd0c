"""Values that our own code has made are not checked again, and are the same values as those that are checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_exact_quantity_is_the_one_that_would_have_been_checked(hours: float) -> None:
    made, checked = Pert.exactly(hours), Pert(min=hours, mode=hours, max=hours)
    assert made == checked
    assert made.model_dump_json() == checked.model_dump_json()
    assert made.model_fields_set == checked.model_fields_set
    assert made.model_copy(update={"max": hours}) == checked


def test_a_copy_of_a_value_has_names_of_fields_of_its_own() -> None:
    made = Pert.exactly(3.0)
    copy = made.model_copy(update={"max": 4.0})
    copy.model_fields_set.clear()
    assert made.model_fields_set == Pert.exactly(5.0).model_fields_set == {"min", "mode", "max"}


@pytest.mark.parametrize("hours", [float("nan"), float("inf")])
def test_an_exact_quantity_that_is_no_number_is_refused(hours: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Pert.exactly(hours)


def test_a_reason_is_the_one_that_would_have_been_checked() -> None:
    remedy = reason("time.sooner", hours=3.5)
    made = reason("time.in_time", remedy=remedy, chance=0.9, name=None)
    checked = Reason(id="time.in_time", values={"chance": 0.9, "name": None}, remedy=remedy)
    assert made == checked
    assert made.model_dump_json() == checked.model_dump_json()


@pytest.mark.parametrize("message_id", ["", "time", "Time.sooner", "time.sooner\n", "time..sooner"])
def test_a_reason_without_a_message_of_the_catalogue_is_refused(message_id: str) -> None:
    with pytest.raises(ValidationError, match="pattern"):
        reason(message_id)
