"""What the draws make of a chain, kept from plan to plan: nothing is drawn twice for a chain that an edit left alone.

Of the samples only the ends of a few phases are held on to; the timetable with all starts and ends would be ten times
as large.
"""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.domain.assets import MovingAsset
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason
from subrescue.domain.response import GateResult, PhaseName, PhaseSpan
from subrescue.planning.basis.ground import on_ground, way_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.schedule import Step, timetable
from subrescue.planning.gates.weather_gate import sea_by_forecast, sea_without_forecast
from subrescue.planning.ships.chains import Chain

_ASKED = (
    PhaseName.TRANSIT,
    PhaseName.AIR_DROP,
    PhaseName.SURVEY,
    PhaseName.FIRST_DIVE,
    PhaseName.INTERVENTION,
)
"""Phases whose ends a plan asks for."""

_SPARE = (
    PhaseName.ALERT,
    PhaseName.ACCEPT,
    PhaseName.RECALL,
    PhaseName.NOTICE,
    PhaseName.WAIT_FOR_AIRCRAFT,
    PhaseName.CLEARANCE,
    PhaseName.OVERFLIGHT,
    PhaseName.OPENING_WAIT,
    PhaseName.SHIP_CHARTER,
)
"""Phases that an earlier word, or somebody who stands ready, would spare."""

_MOST = 96
"""So many are kept: with 10,000 draws each takes up to 120 kB. A plan asks for up to 38 of one kind of assets, and a
preview of it for as many."""


@dataclass(frozen=True, eq=False)
class _End:
    """The last step of a phase: its number, (samples,) hours from the alert of its end, and these as a band."""

    number: int
    hours: FloatArray
    band: Band


@dataclass(frozen=True, eq=False)
class Sampled:
    """The phases of a chain as bands, which of them decide, the sea, and the ends of `_ASKED`.

    `sea` is its gate by the forecast, `usual` why work may wait for it where the case has none.
    """

    spans: tuple[PhaseSpan, ...]
    critical_path: tuple[PhaseName, ...]
    longest: Step | None
    sea: GateResult | None
    usual: tuple[Reason, ...]
    ends: dict[PhaseName, _End]

    @property
    def spare_h(self) -> float:
        """Median hours on the critical path that an earlier word would spare."""
        lengths_h = (span.length_h for span in self.spans if span.critical and span.phase in _SPARE)
        return sum(length_h.p50 for length_h in lengths_h if length_h is not None)

    def end_of(self, *phases: PhaseName) -> FloatArray | None:
        """(samples,) end of the last step of these phases, or None when the chain has none."""
        found = self._last(phases)
        return None if found is None else found.hours

    def end_band(self, *phases: PhaseName) -> Band | None:
        """P10, P50 and P90 of `end_of`."""
        found = self._last(phases)
        return None if found is None else found.band

    def _last(self, phases: tuple[PhaseName, ...]) -> _End | None:
        ends = [self.ends[phase] for phase in phases if phase in self.ends]
        return max(ends, key=lambda end: end.number, default=None)


def sampled(chain: Chain, asset: MovingAsset, sit: Situation) -> Sampled:
    """The chain of `chains_of` for an asset with the luck of this plan; the gate of the sea asks its first nation."""
    way, draws, nation = way_of(sit, asset), sit.draws, asset.nations[0]
    if way is sit:
        return _sampled(chain, nation, sit)
    luck = (draws.seed, draws.samples, draws.shares)
    key = (id(chain), nation, luck)
    return on_ground(way, "sampled", key, (chain,), lambda: _sampled(chain, nation, sit), _MOST)


def _sampled(chain: Chain, nation: str, sit: Situation) -> Sampled:
    plan = timetable(list(chain.steps), sit.draws)
    last = {step.phase: number for number, step in enumerate(chain.steps) if step.phase in _ASKED}
    ends = {phase: _End(number, plan.end_h[number], plan.end_bands[number]) for phase, number in last.items()}
    for end in ends.values():
        end.hours.setflags(write=False)
    sea, usual = sea_by_forecast(plan, nation), sea_without_forecast(plan)
    return Sampled(plan.spans(), plan.critical_path(), plan.longest_critical(), sea, usual, ends)
