"""The commands as a new user calls them: exit codes, clear errors, no traceback, files written whole."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from subrescue.store.cases import shipped_cases
from subrescue.store.paths import resources_dir
from tests.cli.calls import run

DEMO = "demo-norwegian-sea"


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str], str]:
    """The demonstration case with one line replaced, as a file."""
    text = next(path for path in shipped_cases() if path.stem == DEMO).read_text(encoding="utf-8")

    def spoil(old: str, new: str) -> str:
        lines = [new if line.startswith(old) else line for line in text.splitlines()]
        assert lines != text.splitlines()
        path = tmp_path / "case.toml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return spoil


def test_help_names_every_command() -> None:
    code, out, _ = run("--help")
    assert code == 0
    names = "open plan route distances depth environment where places assets picture workspace"
    for name in names.split():
        assert name in out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom subrescue.cli.main import app\n"
        "heavy = {'numpy', 'scipy', 'pyproj', 'shapely', 'pydantic', 'PySide6', 'sqlalchemy'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(' '.join(sorted(heavy)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_an_unknown_command_or_option_is_wrong_use() -> None:
    assert run("plam")[0] == 2
    assert run("plan")[0] == 2
    assert run("plan", DEMO, "--format", "pdf")[0] == 2


def test_the_version_is_printed() -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("subrescue ")


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("position = ", "position = {lat_deg = 95, lon_deg = 7}", "dissub.fix.position.lat_deg", "-90 to 90"),
        ("position = ", "position = \"61°38.2'N 8°18.8'E\"", "dissub.fix.position", "which is on land"),
        ("class_id = ", 'class_id = "ulaa"', "dissub.class_id", "did you mean 'ula'?"),
        ("alert = ", "alert = 2026-11-23T06:00:00", "alert", "a time needs a zone"),
        ("depth_m = ", "dept_m = 5", "dissub.dept_m", "did you mean 'depth_m'?"),
    ],
)
def test_wrong_input_names_file_line_and_field(
    spoilt: Callable[[str, str], str], old: str, new: str, field: str, said: str
) -> None:
    path = spoilt(old, new)
    line = Path(path).read_text(encoding="utf-8").splitlines().index(new) + 1
    code, out, err = run("plan", path)
    assert code == 2
    assert out == ""
    assert f"{path}, line {line}: {field}: found " in err
    assert said in err


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"\xff\xfe"])
def test_a_file_that_is_no_case_is_wrong_input(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    code, out, err = run("plan", str(path))
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}")


def test_a_port_on_land_and_unknown_assets_are_named_together(tmp_path: Path) -> None:
    text = next(path for path in shipped_cases() if path.stem == DEMO).read_text(encoding="utf-8")
    path = tmp_path / "case.toml"
    path.write_text(text + '\n[[offers]]\nasset = "nsrr"\nspod = "Lillehammer"\napod = "XXXX"\n', encoding="utf-8")
    code, _, err = run("plan", str(path))
    assert code == 2
    lines = [line.split(": ", 1)[1] for line in err.splitlines()]
    assert lines == [
        "offers[nsrr].asset: found the unknown asset 'nsrr'; did you mean 'nsrs' or 'nsrs-irov'?",
        "offers[nsrr].spod: found the unknown port 'Lillehammer'; the name of a port is needed",
        "offers[nsrr].apod: found the unknown airfield 'XXXX'; the ICAO code of an airfield is needed",
    ]


def test_depth_has_a_band_and_land_has_none() -> None:
    code, out, _ = run("depth", "-7.8", "114.8")
    assert code == 0
    assert "about" in out
    assert " to " in out
    code, out, err = run("depth", "48N 10E")
    assert (code, out) == (1, "")
    assert "on land" in err


def test_a_route_goes_through_its_passages_and_round_when_they_are_closed() -> None:
    code, out, _ = run("route", "Port Said", "Jeddah", "--format", "json")
    assert code == 0
    direct = json.loads(out)
    assert "suez" in direct["passages"]
    code, out, _ = run("route", "Port Said", "Jeddah", "--close", "suez,kiel", "--format", "json")
    assert code == 0
    around = json.loads(out)
    assert "suez" not in around["passages"]
    assert around["distance_nm"] > 10 * direct["distance_nm"]
    assert around["points"][0] == direct["points"][0]


def test_no_route_says_why_and_what_would_open_one() -> None:
    code, out, err = run("route", "uaods", "Piraeus", "--close", "bosporus")
    assert (code, out) == (1, "")
    assert "bosporus" in err
    code, out, err = run("route", "Bergen", "48N 10E")
    assert (code, out) == (1, "")
    assert "on land" in err


def test_a_place_without_sea_says_once_where_the_nearest_water_is() -> None:
    code, _, err = run("route", "48N 10E", "Bergen")
    assert code == 1
    assert "48°00.000'N 010°00.000'E is on land" in err
    assert err.count("nearest navigable water") == 1


def test_a_route_needs_ports_and_is_not_answered_with_airfields() -> None:
    code, _, err = run("route", "Moscow", "Toulon")
    assert code == 2
    assert "FROM: found 'Moscow', which is no known port" in err
    assert "UUEE" not in err
    code, out, _ = run("route", "Bergen", "EGPK")
    assert code == 0
    assert "Prestwick" in out


def test_a_route_goes_to_a_file_by_the_short_option_too(tmp_path: Path) -> None:
    target = tmp_path / "route.txt"
    assert run("route", "-33.9,151.3", "-41.3,174.9", "-o", str(target)) == (0, "", "")
    assert target.read_text(encoding="utf-8").startswith("From     33°54.000'S 151°18.000'E")


def test_an_asset_is_shown_by_its_id_or_full_name_in_any_case() -> None:
    by_id = run("assets", "show", "nsrs")
    assert run("assets", "show", "NSRS") == by_id
    assert run("assets", "show", "NSRS with SRV Nemo") == by_id
    code, _, err = run("assets", "show", "flying saucer")
    assert code == 2
    assert "`subrescue assets list` prints all" in err


def test_the_shore_of_a_lake_is_no_place_for_a_submarine() -> None:
    # 60 N 10 E lies 200 m from the shore of Tyrifjorden, 26 nm from the sea
    code, _, err = run("plan", "demo-norwegian-sea", "--set", "dissub.fix.position=60N 10E")
    assert code == 2
    assert "which is on land; the nearest navigable water is 26 NM away" in err


def test_a_passage_like_no_other_is_answered_with_all_of_them() -> None:
    code, _, err = run("route", "Bergen", "Aberdeen", "--close", "all")
    assert code == 2
    assert "known are suez, panama, kiel" in err


def test_an_unknown_passage_is_offered_the_nearest() -> None:
    code, _, err = run("route", "Bergen", "Aberdeen", "--close", "suezz")
    assert code == 2
    assert "did you mean 'suez'?" in err


def test_a_route_is_a_feature_for_maps() -> None:
    code, out, _ = run("route", "Bergen", "Aberdeen", "--format", "geojson")
    assert code == 0
    (feature,) = json.loads(out)["features"]
    assert feature["geometry"]["type"] == "LineString"
    assert feature["properties"]["distance_nm"] == pytest.approx(305, rel=0.1)


def test_assets_are_listed_by_nation_and_kind_with_their_sources() -> None:
    code, out, _ = run("assets", "list", "--nation", "gb", "--kind", "rescue_system", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert "nsrs" in [row["id"] for row in rows]
    assert all("GB" in row["nations"].split() and row["sources"] for row in rows)
    code, out, _ = run("assets", "list", "--kind", "submarine_class", "--format", "json")
    assert code == 0
    assert len(json.loads(out)) >= 30


def test_an_asset_is_shown_with_what_each_source_says() -> None:
    code, out, _ = run("assets", "show", "nsrs")
    assert code == 0
    assert "NSRS" in out
    assert "unknown" in out
    code, out, _ = run("assets", "show", "nsrs", "--format", "json")
    data = json.loads(out)
    assert data["evidence"]["max_depth_m"][0]["source"] in [source["id"] for source in data["sources"]]
    code, _, err = run("assets", "show", "nsrss")
    assert code == 2
    assert "did you mean 'nsrs'" in err


def test_a_nation_without_assets_is_wrong_input() -> None:
    code, out, err = run("assets", "list", "--nation", "ZZ")
    assert (code, out) == (2, "")
    assert "nations in the registry are" in err


@pytest.fixture(scope="module")
def response() -> Any:
    code, out, _ = run("plan", DEMO, "--format", "json")
    assert code == 0
    return json.loads(out)


def test_a_plan_is_written_as_its_schema_says(response: Any) -> None:
    schema = json.loads((resources_dir() / "schemas" / "response.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(response)
    assert response["banner"] == "EXERCISE"
    assert response["options"][0]["verdict"] != "red"


def test_the_table_and_the_spreadsheet_tell_the_same_order(response: Any, tmp_path: Path) -> None:
    target = tmp_path / "plan.csv"
    code, out, _ = run("plan", DEMO, "--format", "csv", "-o", str(target))
    assert (code, out) == (0, "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")  # or a spreadsheet shows Cyrillic as rubbish
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert [row["asset_id"] for row in rows] == [option["asset_id"] for option in response["options"]]
    code, out, _ = run("plan", DEMO)
    assert code == 0
    assert " EXERCISE " in out.splitlines()[0]
    assert "Survival: " in out


def test_what_no_asset_can_do_is_told_by_the_exit_code() -> None:
    code, out, _ = run("plan", "san-juan-2017")  # 907 m, below every vehicle's depth
    assert code == 1
    assert "■ no-go" in out
    assert "Survival: no time is left (the hull is likely crushed)" in out


def test_help_can_be_asked_for_at_another_time() -> None:
    code, out, _ = run("plan", "san-juan-2017", "--at", "2017-11-19T00:00+03:00", "--format", "json")
    assert code == 1
    assert json.loads(out)["case"]["alert"] == "2017-11-18T21:00:00Z"


def test_an_output_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    code, _, err = run("assets", "list", "--format", "csv", "-o", str(tmp_path / "none" / "x.csv"))
    assert code == 2
    assert "No such file or directory" in err


def test_without_a_screen_the_window_says_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    code, _, err = run("open", DEMO)
    assert code == 1
    assert "there is no screen here" in err


def test_a_picture_of_a_wrong_size_or_name_is_wrong_use(tmp_path: Path) -> None:
    assert run("picture", DEMO, "-o", str(tmp_path / "a.png"), "--size", "9x9")[0] == 2
    assert run("picture", DEMO, "-o", str(tmp_path / "a.pdf"))[0] == 2
