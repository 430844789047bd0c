"""What several tests of the planner stand on."""

from __future__ import annotations

import pytest

from subrescue.earth.world import load_world
from subrescue.planning.geography.places import Places, places_of


@pytest.fixture(scope="session")
def places() -> Places:
    return places_of(load_world())
