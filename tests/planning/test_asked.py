"""A case asked for at another time: later orders come then, instants stay instants."""

from __future__ import annotations

from datetime import UTC, datetime

from subrescue.domain.case import Case
from subrescue.planning.basis.asked import asked_at
from tests.planning.worlds import a_case

CASE: Case = a_case(
    offers=[
        {"asset": "nsrs", "state": "accepted", "told_to_go": "2026-11-03T12:00:00Z", "ship": "mother-ship"},
        {"asset": "own", "state": "accepted", "told_to_go": "2026-11-01T12:00:00Z"},
    ],
    ships=[{"ship": "mother-ship", "available_after_h": 50}, {"ship": "rescue-ship", "available_after_h": 10}],
)


def test_later_orders_come_then_and_earlier_ones_stay() -> None:
    moved = asked_at(CASE, datetime(2026, 11, 1, 14, tzinfo=UTC))
    assert moved.alert == datetime(2026, 11, 1, 14, tzinfo=UTC)
    assert [offer.told_to_go for offer in moved.offers] == [
        datetime(2026, 11, 1, 14, tzinfo=UTC),
        datetime(2026, 11, 1, 12, tzinfo=UTC),
    ]


def test_a_ship_comes_free_as_much_earlier_as_its_asset_is_told() -> None:
    free = [ship.available_after_h for ship in asked_at(CASE, datetime(2026, 11, 1, 14, tzinfo=UTC)).ships]
    # Told 46 h earlier, and the hours count from 2 h later; nobody waits for the other ship.
    assert [pert.mode for pert in free if pert is not None] == [2.0, 8.0]


def test_a_stated_survival_time_ends_at_the_same_instant() -> None:
    stated = asked_at(CASE, datetime(2026, 11, 1, 22, tzinfo=UTC)).dissub.survival_override
    assert stated is not None
    assert (stated.p10_h, stated.p50_h, stated.p90_h) == (90.0, 110.0, 130.0)
