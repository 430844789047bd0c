"""Layers that are text are read in the letters that they state; what is in none is refused by its line and byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.exchange.languages import speaking
from subrescue.exchange.map_files import read_map_file
from subrescue.exchange.problem_words import told_error

NAME = "Мурманск"
KML = (
    '{declared}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Порты</name><Placemark>\n'
    "<name>Мурманск</name><Point><coordinates>33.05,68.97</coordinates></Point></Placemark></Document></kml>"
)
GEOJSON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Мурманск"},\n'
    '"geometry": {"type": "Point", "coordinates": [33.05, 68.97]}}]}'
)


def kml(path: Path, encoding: str, declared: str | None) -> Path:
    line = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    path.write_bytes(KML.replace("{declared}", line).encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_map_file(path)
    problem = caught.value.problems[0]
    assert problem.file == str(path)
    return f"{problem.line}: {problem.found}; {problem.allowed}"


@pytest.mark.parametrize(
    "encoding, declared",
    [("cp1251", "windows-1251"), ("koi8-r", "KOI8-R"), ("iso-8859-5", "ISO-8859-5"), ("cp866", "cp866"),
     ("utf-16", "UTF-16"), ("utf-16", None), ("utf-8", "UTF-8"), ("utf-8-sig", "utf-8"), ("utf-8", None)],
)  # fmt: skip
def test_a_kml_is_read_in_the_encoding_that_it_states(tmp_path: Path, encoding: str, declared: str | None) -> None:
    file = read_map_file(kml(tmp_path / "ports.kml", encoding, declared))
    assert file.names["Name"] == (NAME,)
    assert file.shapes.points.tolist() == [[33.05, 68.97]]
    assert file.layers == ("Порты",)
    assert file.path == tmp_path / "ports.kml"


def test_a_kml_that_states_no_encoding_is_refused_by_line_and_byte(tmp_path: Path) -> None:
    # "П" of "Порты" in the first line is 0xcf in windows-1251.
    assert refusal(kml(tmp_path / "a.kml", "cp1251", None)) == (
        "1: a byte that is no UTF-8 text (0xcf); a KML in UTF-8, or one that states its encoding in its first line"
    )


def test_an_encoding_stated_that_is_not_that_of_the_text_is_told(tmp_path: Path) -> None:
    assert "a byte that is no ascii text (0xcf)" in refusal(kml(tmp_path / "a.kml", "cp1251", "ascii"))


@pytest.mark.parametrize("declared", ["windows-9999", "idna", "unicode_escape", "zip"])
def test_an_encoding_that_is_not_known_is_refused_by_its_name(tmp_path: Path, declared: str) -> None:
    assert refusal(kml(tmp_path / "a.kml", "cp1251", declared)).startswith(f"1: the encoding '{declared}'; UTF-8 or")


def test_entities_are_refused_in_any_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE k [<!ENTITY a "aaaa">]><kml><Document>&a;</Document></kml>'
    path.write_bytes(text.encode("utf-16"))
    assert "a document type with entities" in refusal(path)


def test_geojson_is_read_in_utf_16_and_refused_in_letters_that_it_cannot_have(tmp_path: Path) -> None:
    path = tmp_path / "ports.geojson"
    path.write_bytes(GEOJSON.encode("utf-16"))
    file = read_map_file(path)
    assert (file.names["name"], file.layers) == ((NAME,), ("ports",))
    path.write_bytes(GEOJSON.encode("cp1251"))
    assert refusal(path) == "1: a byte that is no UTF-8 text (0xcc); a GeoJSON in UTF-8 is needed"


@pytest.mark.parametrize(
    "language, words",
    [("fr", "trouvé l'encodage « windows-9999 » ; il faut UTF-8, ou un encodage comme windows-1251"),
     ("ru", "кодировка «windows-9999»; нужна UTF-8 или кодировка вроде windows-1251")],
)  # fmt: skip
def test_what_is_wrong_with_a_layer_is_told_in_the_language_of_the_window(
    tmp_path: Path, language: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_map_file(kml(tmp_path / "a.kml", "cp1251", "windows-9999"))
    with speaking(language):
        told = told_error(caught.value)
    assert told.replace("\u00a0", " ").replace("\u202f", " ").endswith(words)


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.kml", "a.shp", "a.000", "a.txt"])
def test_no_refusal_of_another_content_stays_english(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x89PNG nothing of the kind")
    with pytest.raises(InputError) as caught:
        read_map_file(path)
    with speaking("ru"):
        assert " is " not in told_error(caught.value)


@pytest.mark.parametrize("written", ["five,sixty", "33.05", "33,05;68,97", "33.05E,68.97N", "nan,inf", ""])
def test_a_point_whose_coordinates_are_no_numbers_is_not_taken_for_the_gulf_of_guinea(
    tmp_path: Path, written: str
) -> None:
    path = tmp_path / "a.kml"
    path.write_text(KML.replace("{declared}", "").replace("33.05,68.97", written), encoding="utf-8")
    wanted = "longitude and latitude with a comma between are needed"
    assert refusal(path) == f"2: coordinates '{written}'; {wanted}"


@pytest.mark.parametrize("written", ["33.05,68.97,0", " 33.05 , 68.97\n", "3.305e1,6897e-2", "+33.05,68.97"])
def test_coordinates_are_read_in_every_way_of_writing_them(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.kml"
    path.write_text(KML.replace("{declared}", "").replace("33.05,68.97", written), encoding="utf-8")
    assert read_map_file(path).shapes.points.tolist() == [[33.05, 68.97]]


def test_a_line_without_coordinates_is_nothing_to_draw_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    line = "<Placemark><LineString><coordinates> </coordinates></LineString></Placemark></Document>"
    path.write_text(KML.replace("{declared}", "").replace("</Document>", line), encoding="utf-8")
    assert read_map_file(path).shapes.points.tolist() == [[33.05, 68.97]]
