"""One long history over everything that a case holds: back to the start and forward to the end, the same bytes."""

from __future__ import annotations

from typing import Any

from subrescue.desktop.case.session import CaseSession
from subrescue.desktop.case.session_file import Kept, first_line, parsed, step_line
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.exchange.case_toml import case_to_toml
from subrescue.store.cases import read_case_text
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, FIT_OUT

KEY = f"assumptions.{FIT_OUT.key}"
HERE = Position(lat_deg=-17.25, lon_deg=179.999999)
EDITS: tuple[tuple[str, Any], ...] = (
    ("dissub.fix.position", HERE),
    ("dissub.depth_m", None),
    ("dissub.depth_m", 88.0625),
    ("dissub.survivors", 0),
    ("dissub.stores.soda_lime_kg", 12.5),
    ("dissub.stores.water_l", 0.1),
    ("dissub.stores.soda_lime_kg", None),
    ("dissub.compartments", [{"name": "нос", "people": 3}, {"name": 'a "quoted"\\ name', "co2_percent": 1e-06}]),
    ("dissub.compartments", []),
    ("dissub.survival_override", {"p10_h": 1.0, "p50_h": 2.0, "p90_h": 3.5, "source": "Exercise control"}),
    ("environment.forecast", [{"at": "2026-11-23T12:00:00Z", "wave_height_m": 2.25, "wind_kn": 30.0}]),
    ("environment.wave_height_m", None),
    (KEY, Pert(min=1, mode=2.5, max=200)),
    (KEY, Pert(min=1, mode=3.5, max=200)),
    ("assumptions", {}),
    ("offers", [{"asset": "gb-nsrs", "state": "offered", "told_to_go": "2026-11-23T07:00:00Z"}]),
    ("offers", [{"asset": "gb-nsrs", "state": "declined"}, {"asset": "xx-bell", "state": "asked"}]),
    ("annotations", [{"text": "Note\nin two lines # and = signs", "position": {"lat_deg": 1, "lon_deg": -180}}]),
    ("range_rings", [{"radius_nm": 180.0, "hours": 12.0, "speed_kn": 15.0}, {"radius_nm": 5.0, "asset": "gb-nsrs"}]),
    ("annotations", []),
    ("airfields", [{"icao": "ENVA", "closed": True, "source": "NOTAM"}]),
    ("ports", [{"port": "Fish quay", "position": {"lat_deg": 60.39, "lon_deg": 5.3}, "fit_out": "yes"}]),
    ("clearances", [{"nation": "RU", "refused": True}]),
    ("clearances", [{"nation": "RU", "refused": False, "lead_h": [1, 2, 3]}]),
    ("sea_clearances", [{"nation": "TR", "passages": ["bosporus"], "refused": True, "source": "Ankara"}]),
    ("closed_passages", ["suez", "no_such_passage"]),
    ("log", [{"at": "2026-11-23T06:30:00Z", "text": "Signal «SUBSUNK» 🛟 heard"}]),
    ("title", "Учение — «Северный фонарь»"),
    ("alert", "2026-11-23T05:59:59Z"),
    ("dissub.class_id", "ula"),
    ("dissub.fix.position", CASE.dissub.fix.position),
    ("clearances", []),
    ("sea_clearances", []),
    ("offers", []),
)


def test_back_to_the_start_and_forward_to_the_end_every_state_has_the_same_bytes(make_window: MakeWindow) -> None:
    window = make_window()
    desk = window.desk
    states = [case_to_toml(desk.case)]
    for path, value in EDITS:
        assert desk.edit(path, value), path
        states.append(case_to_toml(desk.case))
    end = len(EDITS)
    assert desk.session.at == end
    for at in range(end - 1, -1, -1):
        trigger(window, "undo")
        assert case_to_toml(desk.case) == states[at], EDITS[at]
    assert desk.case == CASE
    for at in range(1, end + 1):
        trigger(window, "redo")
        assert case_to_toml(desk.case) == states[at], EDITS[at - 1]
    for at in (0, end, 7, 20, 3, end):
        desk.go_to_edit(at)
        assert case_to_toml(desk.case) == states[at]
    assert case_to_toml(read_case_text(states[end], "read again")) == states[end]

    session = desk.session  # and as the next start restores it
    kept = first_line(session.base, None) + step_line(0, session.edits, session.at, session.saved_at)
    found = parsed(kept, "kept")
    assert isinstance(found, Kept)
    restored: CaseSession = found.session()
    for at in (end, 0, 11, end):
        restored.go_to(at)
        assert case_to_toml(restored.case) == states[at]
