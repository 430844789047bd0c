"""Nobody is asked to send what works deeper than anything of its kind ever did: a bell or divers to 900 m."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.response import Gate, Verdict
from subrescue.exchange.wording import say
from tests.planning.test_scene_gates import a_case, a_vehicle, gate
from tests.planning.worlds import rov, ship


@pytest.mark.parametrize(
    ("asset", "deepest_m"),
    [
        (a_vehicle(vehicle_type="chamber", max_depth_m=None), 300),
        (rov(intervention_kind="saturation_divers", max_depth_m=None), 534),
        (rov(intervention_kind="ads", max_depth_m=None), 610),
        (a_vehicle(max_depth_m=None), 1524),
        (ship(carries=[{"name": "Wet bell"}, {"name": "decompression chambers"}, {"name": "divers"}]), 534),
    ],
)
def test_what_nothing_of_its_kind_ever_reached_is_no_question(asset: Any, deepest_m: int) -> None:
    assert gate(Gate.DEPTH, asset, a_case(depth_m=deepest_m, hull_crushed=False)).verdict is Verdict.UNKNOWN
    below = gate(Gate.DEPTH, asset, a_case(depth_m=deepest_m + 1, hull_crushed=False))
    assert below.verdict is Verdict.RED
    (why,) = below.reasons
    assert say(why) == (
        f"DISSUB at {deepest_m + 1:,} m; depth limit unknown, and none of its kind is known to have worked "
        f"below {deepest_m:,} m"
    )


@pytest.mark.parametrize("asset", [a_vehicle(max_depth_m=None), rov(max_depth_m=None)])
def test_vehicles_and_rovs_of_unknown_limit_are_asked_for_it_at_any_depth(asset: Any) -> None:
    assert gate(Gate.DEPTH, asset, a_case(depth_m=900)).verdict is Verdict.UNKNOWN


def test_a_ship_with_gear_of_which_one_cannot_tell_is_asked_for_its_limit() -> None:
    for carried in ([], [{"name": "AUV"}], [{"name": "diving bell"}, {"name": "ELSS pods"}]):
        assert gate(Gate.DEPTH, ship(carries=carried), a_case(depth_m=1800)).verdict is Verdict.UNKNOWN


def test_the_limit_of_an_asset_counts_before_that_of_its_kind() -> None:
    divers = rov(intervention_kind="saturation_divers", max_depth_m=250)
    assert [why.id for why in gate(Gate.DEPTH, divers, a_case(depth_m=600)).reasons] == ["depth.too_deep"]
