"""A plan proposes real airfields: no strip, gravel or short field where one lies beside. A case may settle on any."""

from __future__ import annotations

import pytest

from subrescue.earth.world import load_world
from subrescue.planning.geography.places import places_of
from tests.planning.worlds import a_field, small_world


@pytest.mark.parametrize(
    ("ident", "proposed"),
    [
        ("SAWO", False),  # the aero club of Ushuaia, 1,615 m without a code, beside
        ("SAWH", True),
        ("HEBA", True),  # IATA has a code for it
        ("DN51", True),  # a strip with nothing near that does as well
        ("CYCB", True),  # gravel in the Arctic, the one airfield of its island
        ("BIRK", False),  # in the town of Reykjavik, 1,566 m; Keflavik beside
        ("BIKF", True),
        ("ESSB", False),  # in the town of Stockholm, 1,668 m; Arlanda beside
        ("KDOV", True),  # an air base, 2,945 m, beside the large airport of Philadelphia
        ("ENSB", True),  # 2,319 m in Spitsbergen, no large airport beside
        ("SPHZ", False),  # 2,773 m up in the Andes; Chimbote, down the road by the sea
        ("SPQU", False),  # 2,562 m up; Ilo by the sea
        ("SAME", True),  # Mendoza, 704 m
    ],
)
def test_no_strip_or_town_field_is_proposed_where_a_real_airfield_lies_beside(ident: str, proposed: bool) -> None:
    places = places_of(load_world())
    number = places.field_index(ident)
    assert number is not None, "the case may name it"
    assert bool(places.field_landing_m[number] > 0.0) is proposed


def test_a_runway_in_the_mountains_is_worth_less() -> None:
    """At 3,000 m 1.7 times as long is needed: 3,400 m do no more than 2,000 m by the sea; to 1,500 m all count."""
    fields = [a_field("HIGH", 40.0, 5.0, 3400, elevation_m=3000), a_field("HILL", 40.0, 5.0, 3400, elevation_m=1500)]
    found = [places_of(small_world([one])).field_landing_m.tolist() for one in fields]
    assert found == [[pytest.approx(2000.0)], [3400.0]]
