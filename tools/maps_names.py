"""Builds the names of countries for the map: the place in each that has most room for a name, and French and Russian
names of the Unicode CLDR, which Babel carries."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import shapely
import shapely.affinity
from babel import Locale

from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.map_arrays import pack_text
from subrescue.earth.shape.countries import Countries
from tools.maps_common import write_arrays

# Short names as maps write them, where CLDR's are made for lists: French and Russian.
SHORT = {
    "CD": ("République démocratique du Congo", "Демократическая Республика Конго"), "CG": ("Congo", "Конго"),
    "HK": ("Hong Kong", "Гонконг"), "MO": ("Macao", "Макао"), "PS": ("Palestine", "Палестина"),
    "US": ("États-Unis", "США"), "GB": ("Royaume-Uni", "Великобритания"), "UM": ("Îles mineures des États-Unis",
    "Внешние малые острова США"), "AE": ("Émirats arabes unis", "ОАЭ"),
    "CX": ("Territoires australiens de l'océan Indien", "Австралийские территории в Индийском океане"),
    "TF": ("Terres australes et antarctiques françaises", "Французские Южные и Антарктические территории"),
    "GS": ("Géorgie du Sud", "Южная Георгия"), "FM": ("Micronésie", "Микронезия"),
    "VI": ("Îles Vierges des États-Unis", "Американские Виргинские острова"), "SX": ("Sint Maarten", "Синт-Мартен"),
    "VG": ("Îles Vierges britanniques", "Британские Виргинские острова"),
}  # fmt: skip
# Around the pole the flat outline has no middle.
PLACES = {"AQ": (-80.5, 60.0)}
STEP_DEG = 0.01


def _short(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", name).replace("о-ва", "острова").replace("о-в ", "остров ").strip()


def _roomiest(outline: shapely.Polygon) -> tuple[float, float, float]:
    """Return latitude and longitude of the middle of the largest circle in an outline, and the width of the outline
    there, west to east, in degrees of arc; longitudes are shortened as in the outline's middle."""
    narrowed = math.cos(math.radians(outline.centroid.y))
    flat = shapely.affinity.scale(outline, narrowed, 1.0, origin=(0, 0))
    middle = shapely.get_point(shapely.maximum_inscribed_circle(flat, 0.02), 0)
    x, y = float(middle.x), float(middle.y)
    row = shapely.intersection(flat, shapely.LineString([(x - 400, y), (x + 400, y)]))
    chord = max((part.length for part in shapely.get_parts(row) if part.distance(middle) < 1e-6), default=0.0)
    return y, x / narrowed, float(chord)


def build(out: Path) -> dict[str, dict[str, str]]:
    """Write country_names.npz; countries.npz must be there."""
    countries = Countries(out)
    rings, owner = countries.rings, open_arrays("countries.npz", out)["country"]
    outer = np.flatnonzero(~rings.is_hole)
    areas = np.zeros(len(outer))
    for number, ring in enumerate(outer):
        coords = rings.ring(int(ring))
        areas[number] = shapely.Polygon(coords).area * math.cos(math.radians(float(coords[:, 1].mean())))
    french, russian = Locale("fr").territories, Locale("ru").territories
    rows = []
    for iso, name in countries.name_of.items():
        numbers = [n for n, country in enumerate(countries.all) if country.iso == iso and country.name == name]
        mine = np.flatnonzero(np.isin(owner, numbers))
        if not len(mine):  # too small for the outlines
            continue
        largest = mine[np.argmax(areas[mine])]
        lat, lon, chord = _roomiest(shapely.Polygon(rings.ring(int(outer[largest]))))
        lat, lon = PLACES.get(iso, (lat, lon))
        words = SHORT.get(iso, (_short(french.get(iso, name)), _short(russian.get(iso, name))))
        rows.append((math.sqrt(float(areas[mine].sum())), iso, name, *words, lat, lon, chord))
    rows.sort(key=lambda row: (-row[0], row[1]))
    sizes, isos, en, fr, ru, lats, lons, chords = zip(*rows, strict=True)
    whole = {
        name: np.rint(np.array(values) / STEP_DEG).astype(np.int16)
        for name, values in (("size", sizes), ("lat", lats), ("lon", lons), ("chord", chords))
    }
    texts = {name: pack_text(values) for name, values in (("iso", isos), ("en", en), ("fr", fr), ("ru", ru))}
    write_arrays(out / "country_names.npz", {**whole, **texts})
    return {
        "country_names.npz": {
            "origin": "places and English names from countries.npz; French and Russian names of Unicode CLDR 48, "
            "from PyPI Babel 2.19.0, some shortened",
            "licence": "public domain (Natural Earth), Unicode-3.0 (CLDR), BSD-3-Clause (Babel)",
            "date": "2026-11-26",
        }
    }
