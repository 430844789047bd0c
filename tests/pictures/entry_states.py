"""States of the boxes and forms of places and clearances of a case: what is known, and values that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from subrescue.desktop.clearances.clearances_feature import ClearancesBox, ClearancesFeature
from subrescue.desktop.features import feature_of
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.places.place_facts_feature import PlaceFactsBox, PlaceFactsFeature

if TYPE_CHECKING:
    from tests.pictures.states import Stage


def known_places(stage: Stage) -> PlaceFactsBox:
    desk = stage.window.desk
    stage.do("place_facts")
    desk.edit("airfields", [
        {"icao": "ENVA", "closed": False, "has_loader": True, "parking": 3, "source": "tower, by telephone"},
        {"icao": "ENBR", "has_loader": False, "loader_delay_h": [2, 4, 8]},
    ])  # fmt: skip
    desk.edit("ports", [
        {"port": "Bergen", "fit_out": "yes", "quay_length_m": 140, "depth_alongside_m": 8.5, "crane_t": 60,
         "fit_out_h": [4, 6, 10], "source": "harbour master"},
        {"port": "Fish quay", "position": {"lat_deg": 60.39, "lon_deg": 5.3}, "fit_out": "unknown"},
    ])  # fmt: skip
    box = feature_of(stage.window, PlaceFactsFeature).show()
    box.list.setCurrentIndex(box.list.model().index(2, 0))
    return box


def _type(editor: object, words: str) -> None:
    assert isinstance(editor, TextEditor)
    editor.setText(words)
    editor.editingFinished.emit()


def place_form(stage: Stage) -> QWidget:
    """A port's answers with a value that is refused."""
    box = known_places(stage)
    box.change()
    assert box.form is not None
    _type(box.form.editors["depth_alongside_m"], "85")
    return box.form


def known_clearances(stage: Stage) -> ClearancesBox:
    desk = stage.window.desk
    stage.do("clearances")
    desk.edit("clearances", [
        {"nation": "SE", "overflight_refused": True, "source": "duty officer, by telephone"},
        {"nation": "FI", "aircraft_of": ["US", "GB"], "overflight_h": [6, 12, 24], "refused": False,
         "holds_from": "2026-11-24T06:00Z", "holds_until": "2026-11-26T18:00Z"},
    ])  # fmt: skip
    desk.edit("sea_clearances", [
        {"nation": "RU", "ships_of": ["NO"], "icebreaker": True, "lead_h": [24, 48, 96], "ice_speed_kn": [4, 6, 9],
         "holds_from": "2026-11-25T04:00Z", "source": "MRCC Murmansk"},
        {"nation": "TR", "passages": ["bosporus", "dardanelles"], "warships": True, "refused": True},
    ])  # fmt: skip
    box = feature_of(stage.window, ClearancesFeature).show()
    assert isinstance(box, ClearancesBox)
    box.choose("sea_clearances", 0)
    return box


def clearance_form(stage: Stage) -> QWidget:
    """What a nation says of ships, with hours that are refused."""
    box = known_clearances(stage)
    box.change()
    assert box.form is not None
    _type(box.form.editors["lead_h"], "48/24")
    return box.form


def landing_form_with_times(stage: Stage) -> QWidget:
    """What a nation says of aircraft from one hour to another, with an end that comes before its begin."""
    box = known_clearances(stage)
    box.choose("clearances", 1)
    box.change()
    assert box.form is not None
    _type(box.form.editors["holds_until"], "231800Z NOV 26")
    box.form.editors["holds_until"].setFocus()
    return box.form


def landing_form(stage: Stage) -> QWidget:
    """What a nation says of aircraft, as it begins from a new one."""
    box = known_clearances(stage)
    box.begin("clearances")
    assert box.form is not None
    return box.form


def airfield_form(stage: Stage) -> QWidget:
    """What an airfield answers that is closed until it is repaired, and at night by hours that nobody can read."""
    box = known_places(stage)
    box.show_place("airfields", "ENVA")
    assert box.form is not None
    for path, words in (("closed_until", "251800Z NOV 26"), ("closed_daily", "21-05")):
        _type(box.form.editors[path], words)
    return box.form
