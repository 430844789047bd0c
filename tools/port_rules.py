"""Tells real seaports of the port lists from towns with a code for lorries and trains: by rule, without a list by hand.

What a rule knows of a place: how far the sea is, on which water it lies (`port_waters`), and whether a list shows trade
there: a Schedule K number of the US Census, or the mark of a terminal or of a liner service in searoute.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from subrescue.earth.places.names import fold, sound_key
from subrescue.earth.places.place_tables import WATERS
from subrescue.earth.shape.geodesy import distance_nm

# A position in the lists is good to some miles: so near to the sea a place is at it ...
AT_SEA_NM = 5.0
# ... and so near it may be, unless nothing shows trade there and a port that has some lies beside it: a suburb.
BY_THE_SEA_NM = 10.0
SUBURB_NM = 15.0
# Farther inland than this a place that shows no trade is a town and no port; nearer, its position may be wrong.
TOWN_NM = 25.0
# The list whose positions are UN/LOCODE's where they are whole minutes of arc: a place of these is where they say.
MINUTES_LIST = "searoute"
# Beside a river that seagoing ships use: where there is trade, and where none shows.
BUSY_RIVER_NM = 8.0
QUIET_RIVER_NM = 3.0
# Ports of one name in one country nearer than this are one; of like names, nearer than that.
SAME_NAME_NM = 12.0
LIKE_NAME_NM = 3.0
LIKE = 0.8
# A port farther than this from every airfield of its nation is elsewhere; nearer than that it may be.
NATION_NM = 300.0
NEAR_NATION_NM = 100.0
# Islands without an airfield lie farther off, but none so far.
FAR_NATION_NM = 600.0
# Codes in the lists that no nation's ports bear: withdrawn by ISO 3166-3 (Netherlands Antilles, Serbia and Montenegro),
# and that of Tokelau, which has no harbour: it is a slip for Turkmenistan's.
NO_NATIONS = ("AN", "CS", "TK")
# Words that tell two ports of one place apart no more than a blank does.
_EMPTY_WORDS = {"port", "porto", "puerto", "harbour", "harbor", "terminal", "apt", "pt", "of", "de"}
# Nor a naval base from the port beside it.
_BASE_WORDS = {"naval", "base", "coast", "guard", "anchorage", "polarbase"}

# The lists round to a hundred-thousandth of a degree, this part of a minute and less.
_MINUTE_SLACK = 0.002

Row = dict[str, Any]
FloatArray = npt.NDArray[np.float64]


class WatersLike(Protocol):
    """What the rules ask of the waters."""

    def sea_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
        """Miles to the sea."""

    def off_shore_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
        """Miles to its shore, from land or from the water."""

    def on_lake(self, lat: FloatArray, lon: FloatArray) -> npt.NDArray[np.bool_]:
        """Which places lie on a lake."""

    def on_sea_river(self, lat: FloatArray, lon: FloatArray, beside_nm: float) -> npt.NDArray[np.bool_]:
        """Which places lie so near to a river for seagoing ships."""

    def on_river(self, lat: FloatArray, lon: FloatArray, beside_nm: float) -> npt.NDArray[np.bool_]:
        """Which places lie so near to any river."""


def in_their_nations(rows: list[Row], airfields: Mapping[str, FloatArray]) -> tuple[list[Row], Counter[str]]:
    """Return the rows with positions near to their nation, and how many were "mended" and "dropped".

    airfields: of each nation the places of its airfields, (n, 2) degrees; where there are none, its other ports serve.
    The lists have ports with latitude and longitude in each other's place, or with the wrong sign: these are mended.
    Others bear the code of another nation's place; they are dropped.
    """
    found: list[Row] = []
    counts: Counter[str] = Counter()
    ports: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        ports.setdefault(row["country"], []).append((row["lat"], row["lon"]))
    for row in rows:
        lat, lon = row["lat"], row["lon"]
        others = [place for place in ports[row["country"]] if place != (lat, lon)]
        known = airfields.get(row["country"], np.array(others).reshape(-1, 2))

        def apart(place: tuple[float, float], known: FloatArray = known) -> float:
            return float(np.min(distance_nm(*place, known[:, 0], known[:, 1])))

        if not len(known) or apart((lat, lon)) <= NATION_NM:
            found.append(row)
            continue
        turned = [place for place in ((lon, lat), (lat, -lon), (-lat, lon)) if abs(place[0]) <= 90]
        best = min(turned, key=apart, default=(lat, lon))
        if apart(best) <= NEAR_NATION_NM:
            counts["mended"] += 1
            found.append({**row, "lat": best[0], "lon": best[1]})
        elif apart((lat, lon)) <= FAR_NATION_NM:
            found.append(row)
        else:
            counts["dropped"] += 1
    return found, counts


def in_living_nations(rows: list[Row], airfields: Mapping[str, FloatArray]) -> list[Row]:
    """Return the rows, those that bear one of NO_NATIONS given to the nation of the nearest airfield: `is_recoded`."""
    nations = [nation for nation, places in airfields.items() for _ in places]
    fields = np.concatenate(list(airfields.values()))
    found: list[Row] = []
    for row in rows:
        if row["country"] in NO_NATIONS:
            nearest = int(np.argmin(distance_nm(row["lat"], row["lon"], fields[:, 0], fields[:, 1])))
            row = {**row, "country": nations[nearest], "is_recoded": True}
        found.append(row)
    return found


def with_waters(
    rows: list[Row], waters: WatersLike, known: Mapping[str, str] | None = None
) -> tuple[list[Row], Counter[str]]:
    """Return the rows that lie on a water, each with the number of its water; and how many came to what.

    known: by code on what a port lies, whatever the rules say.

    Kept are seaports at the coast and up a river, lake ports, and inland places that show trade, lie on a river, or
    whose position may be wrong; a place far from any water that ships use and without trade is dropped, and so is the
    name of a canal or of an airport.
    """
    lat, lon = (np.array([row[key] for row in rows], dtype=float) for key in ("lat", "lon"))
    sea_nm, lake = waters.sea_nm(lat, lon), waters.on_lake(lat, lon)
    near_any = waters.on_river(lat, lon, QUIET_RIVER_NM)
    trades = np.array([row["trade"] for row in rows], dtype=bool)
    river = waters.on_sea_river(lat, lon, QUIET_RIVER_NM) | (trades & waters.on_sea_river(lat, lon, BUSY_RIVER_NM))
    busy = trades & ((sea_nm <= BY_THE_SEA_NM) | river)
    kept, counts = [], Counter[str]()
    for i, row in enumerate(rows):
        fate = _fate(row, float(sea_nm[i]), bool(river[i]), bool(lake[i]), bool(near_any[i]))
        if fate == "sea" and sea_nm[i] > AT_SEA_NM and not trades[i] and not river[i]:
            beside = np.asarray(distance_nm(lat[i], lon[i], lat[busy], lon[busy])) <= SUBURB_NM
            is_sure = _is_to_the_minute(row) and not near_any[i]
            fate = "inland" if beside.any() or is_sure else "sea"
        fate = (known or {}).get(row["unlocode"], fate)
        counts[fate] += 1
        if fate in WATERS:
            kept.append({**row, "water": WATERS.index(fate)})
    return kept, counts


def _fate(row: Row, sea_nm: float, on_river: bool, on_lake: bool, near_any_river: bool) -> str:
    if fold(row["name"]).endswith(" canal"):
        return "canal"
    if "apt" in fold(row["name"]).split():
        return "airport"
    if sea_nm <= BY_THE_SEA_NM:
        return "sea"
    if on_river:
        return "river"
    if on_lake:
        return "lake"
    may_be_port = near_any_river or not _is_to_the_minute(row)
    return "inland" if row["trade"] or (sea_nm <= TOWN_NM and may_be_port) else "town"


def _is_to_the_minute(row: Row) -> bool:
    minutes = np.array([row["lat"], row["lon"]]) * 60.0
    return row["from"] == MINUTES_LIST and bool(np.all(np.abs(minutes - np.round(minutes)) < _MINUTE_SLACK))


def clean_names(name: str, others: list[str]) -> tuple[str, list[str]]:
    """Take a name apart: 'Kolkata (ex Calcutta)' is Kolkata, also called Calcutta. Each name comes once."""
    plain = [" ".join(part.split()) for part in _parts(name)]
    also = [" ".join(part.split()) for other in others for part in (other, *_parts(other))]
    seen, kept = {fold(plain[0])}, []
    for alias in [*plain[1:], " ".join(name.split()), *also]:
        if alias and fold(alias) not in seen:
            seen.add(fold(alias))
            kept.append(alias)
    return plain[0], kept


def _parts(name: str) -> list[str]:
    inside = re.findall(r"\(([^)]*)\)", name)
    outside = re.sub(r"\([^)]*\)", " ", name).strip(" ,/")
    former = [re.sub(r"^ex\.?\s+", "", part, flags=re.IGNORECASE) for part in inside]
    return [part for part in (outside, *former) if part.strip()]


def are_one(a: Row, b: Row) -> bool:
    """Tell whether two rows are one port: one country and near together, of one name, or nearer, of like names.

    A name is also one that a row has beside its own: Tamatave is also called Toamasina. Neighbours that bear each
    other's are two where the US Census counts them apart: Los Angeles, also called Long Beach, and Long Beach.
    Where one was listed under the code of another nation, like names will do as far off: nobody kept that row up.
    """
    if a["country"] != b["country"] or abs(a["lat"] - b["lat"]) * 60.0 > SAME_NAME_NM:
        return False
    apart = float(distance_nm(a["lat"], a["lon"], b["lat"], b["lon"]))
    if apart > SAME_NAME_NM:
        return False
    ours, theirs = (_words(row["name"]) for row in (a, b))
    if _sounds(ours) == _sounds(theirs):
        return True
    if (_is_called(a, theirs) or _is_called(b, ours)) and not _are_counted_apart(a, b):
        return True
    like_nm = SAME_NAME_NM if any(row.get("is_recoded") for row in (a, b)) else LIKE_NAME_NM
    return apart <= like_nm and (
        ours <= theirs
        or theirs <= ours
        or difflib.SequenceMatcher(None, fold(a["name"]), fold(b["name"])).ratio() >= LIKE
    )


def _words(name: str) -> frozenset[str]:
    words = frozenset(fold(name).split())
    return words - _EMPTY_WORDS or words


def _sounds(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(sound_key, words))


def are_like_named(base: Row, port: Row) -> bool:
    """Tell whether a place of our own table bears the name of a civil port by its sound, whatever kind of base it is.

    Its other names do not count: Garden Island is called Sydney too, and is another place than the quays of the town.
    """
    ours = _words(base["name"]) - _BASE_WORDS
    return base["country"] == port["country"] and _sounds(ours) == _sounds(_words(port["name"]))


def _is_called(row: Row, words: frozenset[str]) -> bool:
    return any(_words(name) == words for name in row["aliases"])


def _are_counted_apart(a: Row, b: Row) -> bool:
    return bool(a["number"]) and bool(b["number"]) and a["number"] != b["number"]


def without_twins(rows: list[Row]) -> list[Row]:
    """Join rows that are one port. The other's names become aliases.

    Kept is the one with trade, of those the one that more lists hold, no airport's name before an airport's; before
    them all the one that its own nation lists.
    """
    kept: list[Row] = []
    for row in sorted(
        rows,
        key=lambda row: (
            row.get("is_recoded", False),
            not row["trade"],
            "apt" in fold(row["name"]).split(),
            -row["lists"],
        ),
    ):
        twin = next((other for other in kept if are_one(row, other)), None)
        if twin is None:
            kept.append({**row, "aliases": list(row["aliases"])})
            continue
        known = {fold(name) for name in (twin["name"], *twin["aliases"])}
        twin["aliases"] += [
            name for name in dict.fromkeys((row["name"], *row["aliases"], row["unlocode"])) if fold(name) not in known
        ]
    return sorted(kept, key=lambda row: str(row["id"]))
