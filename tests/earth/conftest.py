"""What the tests of the earth share: the router and the exact chart are read once."""

import pytest

from subrescue.earth.router.router import SeaRouter
from tests.earth.sea_chart import Chart


@pytest.fixture(scope="session")
def router() -> SeaRouter:
    return SeaRouter()


@pytest.fixture(scope="session")
def chart(router: SeaRouter) -> Chart:
    """The 1:10m land, canals taken out of it."""
    return Chart(router.passages)
