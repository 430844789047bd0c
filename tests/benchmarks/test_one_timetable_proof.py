"""With the shipped registry what is sent together can be carried out, at thirty-four places of the seas.

Some five minutes in all: run on request, as the speed tests are.
"""

from __future__ import annotations

import pytest

from subrescue.domain.case import Case
from subrescue.earth.world import load_world
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.one_timetable_check import clashes

pytestmark = pytest.mark.benchmark

PLACES = [
    (64, 3, "NO"), (43.2, 7.5, "FR"), (36.5, -9, "PT"), (58, 18.5, "SE"), (55, 15.6, "PL"), (35.5, 18, "IT"),
    (-46, -60, "AR"), (-33, 18, "ZA"), (34, 139.5, "JP"), (37, 131, "KR"), (21, 115, "CN"), (-8, 115, "ID"),
    (-32.5, 115, "AU"), (1.5, 104.8, "SG"), (15, 72, "IN"), (24, 60, "IR"), (34, 27, "GR"), (42, 31, "TR"),
    (69, 34, "RU"), (47, -52, "CA"), (32, -120, "US"), (40, -72, "US"), (20, -157, "US"), (-33, -72.5, "CL"),
    (-12, -78, "PE"), (-24, -45, "BR"), (10, -68, "VE"), (32, 32, "EG"), (36.8, 3, "DZ"), (12, 110, "VN"),
    (24, 66, "PK"), (57, -8, "GB"), (62, 2, "NO"), (-45, 170, "AU"),
]  # fmt: skip
"""Latitude and longitude in degrees, and whose boat it is."""


def a_case(lat_deg: float, lon_deg: float, nation: str, pressure_bar: float, accepted: tuple[str, ...]) -> Case:
    dissub = {
        "name": "Exercise boat",
        "nation": nation,
        "rescue_seat": "stanag_1297",
        "fix": {"position": {"lat_deg": lat_deg, "lon_deg": lon_deg}},
        "depth_m": 180.0,
        "list_deg": 0,
        "trim_deg": 0,
        "pressure_bar": pressure_bar,
        "people_aboard": 50,
        "survival_override": {"p10_h": 110, "p50_h": 140, "p90_h": 170, "source": "exercise"},
    }
    return Case.model_validate(
        {
            "id": "exercise",
            "title": "Exercise",
            "kind": "exercise",
            "alert": "2026-06-01T12:00:00Z",
            "dissub": dissub,
            "environment": {"wave_height_m": 1.0, "current_kn": 0.5, "visibility_m": 5, "ice": False},
            "offers": [{"asset": asset, "state": "accepted"} for asset in accepted],
        }
    )


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize(("pressure_bar", "counts_on"), [(1.0, 0), (3.0, 4)])
def test_what_is_sent_together_can_be_carried_out(
    place: tuple[float, float, str], pressure_bar: float, counts_on: int
) -> None:
    registry, numbers = load_registry(), load_assumptions()
    vehicles = [one.id for one in registry.rescue_systems.values() if one.fly_away and one.status == "active"]
    case = a_case(*place, pressure_bar, tuple(vehicles[:counts_on]))
    found = plan(case, registry, numbers, load_world(), samples=200, paths=False)
    assert clashes(found, case, registry, numbers) == []
