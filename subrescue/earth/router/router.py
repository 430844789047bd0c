"""Sea routes from anywhere to anywhere, along the shortest water: never over land, refused rather than invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from subrescue.domain.position import Position
from subrescue.earth.map_files.on_disk import parts_on_disk
from subrescue.earth.passages.passages import Passage, check_ids
from subrescue.earth.router.access import Berth, NoRoute, berth_or_none, find_berth, line_nm, why_dry
from subrescue.earth.router.ends import moorings_at_end
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.kept import Kept
from subrescue.earth.router.kept_fields import KeptFields
from subrescue.earth.router.land import over_land_nm
from subrescue.earth.router.local import may_be_local
from subrescue.earth.router.local_lines import LocalLines
from subrescue.earth.router.marks import Marks
from subrescue.earth.router.moorings import (
    NO_WATER,
    Mooring,
    Moorings,
    apart_nm,
    columns_bytes,
    find_moorings,
    may_meet,
    put_together,
    to_berths,
)
from subrescue.earth.router.near import NearWays, near_ways
from subrescue.earth.router.ports import PortMoorings
from subrescue.earth.router.sea_field import SeaField
from subrescue.earth.router.shortest import Shortest
from subrescue.earth.router.tree import Tree, grow_tree, lines_are_free, straight_to, way_is_shut
from subrescue.earth.router.ways import SeaRoute, SeaWay, lines_to, measured, with_steps
from subrescue.earth.shape.geodesy import normalise_lon
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.water import FloatArray, IntArray

__all__ = ["NoRoute", "SeaField", "SeaRoute", "SeaRouter", "SeaWay"]

# A place is known to a hundred-thousandth of a degree, about a metre.
_PER_DEG = 100_000
# So often a new place is looked at for one tree alone; when it is asked about again it is joined for good.
OFTEN = 4
# New places are joined to the graph so many at a time.
_BATCH = 24
# Sets of places are kept put together: one of all ports takes 5 MB, one of a single place 2 kB. A plan asks about many
# small ones between those of the whole, which must not put these out.
_SETS, _SETS_BYTES = 1_000, 9_000_000
# Of so many places or more nobody asks in each step of a hand.
_LARGE_SET = 64
# Ways to all corners from so many places, 0.6 MB each: that of a datum, where it was before, and those of a few ports.
_TREES = 10

Key = tuple[int, int]


class SeaRouter:
    """Routes over the shipped graph. Ready after construction; safe to use from several threads.

    What it finds out about a place, and the ways from there, is kept: asking again is cheap, whatever is closed.
    land: that of the same folder where somebody has it already, whose index takes some 40 MB.
    """

    def __init__(self, folder: Path | None = None, land: Land | None = None) -> None:
        self._graph = SeaGraph(folder)
        self._ports = PortMoorings(self._graph, folder)
        self._shortest = Shortest(self._graph, folder)
        self._berths: Kept[Key, Berth | NoRoute] = Kept(12_000)
        self._moorings: Kept[Key, Mooring] = Kept(4_000)
        self._asked: Kept[Key, int] = Kept(20_000)
        self._columns: Kept[bytes, tuple[IntArray, Moorings]] = Kept(_SETS, _SETS_BYTES, columns_bytes)
        self._trees: Kept[tuple[Key, frozenset[str]], Tree] = Kept(_TREES)
        self.fields = KeptFields(self._graph, folder)
        self._land = land or Land(folder)
        self._local = LocalLines(self._graph, self._land)

    @property
    def folder(self) -> Path:
        """The folder of the maps."""
        return self._graph.folder

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every canal and strait that can be closed."""
        return self._graph.passages

    def is_closed_sea(self, place: Position) -> bool:
        """Say whether the water of a place is a sea that land closes in all round and that ships sail: the Caspian."""
        berth = self._found_berth(*_key(place.lat_deg, place.lon_deg))
        return isinstance(berth, Berth) and self._land.is_lake(berth.water_lat, berth.water_lon)

    def distances_nm(
        self, origin: Position, lats: ArrayLike, lons: ArrayLike, closed: frozenset[str] = frozenset()
    ) -> FloatArray:
        """Sea distances from one place to many, nautical miles, gaps included; nan where there is no route.

        lats, lons: degrees, arrays of one shape, which the result has too. Raises NoRoute where the origin itself is
        inland or in a closed basin, InputError for an unknown passage.
        """
        check_ids(closed, self.passages)
        lat, lon = np.broadcast_arrays(np.asarray(lats, dtype=np.float64), normalise_lon(lons))
        shape, lat, lon = lat.shape, lat.ravel(), lon.ravel()
        here = _key(origin.lat_deg, origin.lon_deg)
        tree = self._tree(here, closed)
        result = np.full(len(lat), np.nan)
        known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon) & (np.abs(lat) <= 90))
        keys = np.rint(np.column_stack((lat[known], lon[known])) * _PER_DEG).astype(np.int64)
        number, places = self._columns_for(tree, keys)
        if not len(number):
            return result.reshape(shape)
        per_joint, _ = straight_to(self._graph, tree, places, to_berths(tree.reach_nm, places, tree.shut))
        best = np.full(len(number), np.inf)
        np.minimum.at(best, places.owner, per_joint)
        start = tree.berth
        apart = apart_nm(start, places, best)
        for k in np.flatnonzero(may_be_local(apart, best) | may_meet(start, places)):
            local = self._local.between(start, self._berth(*(int(v) for v in keys[number[k]])), closed, best[k])
            best[k] = best[k] if local is None else min(best[k], line_nm(local))
        whole = np.maximum(best, apart) + places.gap_nm + start.gap_nm
        whole[(keys[number] == here).all(axis=1)] = 0.0
        result[known[number]] = np.where(np.isfinite(best), whole, np.nan)
        return result.reshape(shape)

    def field(self, origin: Position, closed: frozenset[str] = frozenset()) -> SeaField:
        """Sea distances from one place to a grid of half a degree over all the sea.

        As `distances_nm` gives them: half of the cells to a millionth, 99 of 100 to 0.02 %, 999 of 1,000 to 0.2 %,
        the worst of 11,000 off by 0.53 %. All nan where the file of the grid is missing or was made with another
        graph. Raises NoRoute where the origin is inland or in a closed basin, InputError for an unknown passage.
        """
        check_ids(closed, self.passages)
        here = _key(origin.lat_deg, origin.lon_deg)
        known = self.fields.get(here, closed)
        if known is not None:
            return known
        tree = self._tree(here, closed)

        def local(lat: float, lon: float) -> float | None:
            try:
                line = self._local.between(tree.berth, self._berth(*_key(lat, lon)), closed)
            except NoRoute:
                return None
            return None if line is None else line_nm(line)

        return self.fields.find(here, tree, closed, local)

    def _columns_for(self, tree: Tree, keys: IntArray) -> tuple[IntArray, Moorings]:
        """Of the places with these keys the numbers of those that have water, and what is known of them."""
        which = keys.tobytes()
        known = self._columns.get(which)
        if known is not None:
            return known
        pairs: list[Key] = [(lat, lon) for lat, lon in keys.tolist()]
        may_stay = all(self._is_joined(key) for key in pairs)
        found = self._moorings_for(tree, pairs)
        wet = [k for k, mooring in enumerate(found) if mooring.joints]
        columns = np.array(wet, dtype=np.int64), put_together([found[k] for k in wet])
        if len(wet) >= _LARGE_SET:
            columns = columns[0], parts_on_disk(columns[1])
        return self._columns.put(which, columns) if may_stay else columns

    def _is_joined(self, key: Key) -> bool:
        return key in self._moorings or self._ports.has(key)

    def _moorings_for(self, tree: Tree, keys: Sequence[Key]) -> list[Mooring]:
        """What is kept of places, or at first of new ones what one tree needs."""
        new: dict[Key, Berth] = {}
        for key in dict.fromkeys(keys):
            if self._is_joined(key) or self._asked.put(key, (self._asked.get(key) or 0) + 1) > OFTEN:
                continue
            berth = self._sea_berth(key)
            if berth is None:
                self._moorings.put(key, NO_WATER)
            else:
                new[key] = berth
        at_end = dict(zip(new, moorings_at_end(self._graph, tree, list(new.values())), strict=True))
        joined = iter(self._moorings_of([key for key in keys if key not in new]))
        return [at_end[key] if key in at_end else next(joined) for key in keys]

    def _moorings_of(self, keys: Sequence[Key]) -> list[Mooring]:
        """What is kept of places, found now where it is not known yet."""
        found: dict[Key, Mooring] = {}
        new: dict[Key, Berth] = {}
        for key in dict.fromkeys(keys):
            known = self._moorings.get(key) or self._ports.get(key)
            if known is not None:
                found[key] = known
                continue
            berth = self._sea_berth(key)
            if berth is None:
                found[key] = self._moorings.put(key, NO_WATER)
            else:
                new[key] = berth
        order = list(new)
        for first in range(0, len(order), _BATCH):
            part = order[first : first + _BATCH]
            for key, mooring in zip(part, find_moorings(self._graph, [new[key] for key in part]), strict=True):
                found[key] = self._moorings.put(key, mooring)
        return [found[key] for key in keys]

    def route(self, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> SeaRoute:
        """Find the shortest route from a to b that uses none of the closed passages.

        Raises NoRoute with the reason, InputError for an unknown passage.
        """
        check_ids(closed, self.passages)
        first, second = _key(a.lat_deg, a.lon_deg), _key(b.lat_deg, b.lon_deg)
        start, end = self._berth(*first), self._berth(*second)
        if first == second:
            return SeaRoute(np.array([[start.water_lat, start.water_lon]] * 2), 0.0, (), 0.0, 0.0)
        # The ways from one end may be known already; there and back they are the same.
        turned = (first, closed) not in self._trees and ((second, closed) in self._trees or second < first)
        line = self._line(second, first, closed) if turned else self._line(first, second, closed)
        if line is None:
            raise self._why_none(a, b, closed)
        if turned:
            line = line[::-1]
        nm, passages = measured(self._graph, [line])
        total = float(nm[0]) + start.gap_nm + end.gap_nm
        points = with_steps(line)
        points[:, 1] = normalise_lon(points[:, 1])
        links = [[[p.lat_deg, p.lon_deg]] if berth.gap_nm > 0 else line[:0] for p, berth in ((a, start), (b, end))]
        linked = np.concatenate((links[0], line, links[1]))
        on_land = over_land_nm(
            self._land, self._graph.water, linked, self._graph.canal_points, self._graph.has_open_corner(linked)
        )
        return SeaRoute(points, total, passages[0], start.gap_nm, end.gap_nm, on_land)

    def berths(self, lats: ArrayLike, lons: ArrayLike) -> list[Berth | NoRoute]:
        """The water of places, (n,) degrees, or why they have none; for `know`."""
        return [self._found_berth(*key) for key in _keys(lats, lons)]

    def know(self, lats: ArrayLike, lons: ArrayLike, berths: Sequence[Berth | NoRoute]) -> None:
        """Take over the `berths` of places, (n,) degrees, that another router of the same maps has found."""
        for key, berth in zip(_keys(lats, lons), berths, strict=True):
            self._berths.put(key, berth)

    def join(self, lats: ArrayLike, lons: ArrayLike) -> None:
        """Join places, (n,) degrees, to the sea in one go; whatever is asked about them then takes less time."""
        self._moorings_of(_keys(lats, lons))

    def marks(self, closed: frozenset[str] = frozenset()) -> Marks:
        """What makes the `ways` between very many places quicker, while these passages are closed."""
        return Marks(self._graph, self._ports.corners().astype(np.int64), closed)

    def ways(
        self,
        origin: Position,
        lats: ArrayLike,
        lons: ArrayLike,
        closed: frozenset[str] = frozenset(),
        *,
        backwards: bool | Sequence[bool] = False,
        marks: Marks | None = None,
    ) -> list[SeaWay | None]:
        """Length and passages of the shortest routes from one place to many; `route` without its line, for many.

        lats, lons: (n,) degrees, finite and up to the poles. backwards: the routes, or those, lead to the one place;
        passages come in that order. marks: of `marks`, for ways to few places. None stands where `route` would raise
        NoRoute, which knows the reason. Raises NoRoute where the origin itself is inland or in a closed basin,
        InputError for an unknown passage.
        """
        check_ids(closed, self.passages)
        here, keys = _key(origin.lat_deg, origin.lon_deg), _keys(lats, lons)
        tree = self._tree(here, closed, None if marks is None else (marks, keys))
        moorings = self._moorings_for(tree, keys)
        found: list[SeaWay | None] = [SeaWay(0.0, ()) if key == here else None for key in keys]
        wet = [k for k, mooring in enumerate(moorings) if mooring.joints and keys[k] != here]
        berths = [self._berth(*keys[k]) for k in wet]
        lines = lines_to(self._graph, tree, [(berth, moorings[k]) for k, berth in zip(wet, berths, strict=True)])
        for number, (berth, line) in enumerate(zip(berths, lines, strict=True)):
            if line is None or len(line) > 2:
                local = self._local.between(tree.berth, berth, closed, np.inf if line is None else line_nm(line))
                if local is not None and (line is None or line_nm(local) < line_nm(line)):
                    lines[number] = local
        known = [number for number, line in enumerate(lines) if line is not None]
        turned = np.broadcast_to(backwards, len(keys))[np.array(wet, dtype=np.int64)]
        run = [line[::-1] if turn else line for line, turn in zip(lines, turned, strict=True) if line is not None]
        for number, nm, passages in zip(known, *measured(self._graph, run), strict=True):
            gaps = tree.berth.gap_nm + berths[number].gap_nm
            found[wet[number]] = SeaWay(float(nm) + gaps, passages)
        return found

    def near_ways(
        self, known: Position, origin: Position, lats: ArrayLike, lons: ArrayLike, closed: frozenset[str] = frozenset()
    ) -> NearWays:
        """`near_ways` of `near` to places, (n,) degrees; the ways from `known` are found if none are kept."""
        (start, end), keys = _keys([known.lat_deg, origin.lat_deg], [known.lon_deg, origin.lon_deg]), _keys(lats, lons)
        here, tree = self._sea_berth(end), self._tree(start, closed) if self._sea_berth(start) is not None else None
        if tree is None or here is None:
            return NearWays(np.full(len(keys), np.nan), [None] * len(keys))
        return near_ways(self._graph, tree, here, self.berths(lats, lons), self._moorings_for(tree, keys))

    def _sea_berth(self, key: Key) -> Berth | None:
        """The water of a place that is no known port; None where it has none, without looking for the reason."""
        if (known := self._berths.get(key)) is not None:
            return known if isinstance(known, Berth) else None
        berth = berth_or_none(self._graph, key[0] / _PER_DEG, key[1] / _PER_DEG, land=self._land)
        if berth is not None:
            self._berths.put(key, berth)
        return berth

    def _berth(self, lat: int, lon: int) -> Berth:
        """The water of a place; raises NoRoute where it has none."""
        found = self._found_berth(lat, lon)
        if isinstance(found, NoRoute):
            raise found.again()
        return found

    def _found_berth(self, lat: int, lon: int) -> Berth | NoRoute:
        """The water of a place, or why it has none: that takes long to find out and is kept too."""
        found = self._berths.get((lat, lon))
        if found is None:
            is_port = self._ports.get((lat, lon)) is not None
            try:
                found = find_berth(self._graph, self._land, lat / _PER_DEG, lon / _PER_DEG, is_port=is_port)
            except NoRoute as refusal:
                found = refusal.again()
            self._berths.put((lat, lon), found)
        return found

    def _tree(self, key: Key, closed: frozenset[str], few: tuple[Marks, Sequence[Key]] | None = None) -> Tree:
        """The ways from a place, found now where they are not known yet; raises NoRoute where it has no water.

        few: marks and the only places that it has to lead to, which have to be joined; such a tree is not kept.
        """
        known = self._trees.get((key, closed))
        if known is not None:
            return known
        berth, mooring = self._berth(*key), self._moorings_of([key])[0]
        if few is not None and all(self._is_joined(other) for other in few[1]):
            ends = put_together([end for end in self._moorings_of(few[1]) if end.joints])
            return grow_tree(self._graph, berth, mooring, closed, few[0].towards(ends, self._shortest))
        tree = grow_tree(self._graph, berth, mooring, closed, self._shortest)
        return self._trees.put((key, closed), parts_on_disk(tree))

    def _line(self, first: Key, last: Key, closed: frozenset[str]) -> FloatArray | None:
        """The corners of the shortest line from water to water, (n, 2), or None."""
        graph, shut = self._graph, self._graph.mask_of(closed)
        start, end = self._berth(*first), self._berth(*last)
        line: FloatArray | None = None
        best = np.inf
        for one in start.landings:
            for other in end.landings:
                whole = np.concatenate((one.way, other.way[::-1]))
                if (
                    line_nm(whole) < best
                    and not way_is_shut(graph, whole, shut)
                    and bool(lines_are_free(graph, one.at[None, :], other.at[None, :], shut)[0])
                ):
                    line, best = whole, line_nm(whole)
        if line is not None and len(line) == 2:
            return line
        tree = self._tree(first, closed)
        mooring = self._moorings_for(tree, [last])[0]
        per_joint = to_berths(tree.reach_nm, put_together([mooring]), shut)
        number = int(np.argmin(per_joint))
        if per_joint[number] < best:
            corner = mooring.joints[number].best_corner(tree.reach_nm, shut)
            whole = np.concatenate((tree.line_to(graph, corner), end.landings[number].way[::-1]))
            line, best = whole, line_nm(whole)
        local = self._local.between(start, end, closed, best)
        return local if local is not None and line_nm(local) < best else line

    def _why_none(self, a: Position, b: Position, closed: frozenset[str]) -> NoRoute:
        first, second = (_key(p.lat_deg, p.lon_deg) for p in (a, b))
        open_line = self._line(first, second, frozenset()) if closed else None
        where = f"{a.lat_deg:.4f}, {a.lon_deg:.4f} and {b.lat_deg:.4f}, {b.lon_deg:.4f}"
        if open_line is None:
            closed_in = [place for place in (a, b) if self.is_closed_sea(place)]
            if len(closed_in) == 1:
                at, dry = closed_in[0], why_dry("closed_basin", closed_in[0].lat_deg)
                return NoRoute("closed_basin", f"{at.lat_deg:.4f}, {at.lon_deg:.4f} {dry}", position=at)
            return NoRoute("outside_chart", f"the chart does not join {where} by sea")
        needed = [name for name in measured(self._graph, [open_line])[1][0] if name in closed]
        # A short cut that is closed too would open nothing: the way round it is no less open.
        for name in list(needed) if len(needed) > 1 else ():
            others = [other for other in needed if other != name]
            if self._line(first, second, closed.difference(others)) is not None:
                needed = others
        names = ", ".join(p.name for p in self.passages if p.id in needed)
        text = f"no way by sea between {where} while closed: {names}"
        return NoRoute("passages_closed", text, passages=tuple(needed))


def _key(lat: float, lon: float) -> Key:
    return round(lat * _PER_DEG), round(lon * _PER_DEG)


def _keys(lats: ArrayLike, lons: ArrayLike) -> list[Key]:
    return [
        _key(lat, lon) for lat, lon in zip(np.ravel(lats).tolist(), normalise_lon(lons).ravel().tolist(), strict=True)
    ]
