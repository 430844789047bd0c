"""Durations with doubt: PERT values drawn by common causes, so that one late acceptance moves every chain."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.domain.quantities import Band, Pert
from subrescue.earth.imports.lean_scipy import import_scipy
from subrescue.planning.doubt.causes import Shares
from subrescue.planning.doubt.places_in_order import in_places

IntArray = npt.NDArray[np.intp]
FloatArray = npt.NDArray[np.floating[Any]]
"""What is drawn takes four bytes each: an hour of a week is known to a hundredth of a second."""

# Shape of the PERT beta distribution (Malcolm et al. 1959): alpha + beta = 6.
_WEIGHT = 4.0
_TABLE = 513
_SHARES = 64
_GRID = 128
# Hours so few are none.
_NO_TIME_H = 1e-6


@lru_cache(maxsize=512)  # 4 kB each; a plan asks for some 300
def _quantiles(mode_share: float) -> FloatArray:
    """Quantiles of the PERT distribution on [0, 1] with its mode at `mode_share`, at 513 even probabilities.

    Between 64 even shares they are interpolated: every distance gives a share of its own, and the true function is
    slow. Off by less than 0.0001 of the span.
    """
    at = mode_share * _SHARES
    below = min(int(at), _SHARES - 1)
    low, high = _grid_quantiles(below), _grid_quantiles(below + 1)
    return low + (at - below) * (high - low)


@lru_cache(maxsize=_SHARES + 1)
def _grid_quantiles(number: int) -> FloatArray:
    import_scipy()
    from scipy.special import betaincinv  # late: scipy takes a tenth of a second to import

    mode_share = number / _SHARES
    alpha = 1.0 + _WEIGHT * mode_share
    beta = 1.0 + _WEIGHT * (1.0 - mode_share)
    table = np.asarray(betaincinv(alpha, beta, np.linspace(0.0, 1.0, _TABLE)), dtype=np.float64)
    table.setflags(write=False)
    return table


@dataclass(frozen=True, eq=False)
class _Luck:
    """Probabilities as places in the table of quantiles: the row below each, and how far on it lies."""

    row: npt.NDArray[np.int16]
    share: npt.NDArray[np.float32]

    @property
    def probability(self) -> FloatArray:
        """The probabilities, to a ten-thousand-millionth."""
        return (self.row + self.share.astype(np.float64)) / (_TABLE - 1)


def _luck(probability: FloatArray) -> _Luck:
    at = np.asarray(probability, float) * (_TABLE - 1)
    row = np.clip(at.astype(np.int16), 0, _TABLE - 2)
    return _Luck(row, (at - row).astype(np.float32))


def quantile(value: Pert, probability: FloatArray) -> FloatArray:
    """Values of a PERT quantity at these probabilities, in its own unit; probabilities in [0, 1]."""
    return _at(value, _luck(probability))


def _at(value: Pert, luck: _Luck) -> FloatArray:
    spread = value.max - value.min
    if spread <= 0.0:
        return np.full(luck.row.shape, value.min, np.float32)
    table = value.min + spread * _quantiles((value.mode - value.min) / spread)
    found: FloatArray = (table[1:] - table[:-1]).astype(np.float32).take(luck.row)
    found *= luck.share
    found += table.astype(np.float32).take(luck.row)
    return found


def median(value: Pert) -> float:
    """Median of a PERT quantity, in its own unit: by it chains are chosen."""
    return _median(value.min, value.mode, value.max)


# Some 230 bytes each: a plan asks for 460, one of a registry ten times as large for ten times as many.
@lru_cache(maxsize=8192)
def _median(low: float, mode: float, high: float) -> float:
    spread = high - low
    if spread <= 0.0:
        return low
    return float(low + spread * _quantiles((mode - low) / spread)[_TABLE // 2])


def length(value: Pert) -> Band:
    """P10, P50 and P90 of a PERT quantity, in its own unit, from the table of quantiles."""
    return _length(value.min, value.mode, value.max)


@lru_cache(maxsize=2048)  # half a kilobyte each; a plan asks for 100
def _length(low: float, mode: float, high: float) -> Band:
    spread = high - low
    if spread <= 0.0:
        return Band.of_checked(p10=low, p50=low, p90=low)
    table = _quantiles((mode - low) / spread)
    p10, p50, p90 = (float(low + spread * table[round(p * (_TABLE - 1))]) for p in (0.1, 0.5, 0.9))
    return Band.of_checked(p10=p10, p50=p50, p90=p90)


def exact_band(value: Pert) -> Band:
    """P10, P50 and P90 of a PERT quantity, between the rows of the table from which `length` takes the nearest."""
    p10, p50, p90 = quantile(value, np.array([0.1, 0.5, 0.9])).tolist()
    return Band(p10=p10, p50=p50, p90=p90)


@dataclass(frozen=True)
class Rare:
    """A delay that strikes one rescue in so many: how likely, how many hours then on top, and the cause of its luck."""

    chance: float
    more_h: Pert
    cause: str


def length_with(value: Pert, rare: Rare | None) -> Band:
    """`length` of a quantity with a rare delay on top, the two by chance apart; worked out on a grid, within 1 %."""
    if rare is None or rare.chance <= 0.0:
        return length(value)
    more = rare.more_h
    return _length_with((value.min, value.mode, value.max), rare.chance, (more.min, more.mode, more.max))


@lru_cache(maxsize=256)
def _length_with(usual: tuple[float, float, float], chance: float, more: tuple[float, float, float]) -> Band:
    even = (np.arange(_GRID) + 0.5) / _GRID
    usual_h, more_h = (quantile(Pert(min=low, mode=mode, max=high), even) for low, mode, high in (usual, more))
    hours = np.concatenate((np.repeat(usual_h, _GRID), np.add.outer(usual_h, more_h).ravel()))
    # Each half holds as many numbers: those without the delay weigh as much as it is likely to stay away.
    order = np.argsort(hours)
    weights = np.repeat((1.0 - chance, chance), _GRID * _GRID)[order]
    reached = np.cumsum(weights) / (_GRID * _GRID)
    p10, p50, p90 = (float(hours[order[np.searchsorted(reached, p)]]) for p in (0.1, 0.5, 0.9))
    return Band.of_checked(p10=p10, p50=p50, p90=p90)


def plus(*parts: Pert) -> Pert:
    """The sum of quantities that move together."""
    # Sums and multiples of quantities in order are in order: nothing to check again.
    low = mode = high = 0.0
    for part in parts:
        low, mode, high = low + part.min, mode + part.mode, high + part.max
    return Pert.of_checked(min=low, mode=mode, max=high)


def scaled(value: Pert, factor: float) -> Pert:
    """A quantity times a factor that is not negative."""
    return Pert.of_checked(min=value.min * factor, mode=value.mode * factor, max=value.max * factor)


def as_doubtful(hours: float, other: Pert) -> Pert:
    """So many median hours with the doubt of another quantity in hours; sure where that one takes no time."""
    other_h = median(other)
    return Pert.exactly(hours) if other_h < _NO_TIME_H else scaled(other, hours / other_h)


@lru_cache(maxsize=256)  # 60 kB each for 10,000 samples; a plan asks for 160
def _column(seed: int, samples: int, cause: str, shared: tuple[str, float] | None = None) -> _Luck:
    """The luck of a cause: a Latin hypercube column, whose order follows that of its family as far as they share."""
    chance = np.random.default_rng([seed & 0xFFFFFFFF, zlib.crc32(cause.encode())])
    order, within = chance.permutation(samples), chance.random(samples)
    if shared is not None:
        from scipy.special import ndtri  # late: scipy takes a tenth of a second to import

        family, share = shared
        common = _column(seed, samples, f"family of {family}").probability
        scores = np.sqrt(share) * ndtri(common) + np.sqrt(1.0 - share) * ndtri((order + within) / samples)
        order = np.argsort(np.argsort(scores))
    return _luck((order + within) / samples)


_ALONE = Shares()


class Draws:
    """Seeded draws by cause: whoever names the same cause gets the same luck.

    Each cause is a Latin hypercube column of its own, made from the seed and the cause's name alone, so that adding
    an asset or asking in another order changes nothing for the others. `shares` says which causes hang together.
    """

    def __init__(self, seed: int, samples: int, shares: Shares = _ALONE) -> None:
        if samples < 1:
            raise ValueError(f"samples: found {samples}; at least 1 is allowed")
        self.samples = samples
        self.seed = seed
        self.shares = shares
        self._drawn: dict[tuple[float, float, float, str], FloatArray] = {}
        self._probabilities: dict[str, FloatArray] = {}
        self._likeliest: dict[tuple[str, float], tuple[IntArray, FloatArray]] = {}

    def probability(self, cause: str) -> FloatArray:
        """(samples,) probabilities of a cause, evenly spread over (0, 1); read-only."""
        found = self._probabilities.get(cause)
        if found is None:
            found = _column(self.seed, self.samples, cause, self.shares.of(cause)).probability
            found.setflags(write=False)
            self._probabilities[cause] = found
        return found

    def likeliest(self, cause: str, chance: float) -> tuple[IntArray, FloatArray]:
        """The draws that a cause strikes with this chance, by number, and how far each is from the first of them.

        That is 1 less its probability, below `chance`; kept, since all who wait for one sea ask for the same.
        """
        found = self._likeliest.get((cause, chance))
        if found is None:
            from_first = 1.0 - self.probability(cause)
            struck = np.flatnonzero(from_first < chance)
            found = self._likeliest[cause, chance] = struck, from_first[struck]
        return found

    def draw(self, value: Pert, cause: str) -> FloatArray:
        """(samples,) values of a PERT quantity, with the luck of `cause`; read-only: the next asker gets them too."""
        key = (value.min, value.mode, value.max, cause)
        found = self._drawn.get(key)
        if found is None:
            found = _at(value, _column(self.seed, self.samples, cause, self.shares.of(cause)))
            found.setflags(write=False)
            self._drawn[key] = found
        return found

    def strike(self, rare: Rare) -> FloatArray:
        """(samples,) hours of a rare delay, nothing where it stays away; read-only."""
        more = rare.more_h
        key = (more.min, more.mode, more.max, f"{rare.cause} in {rare.chance!r}")
        found = self._drawn.get(key)
        if found is None:
            late = (self.probability(rare.cause) - (1.0 - rare.chance)) / max(rare.chance, 1e-9)
            found = np.where(late > 0.0, quantile(more, np.clip(late, 0.0, 1.0)), np.float32(0.0))
            found.setflags(write=False)
            self._drawn[key] = found
        return found


def bands(rows: Iterable[FloatArray]) -> list[Band]:
    """P10, P50 and P90 of each of some rows of (samples,) values."""
    return [band(row) for row in rows]


def band(values: FloatArray) -> Band:
    """P10, P50 and P90 of (samples,) values."""
    last = len(values) - 1
    p10, p50, p90 = in_places(values, [round(p * last) for p in (0.1, 0.5, 0.9)])
    return Band.of_checked(p10=p10, p50=p50, p90=p90)
