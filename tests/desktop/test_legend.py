"""The legend of the map has a mark for every layer that is shown, in the colours of the map, and follows both."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor

from subrescue.desktop.map.layers import LAYERS, LayerChoice
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.legend import HEIGHT, SAMPLES, WIDTH, entries, sample
from subrescue.desktop.map.legend_feature import LegendFeature
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT
from tests.desktop.driving import MakeWindow, trigger

ALL = LayerChoice(shown={layer.id: True for layer in LAYERS})


def test_every_layer_has_its_mark_and_routes_one_for_each_way_to_travel(qapp: Any) -> None:
    found = entries(ALL, DAY)
    assert {entry.layer for entry in found} == {"", *(layer.id for layer in LAYERS)}
    assert set(SAMPLES) == {layer.id for layer in LAYERS} - {"routes"}
    assert [entry.title for entry in found if entry.layer == "routes"] == [
        "Routes: By air", "Routes: By road", "Routes: By sea", "Routes: From a place ashore to its water",
    ]  # fmt: skip
    assert [entry.title for entry in found if entry.layer == "rescue_system"][1:] == ["go", "doubt", "no-go", "unknown"]
    assert all(entry.title and entry.help for entry in found)


@pytest.mark.parametrize("palette", [DAY, DUSK, NIGHT])
def test_every_mark_can_be_seen_on_the_sea_and_no_two_are_alike(qapp: Any, palette: Any) -> None:
    pictures = [sample(entry, palette, 1.0) for entry in entries(ALL, palette)]
    for picture in pictures:
        sea = QColor(palette.sea).rgb()
        other = sum(picture.pixel(x, y) != sea for x in range(WIDTH) for y in range(HEIGHT))
        assert other > 20
    assert all(one != other for number, one in enumerate(pictures) for other in pictures[:number])


def test_a_layer_that_is_taken_away_has_no_mark(qapp: Any) -> None:
    choice = ALL.with_shown("contours", False).with_shown("routes", False)
    assert not {"contours", "routes"} & {entry.layer for entry in entries(choice, DAY)}


def test_the_legend_follows_layers_and_colours_and_closes(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    legend = next(each for each in window.features if isinstance(each, LegendFeature))
    layers = next(each for each in window.features if isinstance(each, LayersFeature))
    trigger(window, "map_legend")
    shown = legend.shown
    assert shown is not None
    assert "Depth contours" in shown.text.toPlainText()
    layers.show_layer("contours", False)
    assert "Depth contours" not in shown.text.toPlainText()
    trigger(window, "night")
    assert "Names of seas" in shown.text.toPlainText()
    trigger(window, "map_legend")
    assert legend.shown is shown
    shown.reject()
    qtbot.wait_until(lambda: legend.shown is None)
    window.set_theme("day")
