"""How far lines on the raster get before they meet land: all lines at once, in as few rounds and looks as may be.

Lines that begin at one place are led together first, in fans, as far as the clearance about the middle of a fan goes.
Then each goes on from one look to the next. What is left after some rounds, mostly lines along coasts, is looked at in
ever shorter stretches, as `water_lines` does: many rounds over few lines would take most of the time.
"""

from __future__ import annotations

import numpy as np

from subrescue.earth.map_files.map_tiles import TileGrid
from subrescue.earth.shape.water_cells import BoolArray, Float32Array
from subrescue.earth.shape.water_lines import (
    NO_STEP,
    STEP_RADIANS,
    STEPS_PER_NM,
    Steps,
    are_blocked,
    clear_nm,
    first_blocked,
    places_along,
)

# How far lines that begin at one place may be apart while one look does for both.
WIDE_NM = 3.8
# Fans are so many directions wide, one after the other, and led so many rounds at most; the last are single lines.
_FANS = ((16, 14), (4, 8), (1, 8))
WIDEST = _FANS[0][0]
# They go on where they get farther than this and than this share of the clearance: else narrower ones get farther.
_LEAST_NM, _LEAST_SHARE = 2.0, np.float32(0.3)
# After so many rounds, or when so few lines are left, ever shorter stretches are quicker.
_ROUNDS, _FEW = 16, 300
# Where land is near so many points of a line are looked at in one go.
_POINTS = np.arange(8, dtype=np.int32)[:, None]
# Stretches have so many points at first: no line has more.
_STRETCH = 65_536


def led_together(clearance: TileGrid, place: Float32Array, ahead: Float32Array, most: np.float32) -> Steps:
    """How many steps along lines in all directions from a place are free, and all within `WIDE_NM` of them, at least.

    place: (3,) unit vector. ahead: (3, directions) unit vectors at right angles to it, evenly spread all around,
    `WIDEST` of them or a multiple. most: no line is longer, in radians.
    """
    count, last = ahead.shape[1], np.ceil(most / STEP_RADIANS).astype(np.int32)
    found = np.zeros(count // WIDEST, dtype=np.int32)
    for size, rounds in _FANS:
        found = np.repeat(found, count // size // len(found))
        # The middle of a fan lies between two of its lines, or is its one line.
        middle = ahead[:, (size - 1) // 2 :: size] + ahead[:, size // 2 :: size]
        middle /= np.linalg.norm(middle, axis=0)
        half_nm = np.float32((size - 1) / count * 10_800)
        fan, step = np.arange(len(found)), found
        for _ in range(rounds):
            along = step.astype(np.float32) * STEP_RADIANS
            near, far = np.cos(along), np.sin(along)
            clear = clear_nm(clearance, *(place[k] * near + middle[k] * far for k in range(3)))
            onward = clear - (half_nm * far + np.float32(WIDE_NM))
            go = np.flatnonzero((onward >= _LEAST_NM) & (onward >= clear * _LEAST_SHARE) & (step < last))
            if not len(go):
                break
            fan, middle = fan.take(go), middle.take(go, axis=1)
            step = np.minimum(step.take(go) + (onward.take(go) * np.float32(STEPS_PER_NM)).astype(np.int32), last)
            found[fan] = step
    return found


def first_blocked_steps(blocked: TileGrid, clearance: TileGrid, every: Float32Array, begin: Steps) -> Steps:
    """At which step lines meet land for the first time; `NO_STEP` where they do not.

    every: the lines, (7, n), as `first_blocked` takes them. begin: (n,) so many steps of each are known to be free.
    """
    hit, every_last = np.full(len(begin), NO_STEP), np.ceil(every[6] / STEP_RADIANS).astype(np.int32)
    number, step, last, lines = np.arange(len(begin), dtype=np.int32), begin, every_last, every
    for _ in range(_ROUNDS):
        if len(number) <= _FEW:
            break
        clear = clear_nm(clearance, *places_along(lines, step))
        go: BoolArray = step < last
        step = step + clear.astype(np.int32) * np.int32(STEPS_PER_NM)
        close = np.flatnonzero(clear == 0)
        point, some = step.take(close) + _POINTS, lines.take(close, axis=1)
        place = [part.ravel() for part in places_along(some, point)]
        bad = np.flatnonzero(are_blocked(blocked, place, some, point.ravel()))
        line = close.take(bad % max(len(close), 1))
        np.minimum.at(hit, number.take(line), np.minimum(point.ravel().take(bad), last.take(line)))
        step[close] += len(_POINTS)
        go[close] = (hit.take(number.take(close)) == NO_STEP) & (point[-1] < last.take(close))
        left = np.flatnonzero(go)
        number, last, lines = number.take(left), last.take(left), lines.take(left, axis=1)
        step = np.minimum(step.take(left), last)
    if len(number):
        first_blocked(blocked, clearance, every, every_last, (number, step, _STRETCH), hit)
    return hit
