"""A case is planned with the assets of its day."""

from __future__ import annotations

from typing import Any

from subrescue.domain.assets import RescueSystem, Ship
from subrescue.domain.case import Case
from subrescue.domain.registry import Registry


def a_vehicle(asset_id: str, depth_m: float) -> RescueSystem:
    return RescueSystem(
        id=asset_id,
        name=asset_id,
        nations=("GB",),
        vehicle_type="free_srv",
        max_depth_m=depth_m,
    )


TODAY = Registry(
    rescue_systems={"nsrs": a_vehicle("nsrs", 610), "urf": a_vehicle("urf", 460)},
    ships={"belos": Ship(id="belos", name="Belos", nations=("SE",), role="rescue_ship")},
)


def a_case(**assets: Any) -> Case:
    return Case.model_validate(
        {
            "id": "x",
            "title": "X",
            "kind": "exercise",
            "alert": "2000-08-12T17:34:00Z",
            "dissub": {"name": "Boat", "fix": {"position": {"lat_deg": 69.6, "lon_deg": 37.6}}},
            "assets": assets,
        }
    )


def test_without_assets_of_its_own_a_case_uses_todays_registry() -> None:
    assert TODAY.of_the_day(a_case()) == TODAY


def test_an_asset_of_the_day_wins_over_todays_and_one_left_out_is_gone() -> None:
    day = TODAY.of_the_day(a_case(without=["urf"], rescue_systems=[a_vehicle("nsrs", 400).model_dump()]))
    assert {asset.id: asset.max_depth_m for asset in day.rescue_systems.values()} == {"nsrs": 400}
    assert list(day.ships) == ["belos"]


def test_a_case_may_bring_all_its_assets_itself() -> None:
    day = TODAY.of_the_day(a_case(use_registry=False, rescue_systems=[a_vehicle("lr5", 400).model_dump()]))
    assert [asset.id for asset in day.assets()] == ["lr5"]
    assert TODAY.find("belos") is TODAY.ships["belos"]
    assert TODAY.find("lr5") is None
