"""Registry and assumptions read with every problem named; ids are unique, evidence has a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.quantities import Pert
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry

SOURCES = '[[source]]\nid = "S1"\ntitle = "A yearbook"\ndate = "2024"\n'
SHIP = """
[[ship]]
id = "no-one"
name = "One"
nations = ["NO"]
role = "rescue_ship"
speed_kn = 14
[ship.evidence]
speed_kn = [{source = "S1", confidence = "high"}]
"""


def folder_of(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_registry(folder)
    return str(caught.value).splitlines()


def test_a_registry_is_read_from_all_files_of_a_folder(tmp_path: Path) -> None:
    registry = load_registry(folder_of(tmp_path, sources=SOURCES, ships=SHIP))
    ship = registry.ships["no-one"]
    assert ship.speed_kn == 14
    assert ship.length_m is None
    assert ship.evidence["speed_kn"][0].source == "S1"
    assert registry.sources["S1"].title == "A yearbook"


def test_an_id_that_is_given_twice_names_both_places(tmp_path: Path) -> None:
    second = '[[rescue_system]]\nid = "no-one"\nname = "X"\nnations = ["NO"]\nvehicle_type = "chamber"\n'
    assert problems_of(folder_of(tmp_path, sources=SOURCES, ships=SHIP, systems=second)) == [
        "systems.toml, line 2: rescue_system[no-one].id: found the id 'no-one' a second time; "
        "it stands already in ships.toml, line 3; ids are unique",
    ]


def test_evidence_of_an_unknown_source_is_refused(tmp_path: Path) -> None:
    (line,) = problems_of(folder_of(tmp_path, sources=SOURCES, ships=SHIP.replace('"S1"', '"S2"')))
    assert line == (
        "ships.toml, line 9: ship[no-one].evidence.speed_kn[1].source: found the unknown source 'S2'; known are S1"
    )


MATE = """
[[mate]]
id = "one"
name = "X with Y"
rescue_system = "no-x"
submarine_class = "y"
state = "demonstrated"
"""
PAIR = """
[[rescue_system]]
id = "no-x"
name = "X"
nations = ["NO"]
vehicle_type = "chamber"
[[submarine_class]]
id = "y"
name = "Y"
nations = ["NO"]
"""


def test_a_cell_of_the_matrix_is_found_by_vehicle_and_class(tmp_path: Path) -> None:
    mate = load_registry(folder_of(tmp_path, systems=PAIR, mates=MATE)).mate("no-x", "y")
    assert mate is not None
    assert mate.state == "demonstrated"
    assert mate.depth_m is None


def test_a_cell_of_the_matrix_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    wrong = MATE.replace('"no-x"', '"no-xx"')
    assert problems_of(folder_of(tmp_path, systems=PAIR, mates=wrong)) == [
        "mates.toml, line 5: mate[one].rescue_system: found the unknown id 'no-xx'; did you mean 'no-x'?"
    ]


def test_a_vehicle_and_a_class_stand_together_once(tmp_path: Path) -> None:
    again = MATE.replace('id = "one"', 'id = "two"')
    (line,) = problems_of(folder_of(tmp_path, systems=PAIR, mates=MATE + again))
    assert line == (
        "mates.toml, line 10: mate[two].id: found 'no-x' and 'y' together a second time; "
        "they stand already in mate[one]; one row for a vehicle and a class"
    )


def test_an_agreement_on_a_system_that_is_not_there_is_refused(tmp_path: Path) -> None:
    agreement = '[[agreement]]\nid = "a"\nname = "A"\nnations = ["NO", "SE"]\nshared_system = "nsrs"\n'
    (line,) = problems_of(folder_of(tmp_path, agreements=agreement))
    assert line == "agreements.toml, line 5: agreement[a].shared_system: found the unknown id 'nsrs'; none is known"


def test_wrong_tables_of_all_files_are_listed_together(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        a=SHIP.replace("14", "140"),
        b="[[shipp]]\nid = 'x'\n",
        c="[ship]\nid = 'y'\n",
    )
    lines = problems_of(folder)
    assert lines[0].startswith("a.toml, line 7: ship[no-one].speed_kn: found 140; allowed is above 0 to 60 kn")
    assert lines[1] == "b.toml, line 1: shipp: found a table of an unknown name; did you mean 'ship'?"
    assert lines[2].startswith("c.toml: ship: found one table; a list is needed")


def test_an_empty_folder_is_no_registry(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \*\.toml in it"):
        load_registry(tmp_path)


def test_the_shipped_assumptions_read_and_lie_in_their_ranges() -> None:
    assumptions = load_assumptions()
    assert len(assumptions.items) >= 50
    assert assumptions.replaced({"alert.notify_h": Pert.exactly(2)})["alert.notify_h"].mode == 2


def test_an_assumption_out_of_its_range_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "assumptions.toml"
    path.write_text(
        '[[assumption]]\nkey = "a.b_h"\ntitle = "T"\nunit = "h"\nvalue = [1, 2, 30]\nlow = 0\nhigh = 24\n'
        'source = "ASSUME"\nconfidence = "low"\nhelp = "x"\n'
    )
    with pytest.raises(InputError) as caught:
        load_assumptions(path)
    assert str(caught.value) == "assumptions.toml, line 1: a.b_h: found 1 to 30 h; allowed is 0 to 24"
