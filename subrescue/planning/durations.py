"""Durations with doubt: PERT values drawn by common causes, so that one late acceptance moves every chain."""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.domain.quantities import Band, Pert

FloatArray = npt.NDArray[np.float64]

# Shape of the PERT beta distribution (Malcolm et al. 1959): alpha + beta = 6.
_WEIGHT = 4.0
_TABLE = 513


@lru_cache(maxsize=1024)
def _quantiles(mode_share: float) -> FloatArray:
    """Quantiles of the PERT distribution on [0, 1] with its mode at `mode_share`, at 513 even probabilities."""
    from scipy.special import betaincinv  # late: scipy takes a quarter of a second to import

    alpha = 1.0 + _WEIGHT * mode_share
    beta = 1.0 + _WEIGHT * (1.0 - mode_share)
    table = np.asarray(betaincinv(alpha, beta, np.linspace(0.0, 1.0, _TABLE)), dtype=np.float64)
    table.setflags(write=False)
    return table


_PROBABILITIES = np.linspace(0.0, 1.0, _TABLE)


def quantile(value: Pert, probability: FloatArray) -> FloatArray:
    """Values of a PERT quantity at these probabilities, in its own unit; probabilities in [0, 1]."""
    spread = value.max - value.min
    if spread <= 0.0:
        return np.full(np.shape(probability), value.min)
    share = (value.mode - value.min) / spread
    result: FloatArray = value.min + spread * np.interp(probability, _PROBABILITIES, _quantiles(share))
    return result


def median(value: Pert) -> float:
    """Median of a PERT quantity, in its own unit: by it chains are chosen."""
    spread = value.max - value.min
    if spread <= 0.0:
        return value.min
    return float(value.min + spread * _quantiles((value.mode - value.min) / spread)[_TABLE // 2])


def plus(*parts: Pert) -> Pert:
    """The sum of quantities that move together."""
    return Pert(
        min=sum(part.min for part in parts),
        mode=sum(part.mode for part in parts),
        max=sum(part.max for part in parts),
    )


def scaled(value: Pert, factor: float) -> Pert:
    """A quantity times a factor that is not negative."""
    return Pert(min=value.min * factor, mode=value.mode * factor, max=value.max * factor)


class Draws:
    """Seeded draws by cause: whoever names the same cause gets the same luck.

    Each cause is a Latin hypercube column of its own, made from the seed and the cause's name alone, so that adding
    an asset or asking in another order changes nothing for the others.
    """

    def __init__(self, seed: int, samples: int) -> None:
        if samples < 1:
            raise ValueError(f"samples: found {samples}; at least 1 is allowed")
        self.samples = samples
        self._seed = seed
        self._columns: dict[str, FloatArray] = {}

    def probability(self, cause: str) -> FloatArray:
        """(samples,) probabilities of a cause, evenly spread over (0, 1)."""
        column = self._columns.get(cause)
        if column is None:
            chance = np.random.default_rng([self._seed & 0xFFFFFFFF, zlib.crc32(cause.encode())])
            column = (chance.permutation(self.samples) + chance.random(self.samples)) / self.samples
            self._columns[cause] = column
        return column

    def draw(self, value: Pert, cause: str) -> FloatArray:
        """(samples,) values of a PERT quantity, with the luck of `cause`."""
        if value.max <= value.min:
            return np.full(self.samples, value.min)
        return quantile(value, self.probability(cause))


def bands(rows: FloatArray) -> list[Band]:
    """P10, P50 and P90 of each row of a (rows, samples) array."""
    count = rows.shape[1]
    at = [round(p * (count - 1)) for p in (0.1, 0.5, 0.9)]
    parts = np.partition(rows, sorted(set(at)), axis=1)
    return [Band(p10=float(r[at[0]]), p50=float(r[at[1]]), p90=float(r[at[2]])) for r in parts]


def band(values: FloatArray) -> Band:
    """P10, P50 and P90 of (samples,) values."""
    return bands(values[None, :])[0]
