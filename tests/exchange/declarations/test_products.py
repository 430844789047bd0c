"""Products carry marking, originator, as-of time and watermark, and run nothing where they are opened."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from subrescue.domain.assets import Ship
from subrescue.domain.errors import InputError
from subrescue.domain.registry import Registry
from subrescue.exchange.exports.files import SUFFIXES, to_file
from subrescue.exchange.exports.marks import in_language
from subrescue.exchange.exports.people import table
from subrescue.exchange.exports.product import Product, Selection, checked_text, product
from subrescue.exchange.exports.world_map import points
from subrescue.store.registry import load_registry

MARKING, DESK, AT = "UNCLASSIFIED REL ISMERLO", "Northwood desk", datetime(2026, 11, 26, 0, 33, tzinfo=UTC)
TEXTS = (".csv", ".geojson", ".kml", ".html")


def made(registry: Registry, language: str = "en", exercise: bool = True, **chosen: tuple[str, ...]) -> Product:
    return product(
        registry, Selection(**chosen), language=language, marking=MARKING, originator=DESK, as_of=AT, exercise=exercise
    )


@pytest.mark.parametrize("suffix", TEXTS)
def test_every_text_says_marking_originator_time_and_exercise(suffix: str) -> None:
    text = to_file(made(load_registry(), nations=("GB",)), suffix).decode("utf-8")
    for words in (MARKING, DESK, "2026-11-26 00:33Z", "EXERCISE"):
        assert words in text
    assert "EXERCISE" not in to_file(made(load_registry(), exercise=False, nations=("GB",)), suffix).decode("utf-8")


def test_a_workbook_has_frozen_headings_filters_sources_and_no_formula() -> None:
    bad = Ship(id="xx-bad", name="=cmd|' /C calc'!A0", nations=("NO",), role="support", speed_kn=12.5)
    content = to_file(made(Registry(ships={bad.id: bad})), ".xlsx")
    with zipfile.ZipFile(BytesIO(content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in page
    assert 'state="frozen"' in page
    assert "<autoFilter" in page
    assert "<v>12.5</v>" in page
    assert MARKING in strings
    assert MARKING in page  # on every printed page
    assert "EXERCISE" in page


def test_markup_in_a_name_is_text_on_a_page() -> None:
    bad = Ship(id="xx-bad", name="<script>alert(1)</script>", nations=("NO",), role="support")
    page = to_file(made(Registry(ships={bad.id: bad})), ".html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="', page)


def test_kml_is_well_formed_with_longitude_first() -> None:
    registry = load_registry()
    text = to_file(made(registry, kinds=("rescue_system",), nations=("GB",)), ".kml")
    root = ET.fromstring(text)
    space = "{http://www.opengis.net/kml/2.2}"
    pairs = [place.text for place in root.iter(f"{space}coordinates")]
    base = registry.rescue_systems["nsrs"].base
    assert base is not None
    assert f"{base.position.lon_deg!r},{base.position.lat_deg!r}" in pairs


def test_a_balloon_of_the_globe_speaks_the_language_of_the_product() -> None:
    text = to_file(made(load_registry(), "fr", kinds=("rescue_system",), nations=("GB",)), ".kml").decode()
    assert "<displayName>Type d'engin</displayName><value>engin libre</value>" in text
    assert "<value>610</value>" in text
    assert "<displayName>Préavis [h], min / probable / max</displayName><value>2 / 3 / 6</value>" in text
    for word in ("free_srv", "<value>yes<", "<value>active<", "rescue system<"):
        assert word not in text


def test_what_is_told_by_its_id_is_told_to_people_by_its_name() -> None:
    found = made(load_registry(), kinds=("aircraft_fleet",), nations=("GB",))
    assert "c-17a" in to_file(found, ".csv").decode()
    for suffix in (".html", ".kml"):
        text = to_file(found, suffix).decode()
        assert ">C-17A Globemaster III<" in text
        assert ">c-17a<" not in text


def test_the_usual_marking_is_in_the_language_of_the_product_and_that_of_a_user_stays() -> None:
    assert in_language("UNCLASSIFIED", "fr") == "NON PROTÉGÉ"
    assert in_language("Map", "fr") == "Map"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Greatest depth"), ("fr", "Immersion maximale"), ("ru", "Наибольшая глубина")]
)
def test_headings_are_in_the_language_asked_for(language: str, word: str) -> None:
    text = to_file(made(load_registry(), language, kinds=("rescue_system",), nations=("GB",)), ".csv").decode()
    assert f"{word} [m]" in text
    assert "max_depth_m" in text  # by which it is read back


@pytest.mark.parametrize(
    ("language", "status", "vehicle", "seats", "depth", "unit"),
    [
        ("en", "active", "free-swimming vehicle", "STANAG 1297, Russian", "1,000", "[m]"),
        ("fr", "en service", "engin libre", "STANAG 1297, russe", "1\u202f000", "[m]"),
        ("ru", "в строю", "автономный аппарат", "STANAG 1297, российская", "1\u00a0000", "[м]"),
    ],
)
def test_a_table_for_people_speaks_their_language_in_every_cell(
    language: str, status: str, vehicle: str, seats: str, depth: str, unit: str
) -> None:
    known = load_registry()
    found = made(known, language, kinds=("rescue_system",))
    headings, rows, _ = table(found.sheets[0], language, found.names)
    assert {status, vehicle, seats} <= set(next(row for row in rows if row[0] == "NSRS with SRV Nemo"))
    assert depth in next(row for row in rows if row[0] == "Priz AS-26")
    assert any(unit in heading for heading in headings)
    ids = re.compile(r"[a-z0-9]+_[a-z0-9_]+")
    assert not [cell for row in rows for cell in row if ids.fullmatch(cell)]


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("en", "Notice [h], min / likely / max"),
        ("fr", "Préavis [h], min / probable / max"),
        ("ru", "Готовность [ч], мин. / вероятно / макс."),
    ],
)
def test_a_column_of_three_numbers_says_which_they_are(language: str, notice: str) -> None:
    found = made(load_registry(), language, kinds=("rescue_system",))
    assert notice in table(found.sheets[0], language, found.names)[0]


def test_the_signs_of_a_rescue_system_and_its_ship_at_one_berth_stand_side_by_side() -> None:
    found = points(made(load_registry(), nations=("SE",)))
    signs = {kind: (x, y) for x, y, kind, names in found if "Belos" in names or "URF" in names}
    assert signs["ship"][0] - signs["rescue_system"][0] > 2
    assert signs["ship"][1] == signs["rescue_system"][1]


def test_a_workbook_is_printed_on_readable_pages_and_says_what_it_is() -> None:
    content = to_file(made(load_registry(), nations=("GB",)), ".xlsx")
    with zipfile.ZipFile(BytesIO(content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        whole = book.read("xl/workbook.xml").decode()
        core = book.read("docProps/core.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert 'fitToWidth="5"' in page  # fifty columns on one page would have letters of half a point
    assert "!$C:$C,'Rescue systems'!$8:$8</definedName>" in whole  # name and headings on each
    # NSRS has seven certified ships, 106 letters in a column of 24: no program makes the row of five lines by itself.
    assert '<row r="9" ht="75" customHeight="1">' in page
    assert 'wrapText="1"' in styles
    assert f">{DESK}<" in core
    assert f">{MARKING}<" in core
    assert "2026-11-26T00:33:00Z" in core


def test_kml_puts_its_styles_before_all_folders_as_its_schema_asks() -> None:
    text = to_file(made(load_registry(), nations=("GB",)), ".kml").decode()
    assert text.rindex("<Style id=") < text.index("<Folder>")
    assert '<Style id="ship"><IconStyle><color>ff9e4f0b</color>' in text
    assert "<styleUrl>#ship</styleUrl>" in text


def test_a_pdf_has_pages() -> None:
    content = to_file(made(load_registry(), "ru", kinds=("medical_unit",), nations=("FR",)), ".pdf")
    assert content.startswith(b"%PDF-")
    assert b"/JavaScript" not in content


def test_a_column_of_dates_stands_as_text_and_one_of_depths_as_numbers() -> None:
    page = to_file(made(load_registry(), "fr", kinds=("rescue_system",), nations=("RU",)), ".html").decode()
    row = next(line for line in page.splitlines() if "<td>Priz AS-26" in line)
    assert "<td>2022</td>" in row  # beside others of 2021-06
    assert '<td class="n">1\u202f000</td>' in row


def test_unknown_stays_unknown_on_a_page() -> None:
    ship = Ship(id="xx-a", name="A", nations=("NO",), role="support")
    page = to_file(made(Registry(ships={ship.id: ship})), ".html").decode()
    assert page.count('<td class="u">unknown</td>') == 10


def test_a_selection_that_fits_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no entry for ZZ"):
        made(load_registry(), nations=("ZZ",))


@pytest.mark.parametrize("text", ["", "  ", "a\x07b", "x" * 201])
def test_a_marking_is_one_line_of_text(text: str) -> None:
    with pytest.raises(InputError, match="--marking"):
        checked_text("--marking", text)


def test_an_unknown_kind_of_file_is_refused() -> None:
    with pytest.raises(InputError, match="allowed are " + re.escape(", ".join(SUFFIXES))):
        to_file(made(load_registry(), nations=("GB",)), ".docx")
