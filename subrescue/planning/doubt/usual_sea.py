"""The sea without a forecast: how likely it keeps work at the datum waiting, by what is usual there, and how long.

A sea that is stated and good gets likelier to be rough hour by hour, until after two days or so nothing is left of what
was stated; one that is stated and too rough goes down after as long as rough seas last, and may then come again. So
whoever is ready later never starts sooner, and a rougher sea never lets anybody start sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, pi, sqrt

import numpy as np

from subrescue.domain.assets import MovingAsset
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.planning.doubt.durations import Draws, FloatArray, median, quantile
from subrescue.planning.doubt.weather import launch_limit_m

# Significant height of a fully developed sea, 0.22 U^2 / g (Pierson and Moskowitz 1964, J Geophys Res 69, for wind at
# 10 m; Stewart 2008, Introduction to Physical Oceanography, 16.4): metres for (m/s)^2. Off a near shore seas are lower,
# and swell comes on top; neither is reckoned with.
_SEA_M_PER_M2_S2 = 0.22 / 9.81
_M_S = 1852.0 / 3600.0
# How long a sea stays over a height that it exceeds with chance P in any hour: on the mean 35 h (-ln P)^-0.6, by the
# empirical method of Kuwashima and Hogben (1986, Coastal Engineering 9, 563-590; the formulas in EquiMar deliverable
# D7.4.1, 2010) for the exponential heights that go with a Rayleigh wind. The mean of the assumption, 23 h, is that of a
# chance of e^-2, one in seven: where rough seas are usual they last longer, where they are rare not so long.
_ONE_IN_SEVEN, _LASTS_EXPONENT = 2.0, 0.6
# Nothing is known of rarer ones; and beyond months of gales nobody plans.
_RAREST, _MOST = 0.01, 0.95
_NO_CHANCE = 1e-9
# Assumptions: how long a rough sea keeps work waiting, and for how long a stated sea counts.
ROUGH_KEY, SETTLES_KEY = "weather.rough_h", "weather.stated_holds_h"


@dataclass(frozen=True)
class UsualSea:
    """The sea at the datum by the usual wind of the month, `wind_kn` on the mean; None where no ship has told it.

    `chance` is that of a sea, or wind, over `limit` in any hour; it grows to that in `settles_h` from the alert, 0
    where nothing is stated. With `rough_now` it is stated to be over the limit. `rough_h`: min, mode, max of the wait
    where it is over the limit one hour in seven.
    """

    chance: float
    wind_kn: float | None
    settles_h: float
    rough_now: bool
    rough_h: tuple[float, float, float]
    limit: float
    unit: str

    @property
    def waits_h(self) -> Pert:
        """How long a rough sea keeps work waiting: the longer, the more usual it is; as assumed where nobody knows."""
        low_h, mode_h, high_h = (hours * self._as_long for hours in self.rough_h)
        return Pert.of_checked(min=low_h, mode=mode_h, max=high_h)

    @property
    def _as_long(self) -> float:
        return 1.0 if self.wind_kn is None else _lasts(self.chance)

    @property
    def _assumed(self) -> Pert:
        """The wait of one hour in seven: its quantiles are known, and others are so many times as long."""
        return Pert.of_checked(min=self.rough_h[0], mode=self.rough_h[1], max=self.rough_h[2])

    def chance_at(self, ready_h: FloatArray) -> FloatArray:
        """Chance that the sea is too rough so many hours after the alert, but for what is stated to be rough now."""
        if self.settles_h <= 0.0:
            return np.full(np.shape(ready_h), self.chance)
        settled: FloatArray = np.clip(ready_h / self.settles_h, 0.0, 1.0)
        return self.chance * settled

    def starts(self, ready_h: FloatArray, _length_h: FloatArray, draws: Draws) -> FloatArray:
        """(samples,) hours from the alert at which work starts that is ready then; one sea for all."""
        if self.rough_now:
            ready_h = np.maximum(ready_h, draws.draw(self._assumed, "rough_now") * self._as_long)
        if self.chance <= 0.0:
            return ready_h
        # One draw in some: the others are spared all of it.
        struck, from_first = draws.likeliest("rough", max(self.chance, _NO_CHANCE))
        late = 1.0 - from_first / np.maximum(self.chance_at(ready_h[struck]), _NO_CHANCE)
        begun_h = ready_h.copy()
        begun_h[struck[late > 0.0]] += quantile(self._assumed, late[late > 0.0]) * self._as_long
        return begun_h

    def median_start(self, ready_h: float, _length_h: float) -> float:
        """When it begins by the medians, which leave out what is but a chance."""
        return max(ready_h, median(self._assumed) * self._as_long) if self.rough_now else ready_h


def _lasts(chance: float) -> float:
    """How many times as long a sea lasts that is usual with this chance as one that is with one in seven."""
    return float((_ONE_IN_SEVEN / -log(min(max(chance, _RAREST), _MOST))) ** _LASTS_EXPONENT)


def usual_waves(asset: MovingAsset, case: Case, assumptions: Assumptions, wind_kn: float | None) -> UsualSea | None:
    """The sea in which an asset is to launch by the usual wind, without a forecast; None where nothing is known of it.

    In ice there is none but what is stated.
    """
    limit_m, _ = launch_limit_m(asset, assumptions)
    limit_kn = sqrt(limit_m / _SEA_M_PER_M2_S2) / _M_S
    mean_kn = None if case.environment.ice else wind_kn
    return _usual(case.environment.wave_height_m, (limit_m, "m"), limit_kn, mean_kn, assumptions)


def usual_wind(case: Case, assumptions: Assumptions, wind_kn: float | None) -> UsualSea | None:
    """The wind in which people are to jump, without a forecast; None where nothing is known of it."""
    limit_kn = assumptions["limit.air_drop_wind_kn"].mode
    return _usual(case.environment.wind_kn, (limit_kn, "kn"), limit_kn, wind_kn, assumptions)


def _usual(
    now: float | None,
    limits: tuple[float, str],
    limit_kn: float,
    wind_kn: float | None,
    assumptions: Assumptions,
) -> UsualSea | None:
    limit, unit = limits
    rough_now = now is not None and now > limit
    if wind_kn is None and not rough_now:
        return None
    # The Rayleigh distribution about the mean, the usual model of wind over the sea.
    chance = exp(-pi / 4 * (limit_kn / wind_kn) ** 2) if wind_kn else 0.0
    rough = assumptions[ROUGH_KEY]
    settles_h = 0.0 if now is None else assumptions[SETTLES_KEY].mode
    return UsualSea(chance, wind_kn, settles_h, rough_now, (rough.min, rough.mode, rough.max), limit, unit)
