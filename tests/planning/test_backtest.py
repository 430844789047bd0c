"""The planner against what happened, with one set of assumptions for all cases, as `make backtest` prints it."""

from __future__ import annotations

import pytest

from tools import backtest


@pytest.fixture(scope="module")
def checks() -> list[backtest.Check]:
    return backtest.checks()


def test_at_least_eighteen_of_twenty_one_durations_lie_in_range(checks: list[backtest.Check]) -> None:
    out = [f"{c.case} {c.asset} {c.phase}" for c in checks if not c.in_range]
    assert len(checks) == 21
    assert len(checks) - len(out) >= backtest.LEAST_IN_RANGE, out


def test_what_lies_out_of_range_has_its_reason(checks: list[backtest.Check]) -> None:
    assert [backtest.why_out(c) for c in checks if not c.in_range and backtest.why_out(c) == "no reason recorded"] == []


def test_most_of_what_happened_lies_between_p10_and_p90(checks: list[backtest.Check]) -> None:
    assert sum(c.covered for c in checks) >= 17


def test_every_check_is_computed(checks: list[backtest.Check]) -> None:
    assert all(c.computed is not None for c in checks)


@pytest.mark.parametrize("test_id", sorted(backtest.LOGIC))
def test_the_logic_holds(test_id: str) -> None:
    holds, found = backtest.LOGIC[test_id]()
    assert holds, found


def test_every_logic_test_of_the_data_is_tried() -> None:
    assert {row["id"] for row in backtest.data()[0]["backtest_logic_tests"]} == set(backtest.LOGIC)
