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
from subrescue.exchange.exports.product import Product, Selection, checked_text, product
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


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Greatest depth"), ("fr", "Immersion maximale"), ("ru", "Наибольшая глубина")]
)
def test_headings_are_in_the_language_asked_for(language: str, word: str) -> None:
    text = to_file(made(load_registry(), language, kinds=("rescue_system",), nations=("GB",)), ".csv").decode()
    assert f"{word} [m]" in text
    assert "max_depth_m" in text  # by which it is read back


def test_a_pdf_has_pages() -> None:
    content = to_file(made(load_registry(), "ru", kinds=("medical_unit",), nations=("FR",)), ".pdf")
    assert content.startswith(b"%PDF-")
    assert b"/JavaScript" not in content


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
