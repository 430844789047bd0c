"""The commands `places search`, `show`, `near` and `road`, as a user or a script calls them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.calls import run


def test_search_lists_places_in_a_table_json_and_csv() -> None:
    code, out, _ = run("places", "search", "Североморск")
    assert code == 0
    assert "severomorsk" in out
    assert "naval base" in out
    code, out, _ = run("places", "search", "Suez", "--kind", "port", "--format", "json")
    assert code == 0
    suez = json.loads(out)[0]
    assert (suez["id"], suez["name"], suez["matched"], suez["distance_nm"]) == ("egsuz", "As Suways", "Suez", None)
    code, out, _ = run("places", "search", "cartagena", "es", "--kind", "naval_base", "-f", "csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == ["cartagena_es"]


def test_show_prints_every_runway_and_unknown_as_unknown() -> None:
    code, out, _ = run("places", "show", "egpk")
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert ["12/30", "2,987", "m", "45", "m", "concrete", "yes", "unknown"] in lines
    assert ["02/20", "1,906", "m", "45", "m", "asphalt", "yes", "unknown"] in lines
    _, out, _ = run("places", "show", "XLMV", "--format", "json")
    field = json.loads(out)[0]
    assert field["elevation_m"] is None
    assert field["runways"][0]["width_m"] is None
    assert field["source"].endswith("position from memory (2018-07-03)")
    assert field["confidence"] == "medium"
    _, out, _ = run("places", "show", "PIK", "--format", "csv")
    assert "airfield,EGPK,runway 2 length_m,1906" in out


def test_show_tells_what_a_port_lies_on_and_knows_passages_and_berths() -> None:
    assert "on a river that seagoing ships use" in run("places", "show", "brmao")[1]
    assert "canal" in run("places", "show", "passage:suez")[1]
    assert "Karlskrona" in run("places", "show", "se-belos")[1]


def test_near_gives_distance_and_bearing_and_keeps_to_needs() -> None:
    code, out, _ = run("places", "near", "-17", "179.9", "--kind", "airfield", "--runway-m", "1500", "-f", "json")
    assert code == 0
    near = json.loads(out)[0]
    assert near["id"] == "NFNA"
    assert near["runway_length_m"] >= 1500
    assert near["distance_nm"] == pytest.approx(98.9, abs=1)
    assert near["bearing_deg"] == pytest.approx(230.7, abs=1)
    code, out, _ = run("places", "near", "Dover", "--same-land", "--kind", "port", "-n", "3", "-f", "csv")
    assert code == 0
    assert {row["country"] for row in csv.DictReader(io.StringIO(out))} == {"GB"}


def test_a_road_comes_with_its_factor_and_source() -> None:
    code, out, _ = run("places", "road", "Faslane", "EGPK")
    assert code == 0
    assert "about 84 km" in out  # 64.7 km by 1.3
    assert "1.3 (1.15 to 1.6)" in out
    assert "circuity" in out


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (("search", "qqqqqqqq"), 1, "no place fits"),
        (("search", "Bergen", "--kind", "town"), 2, "naval_base"),
        (("show", "foo"), 2, "no known id"),
        (("near", "95N 3E"), 2, "90"),
        (("near", "60N 5E", "--runway-m", "-5"), 2, "--runway-m"),
        (("near", "60N 5E", "--runway-m", "99000", "--kind", "airfield"), 1, "no such place"),
        (("near", "64N 0E", "--same-land"), 1, "at sea"),
        (("road", "Prestwick", "Brest"), 1, "water lies between"),
        (("road", "Prestwick", "Atlantis"), 2, "no known place"),
    ],
)
def test_what_cannot_be_or_is_wrong_is_told(arguments: tuple[str, ...], code: int, words: str) -> None:
    found, out, err = run("places", *arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err
