"""What the tests of the earth share: the router is read once."""

import pytest

from subrescue.earth.router import SeaRouter


@pytest.fixture(scope="session")
def router() -> SeaRouter:
    return SeaRouter()
