"""Places found while one types: by name, code, nation, alias, in Latin and Cyrillic, with small errors."""

from __future__ import annotations

import tomllib

import pytest

from subrescue.domain.errors import InputError
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.places.names import fold
from subrescue.earth.places.place_search import KINDS, NAMES_FILE, FoundPlace, PlaceSearch
from subrescue.earth.world import load_world
from subrescue.store.place_search import place_search
from subrescue.store.registry import load_registry

WORLD = load_world()


@pytest.fixture(scope="module")
def places() -> PlaceSearch:
    return place_search(WORLD, load_registry())


def first(found: list[FoundPlace]) -> tuple[str, str]:
    assert found
    return found[0].kind, found[0].id


@pytest.mark.parametrize(
    "text, kind, ident",
    [
        ("Severomorsk", "naval_base", "severomorsk"),
        ("Североморск", "naval_base", "severomorsk"),
        ("севером", "naval_base", "severomorsk"),
        ("sevromorsk", "naval_base", "severomorsk"),
        ("Мурманск", "port", "murmansk"),
        ("murmnask", "port", "murmansk"),
        ("Toulon", "naval_base", "toulon"),
        ("Тулон", "naval_base", "toulon"),
        ("tulon", "naval_base", "toulon"),
        ("Копенгаген", "port", "dkcph"),
        ("København", "port", "dkcph"),
        ("kopenhagen", "port", "dkcph"),
        ("Tromsø", "port", "tromso"),
        ("TROMSO", "port", "tromso"),
        ("Gölcük", "naval_base", "golcuk"),
        ("Шербур", "naval_base", "cherbourg"),
        ("Портсмут", "naval_base", "portsmouth"),
        ("EGPK", "airfield", "EGPK"),
        ("pik", "airfield", "EGPK"),
        ("NOBGO", "port", "bergen_port"),
        ("bergen norway", "port", "bergen_port"),
        ("cartagena es", "naval_base", "cartagena_es"),
        ("Картахена Испания", "naval_base", "cartagena_es"),
        ("severomorsk airfield", "airfield", "XLMV"),
        ("bosphorus", "passage", "bosporus"),
        ("Босфор", "passage", "bosporus"),
        ("panama canal", "passage", "panama"),
        ("HSwMS Belos", "berth", "se-belos"),
        ("Faro", "port", "faro"),
        ("Évreux", "airfield", "LFOE"),
        ("evreux", "airfield", "LFOE"),
        ("Порт-Саид", "port", "egpsd"),
        ("saint petersburg russia", "port", "ruled"),
        ("CNSGH", "port", "cnsha"),
    ],
)
def test_a_place_is_found_first(places: PlaceSearch, text: str, kind: str, ident: str) -> None:
    assert first(places.search(text)) == (kind, ident)


def test_suez_is_the_port_as_well_as_the_canal(places: PlaceSearch) -> None:
    found = [(place.kind, place.id) for place in places.search("Suez", limit=2)]
    assert found == [("passage", "suez"), ("port", "egsuz")]
    assert places.search("Суэц", kind="port")[0].id == "egsuz"


def test_a_nation_lists_its_places_naval_bases_first(places: PlaceSearch) -> None:
    for text in ("NO", "Norge", "Норвегия", "Norvège"):
        found = places.search(text, limit=30)
        assert {place.country for place in found} == {"NO"}, text
        assert found[0].kind == "naval_base"


def test_one_kind_can_be_asked_for(places: PlaceSearch) -> None:
    for kind in KINDS:
        assert {place.kind for place in places.search("s", kind=kind, limit=50)} == {kind}
    with pytest.raises(InputError, match="naval_base"):
        places.search("Bergen", kind="town")  # type: ignore[arg-type] # what a script may ask


@pytest.mark.parametrize("text", ["", "   ", "--", "qqqqqqqq", "zzzzqq xxyyzz", "'", "a" * 100_000])
def test_what_fits_nothing_finds_nothing(places: PlaceSearch, text: str) -> None:
    assert places.search(text) == []
    assert places.search("Bergen", limit=0) == []


def test_every_word_must_fit(places: PlaceSearch) -> None:
    assert places.search("Bergen Chile") == []


def test_what_was_typed_wholly_goes_before_what_goes_on(places: PlaceSearch) -> None:
    assert first(places.search("Brest")) == ("naval_base", "brest")
    names = [place.name for place in places.search("Kiel", limit=10)]
    assert "Kiel" in names[0]


def test_a_found_place_says_where_and_by_which_name(places: PlaceSearch) -> None:
    place = places.search("Тулон")[0]
    assert (place.name, place.matched, place.country) == ("Toulon naval base", "Тулон", "FR")
    assert place.position.lat_deg == pytest.approx(43.1, abs=0.05)
    assert WORLD.gazetteer.ports[place.number].id == place.id


def test_an_id_or_code_names_one_place_and_a_kind_tells_two_apart(places: PlaceSearch) -> None:
    assert [place.kind for place in places.with_code("egpk")] == ["airfield"]
    assert [place.id for place in places.with_code("PIK")] == ["EGPK"]
    assert [place.id for place in places.with_code("port:egsuz")] == ["egsuz"]
    assert [place.kind for place in places.with_code("passage:kiel")] == ["passage"]
    assert places.with_code("nowhere") == []


def test_the_table_of_names_has_no_name_in_two_rows() -> None:
    content = tomllib.loads((maps_dir() / NAMES_FILE).read_text(encoding="utf-8"))
    seen: dict[str, str] = {}
    for row in content["names"]:
        assert len(row) > 1
        for name in {fold(name) for name in row}:
            assert name, row
            assert name not in seen, f"{name} in the rows of {row[0]} and {seen.get(name)}"
            seen[name] = row[0]
