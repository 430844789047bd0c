"""Names of seas and countries: complete in three languages, at places where they belong, the same at every build."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.places.map_names import country_names, sea_names
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.land import Land
from tools import maps_names


def test_every_name_is_there_in_three_languages_each_in_its_letters() -> None:
    for name in (*sea_names(), *country_names()):
        assert set(name.words) == {"en", "fr", "ru"}
        assert all(text.strip() == text and text for text in name.words.values())
        assert all("Ѐ" <= letter <= "ӿ" or not letter.isalpha() for letter in name.words["ru"]), name
        assert not any("Ѐ" <= letter <= "ӿ" for letter in name.words["en"] + name.words["fr"]), name


def test_known_names_are_those_that_navies_use() -> None:
    seas = {sea.words["en"]: sea.words for sea in sea_names()}
    assert seas["Barents Sea"] == {"en": "Barents Sea", "fr": "Mer de Barents", "ru": "Баренцево море"}
    assert seas["Bay of Biscay"]["fr"] == "Golfe de Gascogne"
    countries = {country.iso: country for country in country_names()}
    assert countries["NO"].words == {"en": "Norway", "fr": "Norvège", "ru": "Норвегия"}
    assert len(countries) == len(country_names()) > 200


def test_the_line_of_a_sea_lies_in_water_with_its_middle() -> None:
    middles = np.array([sea.line[1] for sea in sea_names()])
    landmass = Land().landmass_at(middles[:, 0], (middles[:, 1] + 180) % 360 - 180)
    on_land = {sea.words["en"] for sea, number in zip(sea_names(), landmass, strict=True) if number >= 0}
    # The Bering Strait has its middle on the Diomede Islands.
    assert on_land <= {"Bering Strait", "Caspian Sea"}


def test_no_line_of_a_sea_jumps_over_the_date_line_and_each_has_its_rank() -> None:
    for sea in sea_names():
        lons = [lon for _, lon in sea.line]
        assert len(sea.line) == 3
        assert max(abs(b - a) for a, b in pairwise(lons)) < 120
        assert 1 <= sea.rank <= 4
    assert Counter(sea.rank for sea in sea_names())[1] >= 8


def test_the_name_of_a_country_stands_in_it() -> None:
    countries = Countries()
    for country in country_names():
        if country.iso == "AQ":  # at a place chosen by hand: its middle is the pole
            continue
        found = countries.at(Position(lat_deg=country.lat_deg, lon_deg=country.lon_deg))
        assert found is not None
        assert found.iso == country.iso or country.size_deg < 0.3, (country, found)


def test_largest_countries_come_first_and_sizes_are_known_ones() -> None:
    sizes = [country.size_deg for country in country_names()]
    assert sizes == sorted(sizes, reverse=True)
    # France in Europe and overseas has 643,801 km2 (CIA World Factbook); a degree of arc is 111.19 km.
    france = next(country for country in country_names() if country.iso == "FR")
    assert abs((france.size_deg * 111.19) ** 2 / 643_801 - 1) < 0.03


def test_the_file_of_countries_is_built_again_byte_by_byte(tmp_path: Path) -> None:
    (tmp_path / "countries.npz").write_bytes((maps_dir() / "countries.npz").read_bytes())
    entry = maps_names.build(tmp_path)
    assert (tmp_path / "country_names.npz").read_bytes() == (maps_dir() / "country_names.npz").read_bytes()
    assert set(entry) == {"country_names.npz"}
