"""Tells where a listed port stands by the airfields of its town: the port lists put some at another end of the nation.

A port and the airfield of its town mostly share the last three letters of the UN/LOCODE (UNECE Recommendation 16: where
a place has an IATA code, it is those letters), and the name of the town.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from subrescue.earth.places.names import fold
from subrescue.earth.places.place_tables import Airfield, FloatArray
from subrescue.earth.shape.geodesy import distance_nm
from tools.port_rules import Row

# An airfield so near to a place is that of its town ...
TOWN_FIELD_NM = 25.0
# ... and a port farther than this from the airfield of its code and name is somewhere else.
ELSEWHERE_NM = 40.0
# Seaports that one list has under the code of a namesake inland: Itaqui of São Luís, Richmond in California, St Paul of
# the Pribilof Islands. They stand on without a code where the town of the code takes it away.
NAMESAKES = ("BRITQ", "USRIC", "USSTP")
# Ports that a list has elsewhere, and whose town has no airfield that bears both code and name: the town's place in
# Natural Earth's 1:10m populated places, degrees. Gathered where a port lay 40 miles from the one town of its name.
TOWN_PLACES = {"NGWAR": (5.520, 5.760), "PHOLO": (14.829, 120.283), "VNMUT": (10.350, 106.350)}
# Whose ports a list still has under a code that was withdrawn, by the nation of today (ISO 3166-3).
FORMER = {"BQ": "AN", "CW": "AN", "SX": "AN", "RS": "CS", "ME": "CS"}
_NO_PLACES = np.empty((0, 2))


class Towns:
    """The airfields of towns: by the code and by the name that a port of the town bears."""

    def __init__(self, airfields: Iterable[Airfield]) -> None:
        self._by_code: dict[str, tuple[FloatArray, str]] = {}
        by_name: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for airfield in airfields:
            at, town = airfield.position, fold(airfield.place or "")
            for country in _countries(airfield):
                self._by_code[f"{country}{airfield.iata}"] = np.array([[at.lat_deg, at.lon_deg]]), town
            if airfield.country and town:
                by_name.setdefault((airfield.country, town), []).append((at.lat_deg, at.lon_deg))
        self._by_name = {key: np.array(places) for key, places in by_name.items()}

    def likeliest(self, unlocode: str, names: Iterable[str], places: FloatArray) -> FloatArray:
        """Say of each place, (n, 2) degrees, whether an airfield bears it out: 2 by the code, 1 by the name, 0 none."""
        by_code, _ = self._by_code.get(unlocode, (_NO_PLACES, ""))
        named = [self._by_name.get((unlocode[:2], fold(name)), _NO_PLACES) for name in names]
        return np.maximum(2.0 * _beside(places, by_code), 1.0 * _beside(places, np.vstack([_NO_PLACES, *named])))

    def elsewhere(self, row: Row) -> tuple[float, float] | None:
        """Return where the town of a port lies, degrees, if the port is far from it; None where that is not known.

        The town is where the airfield of both the port's code and its name lies, or as in TOWN_PLACES.
        """
        if row["unlocode"] in TOWN_PLACES:
            return TOWN_PLACES[row["unlocode"]]
        by_code, town = self._by_code.get(row["unlocode"], (_NO_PLACES, ""))
        if not len(by_code) or town not in {fold(name) for name in (row["name"], *row["aliases"])}:
            return None
        lat, lon = (float(value) for value in by_code[0])
        return (lat, lon) if float(distance_nm(row["lat"], row["lon"], lat, lon)) > ELSEWHERE_NM else None


def _countries(airfield: Airfield) -> tuple[str, ...]:
    """The countries under which an airfield's IATA code may stand in a UN/LOCODE; none where it has none."""
    if not airfield.country or not airfield.iata:
        return ()
    return tuple(code for code in (airfield.country, FORMER.get(airfield.country)) if code)


def _beside(places: FloatArray, airfields: FloatArray) -> FloatArray:
    if not len(airfields):
        return np.zeros(len(places))
    apart = distance_nm(places[:, :1], places[:, 1:], airfields[None, :, 0], airfields[None, :, 1])
    return np.asarray(np.min(apart, axis=1) <= TOWN_FIELD_NM, dtype=float)


def in_their_towns(rows: list[Row], towns: Towns) -> tuple[list[Row], Counter[str]]:
    """Return the rows, those put elsewhere at their town, and how many were "moved"."""
    found, counts = [], Counter[str]()
    for row in rows:
        place = towns.elsewhere(row)
        if place is not None:
            counts["moved"] += 1
            row = {
                **row,
                "lat": place[0],
                "lon": place[1],
                "source": "position of its town or airfield: the list has it elsewhere",
            }
        found.append(row)
    return found, counts
