"""What would stand at a place if all draws were in order: of ten thousand only a few need be put in order for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_BUCKETS = 512
# So few are put in order sooner than shared out: two thousand in half the time.
_FEW = 2560
# Within so narrow a span buckets would differ by rounding alone.
_NARROW = 1e-9


def in_places(values: FloatArray, places: Sequence[int]) -> list[float]:
    """The values, of (samples,), that would stand at these places in order, counted from 0.

    All are shared out over even buckets between the least and the greatest; of those that the places fall into, and of
    no other, the members are put in order.
    """
    least, greatest = float(np.minimum.reduce(values)), float(np.maximum.reduce(values))
    span = greatest - least
    if len(values) < _FEW or not _NARROW < span < np.inf:
        found: list[float] = np.sort(values)[list(places)].tolist()
        return found
    share = values - least
    share *= _BUCKETS / span
    bucket = share.astype(np.int16)
    ends = np.bincount(bucket).cumsum()
    numbers = ends.searchsorted(places, side="right").tolist()
    # Counted from the last of its bucket, which stands before the place where that ends.
    return [
        float(np.sort(values[bucket == number])[place - ends[number]])
        for place, number in zip(places, numbers, strict=True)
    ]


def middle(values: FloatArray) -> float:
    """The median of (samples,) values: the one in the middle, or the mean of the two there."""
    count = len(values)
    low, high = in_places(values, ((count - 1) // 2, count // 2))
    return (low + high) / 2.0
