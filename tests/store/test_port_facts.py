"""Wrong and doubtful facts about ports are told by entry and field; `--set` and what-ifs reach them by name."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.case_ports import QuayAnswer
from subrescue.domain.errors import InputError
from subrescue.earth.world import load_world
from subrescue.store.assumptions import load_assumptions
from subrescue.store.case_settings import changed
from subrescue.store.cases import read_case_text
from subrescue.store.checks import check_case
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case

TEXT = """
id = "drill"
title = "Drill"
kind = "exercise"
alert = 2026-03-01T09:00:00Z
[dissub]
name = "S-1"
fix = {position = "60°30'N 2°15'E"}
[[ports]]
port = "Batsfjord"
%s
"""


def findings(*ports: dict[str, Any], **case: Any) -> list[tuple[bool, str]]:
    problems = check_case(a_case(ports=ports, **case), load_registry(), load_world())
    return [(problem.warning, str(problem)) for problem in problems if "ports" in problem.field or case]


def test_a_port_that_nobody_knows_is_refused_with_near_misses_unless_it_has_a_position() -> None:
    ((warning, text),) = findings({"port": "Batsfjrd", "fit_out": "yes"})
    assert not warning
    assert text.startswith("ports[Batsfjrd].port: found the unknown port 'Batsfjrd'; did you mean 'Batsfjord'")
    assert text.endswith("a port that the gazetteer does not know needs a position")
    assert findings({"port": "Mole", "position": {"lat_deg": 71.08, "lon_deg": 28.22}}) == []


def test_one_port_under_two_names_is_refused() -> None:
    ((warning, text),) = findings({"port": "Batsfjord", "crane_t": 20}, {"port": "nobjf", "fit_out": "yes"})
    assert not warning
    assert text.startswith("ports[nobjf].port: found 'nobjf', the port that stands there as 'Batsfjord'")
    ((_, twice),) = findings({"port": "Batsfjord", "crane_t": 20}, {"port": "Batsfjord", "fit_out": "yes"})
    assert "'Batsfjord', which stands twice" in twice


def test_a_new_port_on_land_is_refused_and_one_beside_its_namesake_doubted() -> None:
    ((warning, text),) = findings({"port": "Mole", "position": {"lat_deg": 67.9, "lon_deg": 23.0}})
    assert not warning
    assert "which is on land" in text
    ((warning, text),) = findings({"port": "Batsfjord", "position": {"lat_deg": 70.63, "lon_deg": 29.72}})
    assert warning
    assert "NM from the port 'nobjf'" in text


def test_facts_that_say_nothing_or_contradict_themselves_are_doubted() -> None:
    ((warning, text),) = findings({"port": "Batsfjord", "note": "small"})
    assert warning
    assert "name what is known: closed, fit_out" in text
    ((warning, text),) = findings({"port": "Batsfjord", "fit_out": "no", "fit_out_h": 12})
    assert warning
    assert text.startswith("ports[Batsfjord].fit_out_h: found hours of a fit-out beside fit_out = 'no'")


def test_an_offer_may_settle_a_port_of_the_case() -> None:
    offer = {"asset": "nsrs", "spod": "Slettnes quay"}
    mole = {"port": "Slettnes quay", "position": {"lat_deg": 71.08, "lon_deg": 28.22}}
    assert not [text for _, text in findings(mole, offers=[offer]) if "spod" in text]
    assert [text for _, text in findings(offers=[offer]) if "the unknown port 'Slettnes quay'" in text]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('fit_out = "maybe"', "ports[Batsfjord].fit_out: found 'maybe'; allowed are 'yes', 'no', 'unknown'"),
        ("crane_t = -1", "ports[Batsfjord].crane_t: found -1; allowed is 0 to 5000 t"),
        ("depth_alongside_m = 0", "ports[Batsfjord].depth_alongside_m: found 0; allowed is above 0"),
        ("kranes = 2", "ports[Batsfjord].kranes: found a field of an unknown name; did you mean 'crane_t'"),
    ],
)
def test_a_wrong_field_is_told_with_file_line_found_and_allowed(line: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case_text(TEXT % line, "drill.toml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("drill.toml", 11)
    assert told in str(problem)


def the_case() -> Case:
    return read_case_text(TEXT % "crane_t = 20", "drill.toml")


def test_set_reaches_a_port_by_its_name_and_adds_one() -> None:
    numbers = load_assumptions()
    case = changed(the_case(), ["ports.Batsfjord.fit_out=no", "ports.Kirkenes.fit_out_h=8/12/18"], numbers)
    known, new = case.ports
    assert (known.port, known.crane_t, known.fit_out) == ("Batsfjord", 20, QuayAnswer.NO)
    assert new.port == "Kirkenes"
    assert new.fit_out_h is not None
    assert (new.fit_out_h.min, new.fit_out_h.mode, new.fit_out_h.max) == (8, 12, 18)
    (unknown,) = changed(case, ["ports.Batsfjord.crane_t=unknown"], numbers).ports[:1]
    assert unknown.crane_t is None
    with pytest.raises(InputError, match=r"ports\.Batsfjord\.fit_out"):
        changed(case, ["ports.Batsfjord=yes"], numbers)
    placed = changed(case, ["ports.Mole.position=71°05'N 28°13'E"], numbers).ports[-1]
    assert placed.position is not None
    assert placed.position.lat_deg == pytest.approx(71 + 5 / 60)
