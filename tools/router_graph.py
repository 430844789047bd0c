"""Joins corners that see each other along a line that is tangent at both ends: the edges of the visibility graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from subrescue.earth.shape.water import NM_PER_RADIAN, Water, unit_vectors
from tools.router_corners import Corners
from tools.router_workers import workers

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

# A line may enter the contour by so much: the contour is simplified, and corners that hardly turn are left out.
SLACK_DEG = 6.0
# Between narrow water and open sea, which have contours at different distances off the shore, near corners are joined
# without being tangent at the corner of the open sea.
NEAR_NM = 20.0
# The points inside a chain, through narrow water, look so far; its ends, which lie in open water, see everything.
INSIDE_NM = 150.0
_BLOCK = 600


def wedge_headings(corners: Corners) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Headings, in 256ths of a turn from east counterclockwise, of the normals of the blocked wedge's two sides.

    The wedge is narrowed by the slack. The line from a corner towards x is tangent where the signs of the products of
    x with the two normals differ.
    """
    _at, east, north = _frame(corners.at)

    def heading(other: FloatArray) -> FloatArray:
        v = unit_vectors(other[:, 0], other[:, 1])
        return np.asarray(np.arctan2(np.einsum("ij,ij->i", v, north), np.einsum("ij,ij->i", v, east)))

    # The blocked area lies on the left of the way before -> corner -> after: counterclockwise from `after` to `before`.
    to_before, to_after = heading(corners.before), heading(corners.after)
    width = (to_before - to_after) % (2 * np.pi)
    slack = np.minimum(np.radians(SLACK_DEG), width / 2)

    def stored(angle: FloatArray) -> npt.NDArray[np.uint8]:
        return (np.rint(angle * (256 / (2 * np.pi))) % 256).astype(np.uint8)

    return stored(to_after + slack + np.pi / 2), stored(to_before - slack - np.pi / 2)


def _frame(at_deg: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    at = unit_vectors(at_deg[:, 0], at_deg[:, 1])
    lam = np.radians(at_deg[:, 1])
    east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=-1)
    return at, east, np.cross(at, east)


def _wedge_normals(corners: Corners) -> tuple[FloatArray, FloatArray]:
    _, east, north = _frame(corners.at)
    first, second = (
        east * np.cos(angle)[:, None] + north * np.sin(angle)[:, None]
        for angle in (heading * (2 * np.pi / 256) for heading in wedge_headings(corners))
    )
    return first, second


class _Job:
    """What a worker process needs, handed over by fork."""

    water: Water
    at: FloatArray
    single: SingleArray
    is_inside: npt.NDArray[np.bool_]
    first: SingleArray
    second: SingleArray


def _block_edges(start: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    stop = min(start + _BLOCK, len(_Job.at))
    mine, others = slice(start, stop), slice(start, None)
    ok = (_Job.first[mine] @ _Job.single[others].T) * (_Job.second[mine] @ _Job.single[others].T) <= 0
    ok &= ((_Job.first[others] @ _Job.single[mine].T) * (_Job.second[others] @ _Job.single[mine].T) <= 0).T
    inside = _Job.is_inside[mine][:, None] | _Job.is_inside[others][None, :]
    ok &= ~inside | (_Job.single[mine] @ _Job.single[others].T >= np.cos(INSIDE_NM / NM_PER_RADIAN))
    i, j = np.nonzero(ok)
    keep = j > i
    i, j = i[keep] + start, j[keep] + start
    free = _Job.water.line_is_free(_Job.at[i], _Job.at[j])
    return i[free].astype(np.int32), j[free].astype(np.int32)


def visible_edges(
    water: Water,
    corners: Corners,
    is_narrow: npt.NDArray[np.bool_],
    is_free_node: npt.NDArray[np.bool_],
    is_inside: npt.NDArray[np.bool_],
) -> tuple[IntArray, IntArray]:
    """Pairs (i < j) of corners joined by a free line.

    Lines are tangent at both ends; at `is_free_node` (points of passages and leads) any direction will do. Those that
    are `is_inside`, not the ends of such lines, see only what is near.
    """
    _Job.water = water
    _Job.at = unit_vectors(corners.at[:, 0], corners.at[:, 1])
    _Job.is_inside = is_inside
    _Job.single = _Job.at.astype(np.float32)
    first, second = _wedge_normals(corners)
    second = np.where(is_free_node[:, None], -first, second)
    _Job.first, _Job.second = first.astype(np.float32), second.astype(np.float32)
    with workers() as pool:
        parts = pool.map(_block_edges, range(0, len(corners), _BLOCK), chunksize=1)
    i = np.concatenate([p[0] for p in parts]).astype(np.int64)
    j = np.concatenate([p[1] for p in parts]).astype(np.int64)
    a, b = _near_pairs(is_narrow)
    code = np.unique(np.concatenate((i, a)) * len(corners) + np.concatenate((j, b)))
    return code // len(corners), code % len(corners)


def _near_pairs(is_narrow: npt.NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    """Free lines between a corner of narrow water, tangent there, and any other corner nearby."""
    from scipy.spatial import cKDTree

    pairs = cKDTree(_Job.at).query_pairs(2 * np.sin(NEAR_NM / NM_PER_RADIAN / 2), output_type="ndarray")
    i, j = pairs[:, 0], pairs[:, 1]

    def tangent(a: IntArray, b: IntArray) -> npt.NDArray[np.bool_]:
        x = _Job.single[b]
        return np.asarray(np.einsum("ij,ij->i", _Job.first[a], x) * np.einsum("ij,ij->i", _Job.second[a], x) <= 0)

    keep = (is_narrow[i] & tangent(i, j)) | (is_narrow[j] & tangent(j, i))
    # Between two narrow corners both ends must be tangent, and then the pair is known already.
    keep &= ~(is_narrow[i] & is_narrow[j])
    i, j = i[keep].astype(np.int64), j[keep].astype(np.int64)
    free = _Job.water.line_is_free(_Job.at[i], _Job.at[j])
    i, j = i[free], j[free]
    return np.minimum(i, j), np.maximum(i, j)
