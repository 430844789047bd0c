"""Dates and codes of nations have their form in every entry of the registry, by whatever way it gets there."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.assets.ship import Ship
from subrescue.domain.errors import InputError
from subrescue.store.registry import load_registry
from subrescue.store.validation import Origin, validated
from subrescue.store.workspace.checks import checked

SHIP: dict[str, Any] = {"kind": "ship", "id": "xx-alpha", "name": "Alpha", "nations": ["FR"], "role": "support"}


def faults(**facts: Any) -> list[str]:
    try:
        validated(Ship, {**SHIP, **facts}, Origin())
    except InputError as error:
        return [f"{problem.field}: found {problem.found}; {problem.allowed}" for problem in error.problems]
    return []


@pytest.mark.parametrize("date", ["2025", "2025-04", "2025-04-03"])
def test_a_date_is_taken_as_far_as_it_is_known(date: str) -> None:
    assert faults(status_date=date) == []


@pytest.mark.parametrize("date", ["03/04/2025", "Sept 2024", "2025-13", "2025-04-03T00:00:00", "25"])
def test_a_date_that_can_be_read_two_ways_or_not_at_all_is_refused(date: str) -> None:
    needed = "a date as far as it is known is needed: 2024, 2024-09 or 2024-09-23"
    assert faults(status_date=date) == [f"status_date: found '{date}'; {needed}"]


@pytest.mark.parametrize("code", ["France", "fr", "FRA"])
def test_a_nation_is_named_by_its_code(code: str) -> None:
    assert faults(nations=[code]) == [f"nations[1]: found '{code}'; two capital letters are needed: NO"]


def test_no_entry_of_such_a_form_gets_into_a_workspace() -> None:
    nsrs = load_registry().rescue_systems["nsrs"].model_dump(mode="json", exclude_none=True)
    with pytest.raises(InputError, match=r"rescue_system\[nsrs\]\.status_date: found '03/04/2025'"):
        checked("rescue_system", "nsrs", {**nsrs, "status_date": "03/04/2025"})
