"""Says what our table of naval bases lacks or has wrong: `python -m tools.check_bases`; exit code 1 where it does."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Confidence
from subrescue.domain.position import Position
from subrescue.domain.registry import Registry
from subrescue.earth.places.names import fold
from subrescue.earth.places.naval_bases import FILE, BaseRole, BaseWater, NavalBase, load_naval_bases
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.outlines import land_rings
from subrescue.store.registry import load_registry

FloatArray = npt.NDArray[np.float64]

NM_KM = 1.852
# How near a position of the table has to be, and so how far a berth of the registry may lie from its base.
WITHIN_KM = 1.0
# Two rows nearer than this are one place.
APART_KM = 0.5
# The 1:10m coast line itself is up to 3 km out: a berth in its water this near to its shore needs no flag.
OFF_SHORE_KM = 3.0
# How far a basin, a narrow fjord or new land may lie from the 1:10m coast line; a river port, from the sea.
INLET_KM = 8.0
RIVER_KM = 60.0
_KM_PER_DEG = 111.2
# Bases whose land Natural Earth draws as another country's: a line on its map, no statement on anybody's claim.
DRAWN_AS = {"sevastopol": "RU", "longyearbyen": "NO"}


def apart_km(a: Position, b: Position) -> float:
    """Return the distance of two places in kilometres, on the ellipsoid."""
    return distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) * NM_KM


def nations_without_base(bases: Sequence[NavalBase], registry: Registry) -> Iterator[Problem]:
    """Find nations whose navy sails a submarine class of the registry and has no submarine base in the table."""
    have = {nation for base in bases if BaseRole.SUBMARINE_BASE in base.roles for nation in base.nations}
    sailing: dict[str, list[str]] = {}
    for submarine in registry.submarine_classes.values():
        for nation in submarine.nations:
            sailing.setdefault(nation, []).append(submarine.id)
    for nation in sorted(set(sailing) - have):
        yield Problem(nation, "no submarine base", f"it sails {', '.join(sailing[nation])}", FILE)


def berths_without_base(bases: Sequence[NavalBase], registry: Registry) -> Iterator[Problem]:
    """Find berths of ships and homes of rescue and intervention systems that lie over 1 km from every rescue berth."""
    berths = [base for base in bases if BaseRole.RESCUE_BERTH in base.roles]
    for asset in (*registry.ships.values(), *registry.rescue_systems.values(), *registry.intervention_systems.values()):
        if asset.base is None or asset.base.position is None:
            continue
        home = asset.base.position
        nearest = min(berths, key=lambda base: apart_km(base.position, home))
        km = apart_km(nearest.position, home)
        if km > WITHIN_KM:
            yield Problem(
                asset.id,
                f"{asset.base.name}, {km:.1f} km from {nearest.id}",
                f"a rescue berth of the table within {WITHIN_KM:g} km is needed",
                FILE,
            )


def twins(bases: Sequence[NavalBase]) -> Iterator[Problem]:
    """Find rows at one place, and rows that bear one name."""
    for a, b in combinations(bases, 2):
        km = apart_km(a.position, b.position) if abs(a.position.lat_deg - b.position.lat_deg) < 0.1 else np.inf
        if km < APART_KM:
            yield Problem(b.id, f"{km:.2f} km from {a.id}", f"places apart by {APART_KM:g} km are needed", FILE)
    bearer: dict[str, str] = {}
    for base in bases:
        for name in sorted({fold(name) for name in (base.name, *base.aliases)}):
            if bearer.setdefault(name, base.id) != base.id:
                yield Problem(base.id, f"the name {name!r} of {bearer[name]} too", "a name of its own is needed", FILE)


class Coast:
    """The 1:10m coast line without the shores of lakes, for exact distances near it."""

    def __init__(self) -> None:
        rings = land_rings("10m")
        owner = np.repeat(np.arange(len(rings)), np.diff(rings.offsets))
        edge = np.flatnonzero((owner[:-1] == owner[1:]) & ~rings.is_hole[owner[:-1]])
        edge = edge[np.argsort(rings.coords[edge, 1])]
        # From south to north, so that only the edges of a place's own latitudes are looked at.
        self._from: FloatArray = rings.coords[edge].astype(np.float64)
        self._to: FloatArray = rings.coords[edge + 1].astype(np.float64)
        self._highest_deg = float(np.abs(self._to[:, 1] - self._from[:, 1]).max())

    def distance_km(self, place: Position) -> float:
        """Return the distance to the coast line in kilometres, on a plane that touches the place; infinite over 90 km.

        The plane is good to 1 % within 90 km of the place.
        """
        shrink = max(float(np.cos(np.radians(place.lat_deg))), 0.01)
        here = np.array([place.lon_deg, place.lat_deg])
        scale = np.array([shrink, 1.0]) * _KM_PER_DEG
        reach_deg = 90 / _KM_PER_DEG + self._highest_deg
        at = slice(*np.searchsorted(self._from[:, 1], [place.lat_deg - reach_deg, place.lat_deg + reach_deg]))
        start, end = self._from[at], self._to[at]
        near = np.all((np.minimum(start, end) - here) * scale < 90, axis=1)
        near &= np.all((np.maximum(start, end) - here) * scale > -90, axis=1)
        if not near.any():
            return float("inf")
        a, b = (start[near] - here) * scale, (end[near] - here) * scale
        along = np.clip(-np.sum(a * (b - a), axis=1) / np.maximum(np.sum((b - a) ** 2, axis=1), 1e-12), 0, 1)
        return float(np.hypot(*(a + (b - a) * along[:, None]).T).min())


def water_of(place: Position, land: Land, coast: Coast) -> tuple[BaseWater, float]:
    """Tell how a place lies to the coast line and how many kilometres from it; a river is not told from an inlet."""
    km = coast.distance_km(place)
    if land.is_land(place.lat_deg, place.lon_deg):
        return (BaseWater.SEA if km <= WITHIN_KM else BaseWater.INLET), km
    return (BaseWater.SEA if km <= OFF_SHORE_KM else BaseWater.NEW_LAND), km


def off_the_water(bases: Sequence[NavalBase], land: Land, coast: Coast) -> Iterator[Problem]:
    """Find bases that do not lie to the coast line as their row says, or too far from it."""
    for base in bases:
        found, km = water_of(base.position, land, coast)
        where = f"{base.water} and {km:.1f} km {'inland' if land.is_land(*_pair(base)) else 'off the shore'}"
        if base.water is BaseWater.RIVER:
            if km > RIVER_KM:
                yield Problem(base.id, where, f"a river port lies within {RIVER_KM:g} km of the coast line", FILE)
        elif base.water is not found:
            yield Problem(base.id, where, f"the 1:10m coast line makes it {found}", FILE)
        elif km > INLET_KM:
            yield Problem(base.id, where, f"a place within {INLET_KM:g} km of the coast line is needed", FILE)


def _pair(base: NavalBase) -> tuple[float, float]:
    return base.position.lat_deg, base.position.lon_deg


def in_another_country(bases: Sequence[NavalBase], countries: Countries) -> Iterator[Problem]:
    """Find bases whose nearest land belongs to another country than the row says, or that have none near."""
    for base in bases:
        found = countries.at(base.position)
        code = found.iso if found is not None else None
        if code != DRAWN_AS.get(base.id, base.country):
            yield Problem(base.id, f"the land of {code}", f"the row says {base.country}", FILE)


def surer_than_near(bases: Sequence[NavalBase]) -> Iterator[Problem]:
    """Find rows of high confidence whose position may be over 1 km out."""
    for base in bases:
        if base.confidence is Confidence.HIGH and base.error_km > WITHIN_KM:
            yield Problem(base.id, f"high confidence and {base.error_km:g} km", "high is for within 1 km", FILE)


def problems(bases: Sequence[NavalBase], registry: Registry) -> list[Problem]:
    """Return everything that is missing or wrong."""
    land = Land()
    return [
        *nations_without_base(bases, registry),
        *berths_without_base(bases, registry),
        *twins(bases),
        *off_the_water(bases, land, Coast()),
        *in_another_country(bases, Countries()),
        *surer_than_near(bases),
    ]


def summary(bases: Sequence[NavalBase]) -> str:
    """Say in a line how good the table is."""
    sure = {level: sum(base.confidence is level for base in bases) for level in Confidence}
    near = sum(base.error_km <= WITHIN_KM for base in bases)
    read = sum(not base.source.startswith("from memory") for base in bases)
    return (
        f"{len(bases)} bases of {len({nation for base in bases for nation in base.nations})} nations; "
        f"{near} within {WITHIN_KM:g} km; confidence {', '.join(f'{n} {level}' for level, n in sure.items())}; "
        f"{read} from a page that was read"
    )


def main() -> int:
    """Print what was found and a summary; 1 where anything is wrong, 2 where table or registry cannot be read."""
    try:
        bases, registry = load_naval_bases(), load_registry()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    found = problems(bases, registry)
    for problem in found:
        print(problem)
    print(summary(bases))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
