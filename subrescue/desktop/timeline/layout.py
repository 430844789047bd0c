"""The timeline as plain data: for each option its phases as bars with whiskers, on one axis of hours from the alert."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, PhaseName, PhaseSpan, Response, Verdict

SHIP_PHASES = frozenset({PhaseName.SHIP_CHARTER, PhaseName.SHIP_SEEN, PhaseName.SHIP_TO_PORT, PhaseName.PREPARE_SHIP})
"""Phases of the ship, which run beside the road and air phases of a chain, and get a lane of their own."""

_NICE_STEPS_H = (1, 2, 3, 6, 12, 24, 48, 96, 168)
_MOST_MARKS = 14


@dataclass(frozen=True)
class Bar:
    """One phase: median start and end, and P10 to P90 of the end for its whisker. lane 1 lies below lane 0."""

    phase: PhaseName
    start_h: float
    end_h: float
    whisker_h: tuple[float, float]
    critical: bool
    lane: int
    carrier: str | None


@dataclass(frozen=True)
class Row:
    """One option with its bars; `reach` is the first rescue, or the intervention where nobody is taken off.

    is_behind: while something is dragged, it still is of the case before.
    """

    asset_id: str
    name: str
    verdict: Verdict
    bars: tuple[Bar, ...]
    reach: Band | None
    is_behind: bool = False


@dataclass(frozen=True)
class Timeline:
    """All rows and the axis; survival is P10, P50, P90 or None where nothing is known."""

    rows: tuple[Row, ...]
    survival: Band | None
    end_h: float
    tick_h: int


def timeline(
    response: Response, *, most: int = 12, selected: str | None = None, behind: Collection[str] = frozenset()
) -> Timeline:
    """Lay out the first `most` options that have a chain, and the selected one wherever it ranks."""
    with_chain = [option for option in response.options if option.phases]
    shown = with_chain[:most]
    shown += [option for option in with_chain[most:] if option.asset_id == selected]
    rows = tuple(_row(option, option.asset_id in behind) for option in shown)
    window = response.survival
    survival = None
    if window.p10_h is not None and window.p50_h is not None and window.p90_h is not None:
        survival = Band(p10=window.p10_h, p50=window.p50_h, p90=window.p90_h)
    ends = [bar.whisker_h[1] for row in rows for bar in row.bars]
    if survival is not None:
        ends.append(survival.p90)
    end_h = max(ends, default=24.0) * 1.03
    return Timeline(rows=rows, survival=survival, end_h=end_h, tick_h=tick_hours(end_h))


def tick_hours(hours: float) -> int:
    """Hours between the marks of an axis of so many: the smallest usual step with at most `_MOST_MARKS`."""
    return next((step for step in _NICE_STEPS_H if hours / step <= _MOST_MARKS), _NICE_STEPS_H[-1])


def widest_part(bar: Bar, over: Sequence[Bar]) -> tuple[float, float]:
    """First and last hour of the widest part of a bar that none of those painted over it, in its lane, hides."""
    parts = [(bar.start_h, bar.end_h)]
    for other in over:
        if other.lane == bar.lane:
            cut = [((start, min(end, other.start_h)), (max(start, other.end_h), end)) for start, end in parts]
            parts = [(start, end) for pair in cut for start, end in pair if start < end]
    return max(parts, key=lambda part: part[1] - part[0], default=(bar.start_h, bar.start_h))


def _lanes(spans: Sequence[PhaseSpan]) -> list[int]:
    """The lane of each phase: what the ship does while the gear is still on its way has one of its own."""
    return [1 if span.phase in SHIP_PHASES else 0 for span in spans]


def _row(option: Option, is_behind: bool) -> Row:
    bars = tuple(
        Bar(
            phase=span.phase,
            start_h=span.start_h.p50,
            end_h=span.end_h.p50,
            whisker_h=(span.end_h.p10, span.end_h.p90),
            critical=span.critical,
            lane=lane,
            carrier=span.carrier,
        )
        for span, lane in zip(option.phases, _lanes(option.phases), strict=True)
    )
    reach = option.first_h
    return Row(option.asset_id, option.name, option.verdict, bars, reach, is_behind)
