"""What goes into which sortie."""

from __future__ import annotations

import pytest

from subrescue.domain.assets import Shipment
from subrescue.planning.airlift.loads import loads
from tests.planning.worlds import C17


def of(mass_t: float | None, srv_t: float | None) -> list[float | None]:
    """The loads of four sorties of 27 t by volume, the vehicle in the first."""
    shipment = Shipment.model_validate({"mass_t": mass_t, "pieces": [{"name": "SRV", "length_m": 10, "mass_t": srv_t}]})
    found = loads(shipment, [C17] * 4, [27.0] * 4)
    assert [one.pieces for one in found] == [("SRV",), (), (), ()]
    return [one.mass_t for one in found]


def test_the_mass_is_spread_evenly() -> None:
    assert of(100.0, 20.0) == pytest.approx([25.0] * 4)


def test_a_sortie_has_no_less_than_its_vehicle_weighs() -> None:
    """22 t were told of the sortie with an SRV of 30 t."""
    assert of(88.0, 30.0) == pytest.approx([30.0, 58 / 3, 58 / 3, 58 / 3])


def test_a_vehicle_that_is_the_whole_leaves_nothing_to_the_others() -> None:
    assert of(30.0, 30.0) == pytest.approx([30.0, 0.0, 0.0, 0.0])


def test_what_is_not_known_is_not_told() -> None:
    assert of(None, 30.0) == [None] * 4
