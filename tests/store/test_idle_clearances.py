"""What a clearance says that no plan goes by is told, each with its field; what does something is not."""

from __future__ import annotations

import pytest

from subrescue.domain.case import Case
from subrescue.store.idle_clearances import idle_clearances
from tests.desktop.samples import CASE

HOURS = [4, 6, 10]


def told(**lists: object) -> list[tuple[str, str]]:
    case = Case.model_validate(CASE.model_dump() | lists)
    return [(".".join(map(str, loc)), found) for loc, found, _, warning in idle_clearances(case) if warning]


@pytest.mark.parametrize(
    ("air", "finding"),
    [
        ({}, ("clearances.0.nation", "'SE' and nothing known of it")),
        ({"note": "asked at noon"}, ("clearances.0.nation", "'SE' and nothing known of it")),
        ({"refused": True, "lead_h": HOURS}, ("clearances.0.lead_h", "hours for what is refused")),
        (
            {"overflight_refused": True, "overflight_h": HOURS},
            ("clearances.0.overflight_h", "hours for what is refused"),
        ),
    ],
)
def test_of_air(air: dict[str, object], finding: tuple[str, str]) -> None:
    assert told(clearances=[{"nation": "SE", **air}]) == [finding]


@pytest.mark.parametrize(
    ("sea", "finding"),
    [
        ({"ice_speed_kn": 5}, ("sea_clearances.0.nation", "'RU' and nothing known of it")),
        ({"refused": True, "lead_h": HOURS}, ("sea_clearances.0.lead_h", "hours for what is refused")),
        (
            {"refused": True, "icebreaker": True},
            ("sea_clearances.0.icebreaker", "an icebreaker where they may not pass"),
        ),
        ({"lead_h": HOURS, "ice_speed_kn": 5}, ("sea_clearances.0.ice_speed_kn", "a speed without an icebreaker")),
        ({"nation": "CH", "refused": True}, ("sea_clearances.0.passages", "no passage of the map that 'CH' controls")),
        (
            {"nation": "TR", "icebreaker": True},
            ("sea_clearances.0.passages", "no icy passage of the map that 'TR' controls"),
        ),
    ],
)
def test_of_the_sea(sea: dict[str, object], finding: tuple[str, str]) -> None:
    assert finding in told(sea_clearances=[{"nation": "RU", **sea}])


def test_what_does_something_is_not_told() -> None:
    air = [{"nation": "SE", "refused": False}, {"nation": "FI", "overflight_h": 0, "aircraft_of": ["US"]}]
    sea = [
        {"nation": "RU", "icebreaker": True, "ice_speed_kn": 5, "lead_h": HOURS},
        {"nation": "TR", "warships": True, "refused": True},
        {"nation": "CH", "refused": True, "passages": ["suez"]},
    ]
    assert told(clearances=air, sea_clearances=sea) == []


@pytest.mark.parametrize(
    ("group", "word", "finding"),
    [
        ("clearances", {"airfields": ["ESSA"], "overflight_refused": True, "refused": True}, "airfields"),
        ("sea_clearances", {"refused": True, "escort": True}, "escort"),
        ("sea_clearances", {"refused": True, "ports": ["Visby"], "passages": ["oresund"]}, "ports"),
        ("sea_clearances", {"refused": True, "calls": True, "passages": ["oresund"]}, "passages"),
    ],
)
def test_what_belongs_to_something_else(group: str, word: dict[str, object], finding: str) -> None:
    assert [loc for loc, _ in told(**{group: [{"nation": "SE", **word}]})] == [f"{group}.0.{finding}"]


def test_calls_at_ports_need_no_passage_of_the_nation() -> None:
    assert told(sea_clearances=[{"nation": "CH", "calls": True, "refused": True}]) == []
