"""What reads well by itself may still be doubtful against registry, calendar and chart: the user is warned."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from subrescue.domain.case import Case, CaseKind, Dissub
from subrescue.domain.position import Fix, Position
from subrescue.earth.depth.depth_answers import DepthEstimate
from subrescue.earth.world import World, load_world
from subrescue.store.assumptions import load_assumptions
from subrescue.store.checks import check_case
from subrescue.store.registry import load_registry


def findings(**dissub: Any) -> list[tuple[bool, str]]:
    case = Case(
        id="drill-1",
        title="Drill",
        kind=CaseKind.EXERCISE,
        alert=datetime(2026, 3, 1, 9, tzinfo=UTC),
        dissub=Dissub(name="S-1", fix=Fix(position=Position(lat_deg=60.5, lon_deg=2.25)), **dissub),
    )
    return [(problem.warning, str(problem)) for problem in check_case(case, load_registry())]


def test_a_proof_of_life_in_another_year_is_doubted() -> None:
    ((warning, text),) = findings(last_proof_of_life=datetime(2027, 3, 1, 9, tzinfo=UTC))
    assert warning
    assert text.startswith("dissub.last_proof_of_life: found 2027-03-01, 365 days after the alert")


def test_a_ship_far_faster_than_the_registry_has_her_is_doubted() -> None:
    def doubts(speed_kn: float) -> list[str]:
        tables = {
            "id": "drill-1",
            "title": "Drill",
            "kind": "exercise",
            "alert": datetime(2026, 3, 1, 9, tzinfo=UTC),
            "dissub": {"name": "S-1", "fix": {"position": {"lat_deg": 60.5, "lon_deg": 2.25}}},
            "ships": [{"ship": "se-belos", "speed_kn": speed_kn}],
        }
        return [str(problem) for problem in check_case(Case.model_validate(tables), load_registry())]

    # Belos makes 13 kn.
    assert doubts(19) == []
    assert doubts(20) == ["ships[se-belos].speed_kn: found 20 kn; the registry has 13 kn for her: check the speed"]


def test_a_sinking_of_the_day_before_and_a_sign_of_life_of_the_day_after_are_not() -> None:
    assert findings(sunk_at=datetime(2026, 2, 28, 9, tzinfo=UTC)) == []
    assert findings(last_proof_of_life=datetime(2026, 2, 28, 9, tzinfo=UTC)) == []
    assert findings(last_proof_of_life=datetime(2026, 3, 2, 9, tzinfo=UTC)) == []


def test_an_alert_of_another_time_than_the_registry_is_doubted() -> None:
    def doubts(year: int, *, use_registry: bool) -> list[str]:
        case = Case.model_validate(
            {
                "id": "drill-1",
                "title": "Drill",
                "kind": "exercise",
                "alert": datetime(year, 6, 1, 14, tzinfo=UTC),
                "dissub": {"name": "Thetis", "fix": {"position": {"lat_deg": 53.55, "lon_deg": -4.0}}},
                "assets": {"use_registry": use_registry},
            }
        )
        problems = check_case(case, load_registry())
        assert all(problem.warning for problem in problems)
        return [str(problem) for problem in problems]

    assert "87 years before the newest entry of the registry" in doubts(1939, use_registry=True)[0]
    assert "73 years after the newest entry of the registry" in doubts(2099, use_registry=True)[0]
    assert doubts(2024, use_registry=True) == []
    assert doubts(1939, use_registry=False) == []


def test_the_range_of_a_factor_is_told_without_a_unit_and_that_of_hours_with_it() -> None:
    case = Case.model_validate(
        {
            "id": "drill-1",
            "title": "Drill",
            "kind": "exercise",
            "alert": datetime(2026, 3, 1, 9, tzinfo=UTC),
            "dissub": {"name": "S-1", "fix": {"position": {"lat_deg": 60.5, "lon_deg": 2.25}}},
            "assumptions": {"airlift.load_factor": 7.0, "airlift.load_h": -1.0},
        }
    )
    factor, hours = (str(one) for one in check_case(case, load_registry(), assumptions=load_assumptions()))
    assert factor.endswith("found 7 to 7; allowed is 0.05 to 1")
    assert hours.endswith(" h")


def test_an_alert_before_the_sinking_is_doubted() -> None:
    ((warning, text),) = findings(sunk_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert warning
    assert text.startswith("alert: found 2026-03-01T09:00Z, 24 h before the sinking")


def test_a_misspelt_rescue_seat_is_doubted_before_it_turns_every_vehicle_red() -> None:
    ((warning, text),) = findings(rescue_seat="stanag-1297")
    assert warning
    assert "did you mean 'stanag_1297'?" in text
    assert findings(rescue_seat="russian") == []


def test_where_the_sea_may_freeze_ice_is_asked_for() -> None:
    def asked(lat_deg: float, lon_deg: float, month: int, ice: bool | None = None) -> bool:
        case = Case.model_validate({
            "id": "drill-1", "title": "Drill", "kind": "exercise", "alert": datetime(2026, month, 15, tzinfo=UTC),
            "dissub": {"name": "S-1", "fix": {"position": {"lat_deg": lat_deg, "lon_deg": lon_deg}}},
            "environment": {"ice": ice},
        })  # fmt: skip
        problems = check_case(case, load_registry(), load_world())
        assert all(problem.warning for problem in problems)
        return "environment.ice" in [problem.field for problem in problems]

    assert asked(59.5, -88.5, 1)  # Hudson Bay
    assert not asked(59.5, -88.5, 1, ice=False)
    assert not asked(59.5, -88.5, 8)
    assert asked(64.6, 39.8, 2)  # off Severodvinsk, where the tables have no winter
    assert not asked(64.6, 39.8, 6)
    assert asked(59.9, 25.8, 2)  # the Gulf of Finland, where ships measure between the floes
    assert asked(46.0, 36.6, 2)  # the Sea of Azov
    assert asked(40.3, 121.0, 1)  # Liaodong Bay
    assert asked(55.3, -77.8, 3)  # the east of Hudson Bay, of which the tables know the summer
    assert asked(51.3, -80.6, 3)  # James Bay
    assert asked(45.8, 50.0, 2)  # the north of the Caspian
    assert not asked(55.3, -77.8, 8)
    assert not asked(41.0, 51.0, 2)  # the middle of the Caspian
    assert not asked(59.9, 25.8, 8)
    assert not asked(55.0, 15.5, 2)  # off Bornholm
    assert not asked(44.3, 33.0, 2)  # off Sevastopol
    assert not asked(69.6, 37.6, 2)  # the Barents Sea, where the Kursk lay
    assert not asked(10.0, 60.0, 2)


@pytest.mark.parametrize(
    ("stated_m", "estimate", "is_doubted"),
    [
        (240.0, (841.0, 333.0, 2376.0), True),  # outside the band, and 3.5 times less than the estimate
        (290.0, (841.0, 333.0, 2376.0), False),  # outside the band, 2.9 times less
        (180.0, (1440.0, 73.0, 5552.0), False),  # 8 times less, on a slope where that depth is a fair one
        (600.0, (120.0, 60.0, 240.0), True),
        (300.0, (None, 60.0, 240.0), False),  # no sounding near, its depth area alone
        (800.0, (None, 60.0, 240.0), True),
    ],
)
def test_a_depth_outside_the_band_of_the_chart_by_a_factor_of_three_is_doubted(
    stated_m: float, estimate: tuple[float | None, float, float], is_doubted: bool
) -> None:
    chart = SimpleNamespace(estimate=lambda _: DepthEstimate(*estimate))
    world = World(depth=cast(Any, chart), land=load_world().land, gazetteer=load_world().gazetteer)
    case = Case.model_validate({
        "id": "drill-1", "title": "Drill", "kind": "exercise", "alert": datetime(2026, 3, 1, 9, tzinfo=UTC),
        "dissub": {"name": "S-1", "depth_m": stated_m, "fix": {"position": {"lat_deg": 60.5, "lon_deg": 2.25}}},
        "environment": {"ice": False},
    })  # fmt: skip
    fields = [problem.field for problem in check_case(case, load_registry(), world)]
    assert ("dissub.depth_m" in fields) is is_doubted
