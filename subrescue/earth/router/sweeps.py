"""Finds ways from a place to all corners of the sea in two sweeps over stored short cuts: most are the shortest.

Corners lie on levels: what most ways pass lies highest. A way is taken to lead up by short cuts first, then down; so
each level is reckoned in one go, and numpy lets others work meanwhile. What the sweeps give are real ways past all
passages that are closed, if not always the shortest.
(D. Delling, A. V. Goldberg, A. Nowatzyk and R. F. Werneck, PHAST: hardware-accelerated shortest path trees, 2013.)
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.router.graph import FARTHEST_M, SeaGraph
from subrescue.earth.router.ports import graph_number
from subrescue.earth.shape.water import FloatArray, IntArray

FILE = "router_sweeps.npz"

WORD_BITS = 64


@dataclass(frozen=True, eq=False)
class ShortCuts:
    """Short cuts from corners `low` to others that lie higher or on the last level too, and `level` of all corners.

    mask: (short cuts, words) the passages that each uses, a bit for each in words of `WORD_BITS`.
    """

    level: IntArray
    low: IntArray
    high: IntArray
    length_m: IntArray
    mask: npt.NDArray[np.uint64]


def words_for(passages: int) -> int:
    """How many words hold a bit for each of so many passages."""
    return -(-passages // WORD_BITS)


def as_arrays(graph: SeaGraph, cuts: ShortCuts) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file."""
    place = np.argsort(np.argsort(cuts.level, kind="stable"), kind="stable")
    order = np.lexsort((cuts.length_m, place[cuts.high], place[cuts.low]))
    low, high, mask = place[cuts.low[order]], place[cuts.high[order]], cuts.mask[order]
    tags = [
        (number, np.flatnonzero(mask[:, number // WORD_BITS] >> np.uint64(number % WORD_BITS) & np.uint64(1)))
        for number in range(len(graph.passages))
    ]
    small = np.min_scalar_type(len(cuts.level))
    return {
        "graph": np.array(_number(graph), dtype=np.uint32),
        "level": cuts.level.astype(np.uint16),
        "count": np.bincount(low, minlength=len(cuts.level)).astype(np.uint16),
        "high": high.astype(small),
        "length_m": cuts.length_m[order].astype(np.uint32),
        "tag": np.concatenate([at for _, at in tags]).astype(np.int32),
        "tag_passage": np.concatenate([np.full(len(at), number) for number, at in tags]).astype(np.uint8),
    }


def _number(graph: SeaGraph) -> int:
    """A number by which the file knows the graph: another edge, or passage of an edge, would make short cuts wrong."""
    number = zlib.crc32(" ".join(graph.passage_index).encode(), graph_number(graph))
    with graph.open_edges(frozenset()) as edges:
        # The way back of each is the same edge again.
        once, tags = int(edges.first[0, -1]), len(edges.tagged) // 2
        columns = edges.first[0], edges.node[:once], edges.length_m[:once], edges.tagged[:tags], edges.passage[:tags]
        for column in columns:
            number = zlib.crc32(np.ascontiguousarray(column).data, number)
    return number


@dataclass(frozen=True, eq=False)
class _Step:
    """The places that are reckoned in one go, one after the other, the short cuts that lead there, and `first` of these
    for each place."""

    to: slice
    cuts: slice
    first: IntArray


@dataclass(frozen=True, eq=False)
class _Sweeps:
    """Corners by their places: level by level. Short cuts, up, down and over the last level, sorted by where they lead.

    corner, place: from the one to the other. start, length_m: where the short cuts begin, and their lengths, in two
    and four bytes: there are more than a million. tagged: those that use passages, and `passage`, the number of the
    passage of each.
    """

    corner: IntArray
    place: IntArray
    start: npt.NDArray[np.unsignedinteger]
    length_m: npt.NDArray[np.int32]
    up: list[_Step]
    over: list[_Step]
    down: list[_Step]
    tagged: IntArray
    passage: IntArray


class Sweeps:
    """The short cuts of one graph, read at first use. Not to be used by two threads at once."""

    def __init__(self, graph: SeaGraph, folder: Path | None = None) -> None:
        self._graph = graph
        self._folder = folder or maps_dir()

    @cached_property
    def _known(self) -> _Sweeps | None:
        path = self._folder / FILE
        if not path.exists() or int(read_arrays(path, ("graph",))["graph"]) != _number(self._graph):
            return None
        return _laid_out(read_arrays(path))

    def is_known(self) -> bool:
        """Say whether there are short cuts: not where the file is missing or made with another graph."""
        return self._known is not None

    def lengthen(self, reach_m: FloatArray, closed: frozenset[str]) -> FloatArray:
        """From how far some corners are, (corners,) metres, how far all are at most, past closed passages."""
        known = self._known
        if known is None:
            return reach_m
        barred = known.tagged[self._graph.mask_of(closed)[known.passage]] if closed else known.tagged[:0]
        usual, known.length_m[barred] = known.length_m[barred], FARTHEST_M
        try:
            reach = reach_m.take(known.corner)
            for step in known.up:
                _take(known, step, reach)
            is_shorter = True
            while is_shorter:
                before = reach.copy()
                for step in known.over:
                    _take(known, step, reach)
                is_shorter = not np.array_equal(before, reach)
            for step in known.down:
                _take(known, step, reach)
        finally:
            # Some use two passages that are closed: all of these were as long before.
            known.length_m[barred] = usual
        return reach.take(known.place)


def _take(known: _Sweeps, step: _Step, reach: FloatArray) -> None:
    """Take the short cuts of a step where they are shorter."""
    by = reach.take(known.start[step.cuts])
    by += known.length_m[step.cuts]
    there = reach[step.to]
    np.minimum(there, np.minimum.reduceat(by, step.first), out=there)


def _laid_out(stored: dict[str, npt.NDArray[Any]]) -> _Sweeps:
    level, count = stored["level"].astype(np.int64), stored["count"].astype(np.int64)
    corner = np.argsort(level, kind="stable")
    place = np.empty_like(corner)
    place[corner] = np.arange(len(corner))
    level = level[corner]
    top = int(np.searchsorted(level, level[-1]))
    high = stored["high"]
    low = np.repeat(np.arange(len(count), dtype=high.dtype), count)
    below = int(count[:top].sum())
    upwards = np.argsort(high[:below], kind="stable")
    both = np.concatenate((high[below:], low[below:]))
    across = np.argsort(both, kind="stable")
    half = len(low) - below
    length = stored["length_m"].astype(np.int32)
    start = np.concatenate((high[:below], low[upwards], np.concatenate((low[below:], high[below:]))[across]))
    to = (low[:below].astype(np.int64), high[upwards].astype(np.int64), both[across].astype(np.int64))
    # Where each short cut of the file stands: downwards, then upwards, then over the last level there and back.
    at_up, at_across = np.empty_like(upwards), np.empty_like(across)
    at_up[upwards], at_across[across] = np.arange(below), np.arange(2 * half)
    tag, is_below = stored["tag"].astype(np.int64), stored["tag"] < below
    inner, outer = tag[is_below], tag[~is_below] - below
    number = stored["tag_passage"].astype(np.int64)
    metres = np.concatenate((length[:below], length[:below][upwards], np.tile(length[below:], 2)[across]))
    return _Sweeps(
        on_disk(corner),
        on_disk(place),
        on_disk(start),
        on_disk(metres, is_written=True),
        up=_steps(to[1], level, below),
        over=_steps(to[2], level, 2 * below),
        down=_steps(to[0], level, 0)[::-1],
        tagged=on_disk(
            np.concatenate(
                (inner, below + at_up[inner], 2 * below + at_across[outer], 2 * below + at_across[outer + half])
            )
        ),
        passage=on_disk(np.concatenate((number[is_below], number[is_below], number[~is_below], number[~is_below]))),
    )


def _steps(to: IntArray, level: IntArray, begin: int) -> list[_Step]:
    """A step for each level that short cuts lead to, which stand from `begin` on, sorted by where they lead; more where
    none lead to some places between."""
    first = np.flatnonzero(np.diff(to, prepend=-1))
    place = to[first]
    is_new = (np.diff(level[place], prepend=-1) != 0) | (np.diff(place, prepend=0) != 1)
    cut = np.append(np.flatnonzero(is_new), len(place))
    end = np.append(first, len(to))
    return [
        _Step(
            slice(int(place[a]), int(place[a]) + b - a),
            slice(begin + int(end[a]), begin + int(end[b])),
            on_disk(first[a:b] - first[a]),
        )
        for a, b in pairwise(cut.tolist())
    ]
