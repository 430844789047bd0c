"""Lengths of very many geodesics at once, a little less exact than those of `geodesy`: a tenth of their time or less.

W. D. Lambert, The distance between two widely separated points on the surface of the earth (1942).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from subrescue.earth.shape.water import FloatArray, unit_vectors

Float32Array = npt.NDArray[np.float32]

# WGS 84, NIMA TR8350.2 (2000).
AXIS_NM, FLATTENING = 6378137.0 / 1852.0, 1 / 298.257223563
# Of a sphere with the mean of the radii of curvature.
MEAN_NM = AXIS_NM * (1 - FLATTENING / 3)
# Nearer to the antipode than this, in squared chord, the correction of the arc is left out: it has no bound there.
_ANTIPODE = 1e-3
_QUARTER, _ONE, _SHORTEST, _LEAST_REST = np.float32(0.25), np.float32(1), np.float32(2.5e-19), np.float32(_ANTIPODE / 4)


def reduced_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
    """Unit vectors, (n, 3), of places in degrees by their reduced latitude, as `near_geodesic_nm` takes them."""
    phi = np.radians(np.asarray(lat, dtype=np.float64))
    beta = np.arctan2((1 - FLATTENING) * np.sin(phi), np.cos(phi))
    return unit_vectors(np.degrees(beta), lon)


def near_geodesic_nm(a: FloatArray, b: FloatArray) -> FloatArray:
    """Lengths of geodesics on WGS 84 in nautical miles, to a hundred-thousandth; a, b: (n, 3) reduced unit vectors.

    Beside the antipode there is no bound to the error. In double precision, for answers about single places and for
    what is stored: single precision would add metres, by which short lines and ways of nearly one length would change.
    `quick_geodesic_nm` is the same formula for the millions of lines of a grid of the sea, where metres are nothing.
    """
    apart = a - b
    chord = np.einsum("ij,ij->i", apart, apart)
    half = np.sqrt(np.minimum(chord, 4.0)) / 2  # sine of half the arc
    arc, sine = 2 * np.arcsin(half), 2 * half * np.sqrt(np.maximum(1 - half * half, 0))
    over = (a[:, 2] + b[:, 2]) ** 2 * (arc - sine) / np.maximum(4 - chord, _ANTIPODE)
    under = apart[:, 2] ** 2 * (arc + sine) / np.maximum(chord, 1e-18)
    return np.asarray(AXIS_NM * (arc - FLATTENING / 2 * (over + under)))


def quick_geodesic_nm(a: Float32Array, b: Float32Array) -> Float32Array:
    """`near_geodesic_nm` in single precision, to a few metres; a, b: (3, ...) reduced unit vectors.

    A function of its own: it takes half of the memory and less than half of the time, because numbers are short,
    coordinates lie apart and most steps are taken in place.
    """
    # By the square of half the chord, which is the sine of half the arc: fewer numbers are to be doubled.
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    x *= x
    y *= y
    x += y
    z *= z
    x += z
    x *= _QUARTER
    square = np.minimum(x, _ONE, out=x)
    half = np.sqrt(square)
    arc = np.arcsin(half)
    rest = np.subtract(_ONE, square, out=y)
    half *= np.sqrt(rest)  # half the sine of the arc
    over = np.add(a[2], b[2])
    over *= over
    over *= arc - half
    over /= np.maximum(rest, _LEAST_REST, out=rest)
    half += arc
    z *= half
    z /= np.maximum(square, _SHORTEST, out=square)
    over += z
    over *= np.float32(-FLATTENING / 8)
    over += arc
    over *= np.float32(2 * AXIS_NM)
    return np.asarray(over)


def arriving(a: Float32Array, b: Float32Array) -> Float32Array:
    """The headings at b of geodesics from a, in radians from east by the north; a, b: (3, n) reduced unit vectors.

    On the sphere of reduced latitudes a geodesic is a great circle, but its longitudes are more: to the first power of
    the flattening by that, the arc and the sine of the heading at the equator (Bessel 1825). Right to some thousandths
    of a radian; beside the antipode there is no bound to the error.
    """
    turn = np.arctan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])
    arc = 2 * np.arcsin(np.minimum(np.sqrt(np.square(a - b).sum(axis=0)) / 2, _ONE))
    wide, other = (np.sqrt(end[0] * end[0] + end[1] * end[1]) for end in (a, b))
    turn += np.float32(FLATTENING) * wide * other * np.sin(turn) * arc / np.maximum(np.sin(arc), np.float32(1e-6))
    return np.asarray(np.arctan2(wide * b[2] * np.cos(turn) - a[2] * other, wide * np.sin(turn)))
