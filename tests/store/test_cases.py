"""What a new user gets wrong in a case file is answered with file, line, field, what was found and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.case import Case, CaseKind
from subrescue.domain.errors import InputError
from subrescue.domain.quantities import Pert
from subrescue.earth.world import load_world
from subrescue.store import validation
from subrescue.store.cases import find_case, read_case, read_case_text
from subrescue.store.checks import check_case
from subrescue.store.registry import load_registry

GOOD = """\
id = "drill-1"
title = "Drill"
kind = "exercise"
alert = 2026-03-01T09:00:00Z

[dissub]
name = "S-1"
depth_m = 120
[dissub.fix]
position = "60°30.0'N 002°15.0'E"
error_radius_nm = 2

[[offers]]
asset = "gb-nsrs"
state = "offered"
notice_h = [1, 2, 4]
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_case_text(text, "drill.toml")
    return str(caught.value).splitlines()


def test_a_good_case_reads_with_its_position_parsed() -> None:
    case = read_case_text(GOOD, "drill.toml")
    assert case.kind is CaseKind.EXERCISE
    assert case.dissub.fix.position.lat_deg == 60.5
    assert case.dissub.fix.position.lon_deg == 2.25
    assert case.offers[0].notice_h == Pert(min=1, mode=2, max=4)
    assert case.dissub.survivors is None


def test_latitude_95_names_file_line_field_and_range() -> None:
    text = GOOD.replace("""position = "60°30.0'N 002°15.0'E\"""", "position = {lat_deg = 95, lon_deg = 2}")
    assert problems_of(text) == [
        "drill.toml, line 10: dissub.fix.position.lat_deg: found 95; allowed is -90 to 90",
    ]


def test_a_position_text_that_is_none_names_its_line() -> None:
    (line,) = problems_of(GOOD.replace("60°30.0'N", "95°30.0'N"))
    assert line.startswith("drill.toml, line 10: dissub.fix.position: found ")


def test_a_time_without_zone_is_refused() -> None:
    (line,) = problems_of(GOOD.replace("09:00:00Z", "09:00:00"))
    assert line == (
        "drill.toml, line 4: alert: found 2026-03-01T09:00:00; "
        "a time needs a zone: write 2026-11-23T14:07:31Z or ...+03:00"
    )


@pytest.mark.parametrize("value", ["2026-03-01", "1772355600", '"tomorrow"', "true"])
def test_what_is_no_time_is_refused(value: str) -> None:
    (line,) = problems_of(GOOD.replace("2026-03-01T09:00:00Z", value))
    assert line.startswith("drill.toml, line 4: alert: found ")


def test_a_misspelt_field_is_offered_its_right_name() -> None:
    (line,) = problems_of(GOOD.replace("depth_m", "dept_m"))
    assert line == ("drill.toml, line 8: dissub.dept_m: found a field of an unknown name; did you mean 'depth_m'?")


def test_a_misspelt_choice_is_offered_the_right_one() -> None:
    (line,) = problems_of(GOOD.replace('"offered"', '"ofered"'))
    assert line.startswith("drill.toml, line 15: offers[gb-nsrs].state: found 'ofered'; allowed are 'not_asked', ")
    assert line.endswith("did you mean 'offered'?")


def test_all_problems_come_at_once_in_the_order_of_the_lines() -> None:
    text = GOOD.replace("120", "-5").replace('"exercise"', '"drill"').replace("[1, 2, 4]", "[4, 2, 1]")
    assert [line.split(": ")[:2] for line in problems_of(text)] == [
        ["drill.toml, line 3", "kind"],
        ["drill.toml, line 8", "dissub.depth_m"],
        ["drill.toml, line 16", "offers[gb-nsrs].notice_h"],
    ]


def test_a_missing_field_names_its_table_and_what_it_is() -> None:
    (line,) = problems_of(GOOD.replace('name = "S-1"\n', ""))
    assert line == "drill.toml, line 6: dissub.name: found nothing; this field is required (Name)"


@pytest.mark.parametrize("value", ["true", '"120"', "[120]", "nan", "inf"])
def test_a_depth_that_is_no_number_is_refused(value: str) -> None:
    (line,) = problems_of(GOOD.replace("depth_m = 120", f"depth_m = {value}"))
    assert line.startswith("drill.toml, line 8: dissub.depth_m: found ")
    assert line.endswith(("0 to 11000 m", "not infinite is needed"))


def test_yes_is_not_true() -> None:
    (line,) = problems_of(GOOD.replace("depth_m = 120", 'entangled = "yes"'))
    assert "entangled: found 'yes'; allowed are true and false" in line


def test_more_survivors_than_aboard_is_refused() -> None:
    (line,) = problems_of(GOOD.replace("depth_m = 120", "people_aboard = 40\nsurvivors = 50"))
    assert line == "drill.toml, line 9: dissub.survivors: found 50; at most the 40 people aboard"


def test_a_fault_of_the_syntax_names_its_line() -> None:
    (line,) = problems_of(GOOD.replace("depth_m = 120", "depth_m = 120 m"))
    assert line.startswith("drill.toml, line 8: found ")
    (line,) = problems_of(GOOD.replace("depth_m = 120", "depth_m: 120"))
    assert line.startswith("drill.toml, line 8: found ")
    (line,) = problems_of(GOOD + 'note = "no end')
    assert line.startswith("drill.toml, line 17: found ")


def test_assumptions_may_be_written_with_dots_or_in_quotes() -> None:
    dots = read_case_text(GOOD + "[assumptions]\nfit_out.certified_h = [8, 12, 18]\n", "x")
    quoted = read_case_text(GOOD + '[assumptions]\n"fit_out.certified_h" = [8, 12, 18]\n', "x")
    assert dots.assumptions == quoted.assumptions == {"fit_out.certified_h": Pert(min=8, mode=12, max=18)}


def test_a_wrong_assumption_names_its_line() -> None:
    (line,) = problems_of(GOOD + "[assumptions]\nfit_out.certified_h = [8, 12]\n")
    assert line.startswith("drill.toml, line 18: assumptions.fit_out.certified_h: found [8, 12]; ")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"\n  \n", "an empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a binary file"),
        (b"id = 'x'\ntitle = '\xe9'\n", "a byte that is no UTF-8 text (0xe9)"),
        ("id = 'x'".encode("utf-16-le"), "a binary file"),
        ("\ufeff \n".encode("utf-16-be"), "an empty file"),
        (b"\xff\xfei\0d", "a byte that is no UTF-16 text (0x64)"),
        (b"#" * 5_000_001, "more than 5,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_case_is_named(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_case(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.found == found
    assert problem.line == (content.count(b"\n") if "UTF-8 text (" in found else 1 if "UTF-16" in found else None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_case_may_be_of_any_encoding_that_its_mark_names(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(("\ufeff" + GOOD.replace("\n", "\r\n")).encode(encoding))
    assert read_case(path) == read_case_text(GOOD, "x")


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found a folder"):
        read_case(tmp_path)
    with pytest.raises(InputError, match="found no such file"):
        read_case(tmp_path / "none.toml")


def test_an_unknown_name_of_a_case_is_offered_the_shipped_ones() -> None:
    with pytest.raises(InputError, match="neither a file nor a shipped case"):
        find_case("krusk")
    with pytest.raises(InputError, match=r"krusk\.toml: found no such file"):
        find_case("krusk.toml")


def test_no_message_speaks_of_the_machinery() -> None:
    wrong = GOOD.replace("[dissub]", "environment = 3\nships = 'x'\nsummary = 1\nlog = [1]\n[dissub]")
    text = "\n".join(problems_of(wrong.replace("[dissub.fix]\n", "[dissub.fix]\nat = []\nsource = 2\n")))
    for word in ("pydantic", "http", "Input should", "dict", "tuple", "instance", "_type", "valid "):
        assert word not in text
    assert isinstance(read_case_text(GOOD, "x"), Case)


@pytest.mark.parametrize(
    ("added", "found"),
    [
        # Each took minutes to be refused, or filled the screen with one fault over and over.
        (".".join(["a"] * 20_000) + " = 1\n", "line 1: found a key of 16 parts or more"),
        ("[[airfields]]\nicao = 'ENVA'\n" * 50_000, "airfields: found 50,000 entries; a list of at most 5,000"),
        ("[" + ".".join(["a"] * 17) + "]\n", "line 1: found a key of 16 parts or more"),
    ],
)
def test_a_file_made_to_take_long_is_refused(added: str, found: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_case_text(added, "x.toml")
    assert found in str(refusal.value)


def test_the_first_hundred_faults_are_told_and_how_many_more_there_are() -> None:
    with pytest.raises(InputError) as refusal:
        read_case_text("[[log]]\nat = 'yesterday'\n" * 400, "x.toml")
    told = str(refusal.value).splitlines()
    assert len(told) == 101
    assert len(refusal.value.problems) > 400
    assert told[-1] == f"and {len(refusal.value.problems) - 100} more faults"


def test_thousands_of_unknown_names_are_not_all_compared_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def alike(name: str, *_: object, **__: object) -> list[str]:
        compared.append(name)
        return []

    monkeypatch.setattr(validation, "near_names", alike)
    with pytest.raises(InputError) as refusal:
        read_case_text("".join(f"k{number} = 1\n" for number in range(1000)), "x.toml")
    assert len(refusal.value.problems) >= 1000
    assert len(compared) <= validation.HINTED
    ports = "".join(f"[[ports]]\nport = 'no-port-{number}'\nclosed = true\n" for number in range(150))
    compared.clear()
    problems = check_case(read_case_text(GOOD + ports, "x.toml"), load_registry(), load_world())
    assert sum("no-port-" in problem.found for problem in problems) == 150
    assert len(compared) <= validation.HINTED


def test_what_was_found_is_told_no_longer_than_it_can_be_read() -> None:
    with pytest.raises(InputError) as refusal:
        read_case_text("a" * 4000 + " = 1\n", "x.toml")
    assert max(map(len, str(refusal.value).splitlines())) < 700
