"""A registry whose numbers cannot be is refused with file, line, field, what was found and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.store.registry import load_registry

SHIP = 'id = "a"\nname = "A"\nnations = ["NO"]\nrole = "rescue_ship"\n'
SYSTEM = 'id = "a"\nname = "A"\nnations = ["NO"]\nvehicle_type = "chamber"\n'
FLEET = 'id = "a"\nname = "A"\nnations = ["NO"]\naircraft_type = "x"\n'
CURVE = "payload_range = [{payload_t = 10, range_nm = 100}, {payload_t = 0, range_nm = 400}]\n"
AIRCRAFT = f'id = "a"\nname = "A"\ncruise_kn = 300\nmax_payload_t = 10\nmin_runway_m = 1000\n{CURVE}'


@pytest.mark.parametrize(
    ("kind", "known", "wrong", "words"),
    [
        ("ship", SHIP, "notice_h = [-6, 2, 3]", "notice_h: found -6 to 3; allowed is 0 to 10000 h"),
        ("ship", SHIP, "notice_h = -6", "notice_h: found -6; allowed is 0 to 10000 h"),
        ("ship", SHIP, "notice_h = 20000", "notice_h: found 20000; allowed is 0 to 10000 h"),
        ("ship", SHIP, "speed_kn = 0", "speed_kn: found 0; allowed is above 0 to 60 kn"),
        ("ship", SHIP, "range_nm = -5", "range_nm: found -5; allowed is above 0 to 100000 nm"),
        ("rescue_system", SYSTEM, "cycle_h = 0", "cycle_h: found 0; allowed is above 0, at most 10000 h"),
        (
            "rescue_system",
            SYSTEM,
            "max_depth_m = 200\nmin_depth_m = 300",
            "min_depth_m: found 300 m; allowed is less than max_depth_m, 200 m",
        ),
        (
            "rescue_system",
            SYSTEM,
            'shipment = {mass_t = 10, pieces = [{name = "Vehicle", mass_t = 15, count = 2}]}',
            "shipment.mass_t: found 10 t; allowed is at least that of its pieces, 30 t",
        ),
        ("aircraft_fleet", FLEET, "wait_h = [-1, 2, 3]", "wait_h: found -1 to 3; allowed is 0 to 10000 h"),
        (
            "aircraft_fleet",
            FLEET,
            "later = [{count = 1, wait_h = -3}]",
            "later[1].wait_h: found -3; allowed is 0 to 10000 h",
        ),
        (
            "aircraft_fleet",
            FLEET,
            "count = 2\nusable_count = 3",
            "usable_count: found 3; allowed is at most count, 2",
        ),
        (
            "aircraft_type",
            AIRCRAFT,
            "full_load_runway_m = 900",
            "full_load_runway_m: found 900 m; allowed is at least min_runway_m, 1000 m",
        ),
        ("aircraft_type", AIRCRAFT, "load_factor = 1.4", "load_factor: found 1.4; allowed is above 0, at most 1"),
        (
            "aircraft_type",
            AIRCRAFT.replace("{payload_t = 10,", "{payload_t = 12,"),
            "",
            "payload_range: found 12 t; allowed is at most max_payload_t, 10 t",
        ),
    ],
)
def test_numbers_that_cannot_be_are_refused(tmp_path: Path, kind: str, known: str, wrong: str, words: str) -> None:
    (tmp_path / "mine.toml").write_text(f"[[{kind}]]\n{known}{wrong}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_registry(tmp_path)
    (line,) = str(caught.value).splitlines()
    assert line.startswith("mine.toml, line ")
    assert line.endswith(f": {kind}[a].{words}")


def test_a_notice_of_nothing_and_the_whole_of_a_fleet_are_allowed(tmp_path: Path) -> None:
    plane = AIRCRAFT.replace('id = "a"', 'id = "x"')
    fleet = FLEET.replace('id = "a"', 'id = "b"')
    ship = f"[[ship]]\n{SHIP}notice_h = 0\n"
    text = f"{ship}[[aircraft_type]]\n{plane}[[aircraft_fleet]]\n{fleet}count = 2\nusable_count = 2\n"
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    registry = load_registry(tmp_path)
    notice = registry.ships["a"].notice_h
    assert notice is not None
    assert notice.max == 0
    assert registry.aircraft_fleets["b"].usable_count == 2
