"""The order of options: by time, and of equals what the owner of the DISSUB has itself goes before others'."""

from __future__ import annotations

import pytest

from subrescue.domain.airlift import Airlift
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Option, Verdict
from subrescue.planning.answer.ranks import ranked


def option(asset: str, nation: str, p50: float, chance: float = 0.5, verdict: Verdict = Verdict.AMBER) -> Option:
    band = Band(p10=p50 - 35.0, p50=p50, p90=p50 + 35.0)
    return Option(
        asset_id=asset,
        name=asset,
        nations=(nation,),
        kind="rescue_system",
        verdict=verdict,
        time_to_first_rescue_h=band,
        probability_in_time=chance,
    )


def order(*options: Option, owner: str | None = "US") -> list[str]:
    return [one.asset_id for one in ranked(list(options), owner)]


def test_the_owner_s_own_goes_before_another_that_is_told_as_soon() -> None:
    assert order(option("nsrs", "GB", 150.8), option("own", "US", 151.2)) == ["own", "nsrs"]
    assert order(option("nsrs", "GB", 150.8), option("own", "US", 151.2, chance=0.7)) == ["own", "nsrs"]
    assert order(option("nsrs", "GB", 150.8), option("own", "US", 151.2), owner="NO") == ["nsrs", "own"]
    assert order(option("nsrs", "GB", 150.8), option("own", "US", 151.2), owner=None) == ["nsrs", "own"]


def test_it_goes_before_all_that_are_as_soon_and_not_before_its_own_kin() -> None:
    three = option("a", "GB", 150.8), option("b", "SE", 150.9), option("own", "US", 151.1)
    assert order(*three) == ["own", "a", "b"]
    assert order(option("z-own", "US", 150.8), option("own", "US", 151.1)) == ["z-own", "own"]


def test_of_others_that_are_as_soon_the_nearest_is_asked_first() -> None:
    def flown(asset: str, p50: float, flight_nm: float) -> Option:
        lift = Airlift(fleet_id="f", aircraft="A", aircraft_count=1, sorties=1, payload_t=1.0, flight_nm=flight_nm,
                       flight_h=1.0)  # fmt: skip
        return option(asset, "GB", p50).model_copy(update={"airlift": lift})

    far, near, nearer = flown("far", 150.7, 9000.0), flown("near", 150.9, 3500.0), flown("nearer", 151.5, 1000.0)
    assert order(far, near) == ["near", "far"]
    assert order(far, near, option("by-sea", "GB", 151.0)) == ["by-sea", "near", "far"]
    assert order(far, near, nearer) == ["near", "far", "nearer"]  # later by what is told


@pytest.mark.parametrize(
    "other",
    [
        option("nsrs", "GB", 146.0),  # sooner by what is told
        option("nsrs", "GB", 150.8, chance=0.6),  # likelier to be in time
        option("nsrs", "GB", 150.8, chance=0.55),
    ],
)
def test_what_is_told_to_be_better_stays_first(other: Option) -> None:
    assert order(other, option("own", "US", 151.2)) == ["nsrs", "own"]


def test_what_cannot_stays_behind_what_can_though_it_is_the_owner_s() -> None:
    red = option("own", "US", 151.2, verdict=Verdict.RED)
    assert order(option("nsrs", "GB", 150.8), red) == ["nsrs", "own"]


def test_what_comes_too_late_stands_before_what_nobody_knows_a_way_of_and_before_what_cannot() -> None:
    """The life of a crew is an estimate: what is there at a known hour is ordered before one asks where a ship lies."""
    late_h, too_deep = (
        GateResult.of(gate, Verdict.RED, reason("time.too_late", chance=0.0, hours=9.0))
        for gate in (Gate.TIME, Gate.DEPTH)
    )
    late = option("late", "GB", 300.0, 0.0, Verdict.RED).model_copy(update={"gates": (late_h,)})
    deep = option("deep", "GB", 100.0, 0.0, Verdict.RED).model_copy(update={"gates": (late_h, too_deep)})
    nowhere = option("nowhere", "CN", 1.0, verdict=Verdict.UNKNOWN).model_copy(
        update={"time_to_first_rescue_h": None, "probability_in_time": None}
    )
    assert order(deep, nowhere, late, option("can", "US", 400.0)) == ["can", "late", "nowhere", "deep"]
