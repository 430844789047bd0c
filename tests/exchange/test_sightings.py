"""Ages of positions in words: an old one is marked, and one that is ahead of the clock is never "ago"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from subrescue.domain.position import Position
from subrescue.domain.sighting import Sighting
from subrescue.exchange.registry_table.age import Age
from subrescue.exchange.sightings import FRESH, USEFUL, age_of_sighting, ago, seen_words
from subrescue.planning.basis.ship_places import FRESH as FRESH_H
from subrescue.planning.basis.ship_places import USEFUL as USEFUL_H
from subrescue.store.assumptions import load_assumptions

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def seen(ago_: timedelta) -> Sighting:
    return Sighting(position=Position(lat_deg=60, lon_deg=5), at=NOW - ago_, source="AIS")


@pytest.mark.parametrize(
    "age, words",
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-59), "just now"),
        (timedelta(minutes=-2), "by a clock that is ahead"),
        (timedelta(minutes=14, seconds=59), "14 min ago"),
        (timedelta(minutes=119), "119 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=47, minutes=59), "47 h ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=1500), "1,500 days ago"),
    ],
)
def test_an_age_is_told_in_its_unit_and_rounded_down(age: timedelta, words: str) -> None:
    assert ago(NOW - age, NOW) == words


def test_a_position_that_does_not_pass_for_now_is_marked() -> None:
    assert seen_words(seen(timedelta(hours=6)), NOW) == "AIS, 6 h ago"
    assert seen_words(seen(timedelta(hours=7)), NOW) == "AIS, 7 h ago (old)"
    ages = [age_of_sighting(NOW - age, NOW) for age in (FRESH, FRESH * 1.01, USEFUL, USEFUL * 1.01)]
    assert ages == [Age.RECENT, Age.AGEING, Age.AGEING, Age.OLD]


def test_the_limits_of_colours_are_those_of_the_plan() -> None:
    numbers = load_assumptions()
    assert timedelta(hours=numbers[FRESH_H].mode) == FRESH
    assert timedelta(hours=numbers[USEFUL_H].mode) == USEFUL
