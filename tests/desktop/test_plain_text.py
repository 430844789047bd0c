"""What others have named is shown as they wrote it, and takes no more of the window than there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.layers_panel import LayerRow, LayersPanel
from subrescue.desktop.map.scene import MapAsset, MapScene
from subrescue.desktop.parts.plain_text import breakable, plain_tip, shortened
from subrescue.desktop.parts.qt_boxes import line_box
from subrescue.domain.position import Position
from subrescue.domain.response import Verdict
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE

MARKED = "<b>Boat</b> & <img src=/etc/hostname> {name}"
DESKTOP = Path(__file__).parents[2] / "subrescue" / "desktop"


def test_a_case_that_is_called_by_markup_is_shown_as_it_was_written(make_window: MakeWindow) -> None:
    title = make_window(CASE.model_copy(update={"title": MARKED})).banner.title
    title.resize(2_000, 20)
    assert title.text() == MARKED
    assert title.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;b&gt;Boat&lt;/b&gt; &amp; &lt;img src" in title.toolTip()


def test_every_label_of_the_desk_is_plain_or_says_that_it_is_not() -> None:
    made = {path.name for path in DESKTOP.rglob("*.py") if "QLabel(" in path.read_text().replace("PlainLabel(", "")}
    assert made == {"headline.py"}  # it escapes what it is given


def test_a_tooltip_is_touched_only_where_it_looks_like_markup() -> None:
    assert plain_tip("3 < 4 & more\nlines") == "3 < 4 & more\nlines"
    assert plain_tip("<u>x</u>") == "<p style='white-space:pre-wrap'>&lt;u&gt;x&lt;/u&gt;</p>"


def test_a_question_about_a_long_name_fits_its_box(qtbot: Any) -> None:
    parent = QWidget()
    qtbot.add_widget(parent)
    box = line_box(parent, "Rings", f"About {shortened('N' * 300)} & <i>co</i>", "")
    (label,) = (found for found in box.findChildren(QLabel))
    assert box.sizeHint().width() < 700
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().endswith("… && <i>co</i>")


@pytest.mark.parametrize("field", ["Name", "F" * 300])
def test_a_layer_from_a_file_of_a_long_name_makes_the_panel_no_wider(qtbot: Any, field: str) -> None:
    panel = LayersPanel()
    qtbot.add_widget(panel)
    before = panel.minimumSizeHint().width()
    row = LayerRow("x", "a.kml", f"KML\n/home/{'L' * 200}.kml", True, 100, True, "#1f6fb2", 0, field, (field,))
    panel.show_rows([("Own layers", (row,))])
    panel.choose("x")
    panel.show()
    assert panel.minimumSizeHint().width() <= max(before, 300)


def test_words_break_within_long_parts_alone() -> None:
    assert breakable("KML, 1 layer") == "KML, 1 layer"
    assert breakable("a" * 25) == "a" * 12 + "\u200b" + "a" * 12 + "\u200b" + "a"


def test_no_name_lies_over_half_of_the_map(qapp: Any) -> None:
    canvas = Canvas(1600, 900)
    here, by = Position(lat_deg=64.0, lon_deg=7.0), Position(lat_deg=63.0, lon_deg=9.0)
    asset = MapAsset("a", "W" * 300, by, "ship", Verdict.GREEN)
    canvas.set_scene(MapScene(dissub=here, error_radius_nm=1.0, label="N" * 300, assets=(asset,), legs=()))
    canvas.fit()
    names = canvas.layout().marks.names
    assert len(names) == 2
    assert 300 < max(name.width for name in names) < 430
