"""The lists of shoals that bar the way and of inner leads: their forms, and how shoals are drawn into the raster."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from tools.router_raster import COLS, ROWS
from tools.router_shoals import shoal_cells

TOOLS = Path(__file__).parents[2] / "tools"
SHOALS = tomllib.loads((TOOLS / "shoals.toml").read_text(encoding="utf-8"))["shoal"]
LEADS = tomllib.loads((TOOLS / "leads.toml").read_text(encoding="utf-8"))["lead"]


@pytest.mark.parametrize("shoal", SHOALS, ids=lambda shoal: shoal["name"])
def test_a_shoal_says_why_it_bars_the_way_and_who_says_so(shoal: dict[str, object]) -> None:
    assert shoal["why"]
    assert shoal["source"]
    assert shoal["confidence"] in ("high", "medium", "low")


@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: lead["id"])
def test_a_lead_has_a_name_and_a_source(lead: dict[str, object]) -> None:
    assert lead["name"]
    assert lead["source"]
    assert lead["confidence"] in ("high", "medium", "low")


def test_a_line_is_drawn_into_the_raster_two_cells_thick_and_over_the_date_line(tmp_path: Path) -> None:
    file = tmp_path / "shoals.toml"
    file.write_text("[[shoal]]\nline = [[0.008, 179.992], [0.008, 179.992]]\n", encoding="utf-8")
    # Row 5400 begins at the equator, the last column ends at the date line.
    assert np.argwhere(shoal_cells(file)).tolist() == [[ROWS // 2, 0], [ROWS // 2, COLS - 1], [ROWS // 2 + 1, COLS - 1]]
