"""Two options side by side in words: figures, gates, phases, and what decides between them.

The command `compare` and the window show the same rows.
"""

from __future__ import annotations

from subrescue.domain.difference import OptionDifference, PhaseDifference, first_of, span_h
from subrescue.domain.response import GateResult, Option, PhaseName, PhaseSpan, Verdict
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon, told
from subrescue.exchange.via import option_line, phase_line
from subrescue.exchange.wording import label, say, say_all, text

_TOLD_H = 0.5
"""Median hours by which a phase must differ to be named; the table of phases tells all."""

_MOST = 4


def figure_rows(pair: OptionDifference) -> list[tuple[str, str, str]]:
    """What is asked of both, with the answer of each: the way, hours, chances, limit, gates of another verdict."""
    sides = _sides(pair)
    rows = [(text("table.how"), *map(option_line, sides))]
    for heading, name in (
        ("table.ttfi", "time_to_intervention_h"),
        ("table.ttfr", "time_to_first_rescue_h"),
        ("table.tlr", "time_to_last_rescue_h"),
    ):
        rows.append((text(heading), *(numbers.band(getattr(side, name)) for side in sides)))
    rows.append((text("table.in_time"), *(share(side.probability_in_time) for side in sides)))
    limits = (side.limiting_factor for side in sides)
    rows.append((text("difference.limit"), *(say(why) if why is not None else "-" for why in limits)))
    rows += [(label("gate", gate.gate), _gate(gate.before), _gate(gate.after)) for gate in pair.gates if gate.turned]
    return [(heading, one, other) for heading, one, other in rows]


def phase_rows(pair: OptionDifference) -> list[tuple[str, str, str, str, str]]:
    """Phase, its median length, end and places on both sides, how much longer and how much later the second is."""
    return [
        (
            phase_name(phase),
            _span(phase.before),
            _span(phase.after),
            signed(phase.longer_h),
            signed(phase.later_h) if phase.later_h is not None else "-",
        )
        for phase in pair.phases
    ]


def deciding_lines(pair: OptionDifference) -> list[str]:
    """Why one stands above the other: the gates that forbid the lower one, else the hours and what makes them.

    Options are ranked by whether they are forbidden, then by the median of the first rescue, else of the first
    intervention (`planning.answer.respond.ranked`); only phases of a critical path make hours.
    """
    one, other = _sides(pair)
    if (one.verdict is Verdict.RED) != (other.verdict is Verdict.RED):
        red = one if one.verdict is Verdict.RED else other
        return [
            text(
                "difference.forbidden",
                {"name": red.name, "gate": label("gate", gate.gate), "why": say_all(gate.reasons[:1])},
            )
            for gate in red.gates
            if gate.verdict is Verdict.RED
        ]
    one_first, other_first = first_of(one), first_of(other)
    if one_first is None or other_first is None:
        without = [side.name for side, band in ((one, one_first), (other, other_first)) if band is None]
        return [text("difference.no_hours", {"name": name}) for name in without]
    if (one.time_to_first_rescue_h is None) != (other.time_to_first_rescue_h is None):
        only = one if one.time_to_first_rescue_h is None else other
        return [text("difference.no_rescue", {"name": only.name})]
    later = other_first.p50 - one_first.p50
    if abs(later) < 0.05:
        return [text("difference.equal", {"hours": numbers.median(one_first)})]
    last = other if later > 0 else one
    lines = [text("difference.by_hours", {"name": last.name, "hours": numbers.hours(abs(later))})]
    critical = [phase for phase in pair.phases if _critical(phase) and abs(phase.longer_h) >= _TOLD_H]
    critical.sort(key=lambda phase: -abs(phase.longer_h))
    if critical:
        words = ", ".join(
            phase_name(phase) + " " + told("{hours} h", hours=signed(phase.longer_h)) for phase in critical[:_MOST]
        )
        lines.append(text("difference.made_by", {"name": other.name, "other": one.name, "phases": words}))
    return lines


def phase_name(phase: PhaseDifference) -> str:
    """The phase, with its number where it comes several times."""
    return label("phase", phase.phase) + (f" {phase.number}" if phase.number > 1 else "")


def share(chance: float | None) -> str:
    """A chance, or a dash."""
    return numbers.share(chance) if chance is not None else "-"


def signed(hours: float) -> str:
    """A difference of hours with its sign; 0 where it is less than can be told."""
    if abs(hours) < 0.05:
        return "0"
    return f"{'+' if hours > 0 else '-'}{numbers.hours(abs(hours))}"


def _sides(pair: OptionDifference) -> tuple[Option, Option]:
    assert pair.before is not None
    assert pair.after is not None
    return pair.before, pair.after


def _critical(phase: PhaseDifference) -> bool:
    return any(span is not None and span.critical for span in (phase.before, phase.after))


def _gate(result: GateResult | None) -> str:
    if result is None:
        return "-"
    return f"{label('verdict', result.verdict)}{colon()}{say_all(result.reasons[:1])}" if result.reasons else "-"


def _span(span: PhaseSpan | None) -> str:
    if span is None:
        return "-"
    star = "*" if span.critical else " "
    where = phase_line(span, " > ", far=False)
    if span.phase in (PhaseName.WEATHER_WAIT, PhaseName.OPENING_WAIT) and span.length_h is not None:
        lasts = numbers.band(span.length_h)  # as `why` words it: the median alone is mostly nothing
    else:
        lasts = numbers.median(span.length_h) if span.length_h is not None else numbers.hours(span_h(span))
    hours = text("difference.span", {"lasts": lasts, "ends": numbers.hours(span.end_h.p50)})
    return f"{star} {hours}  {where}".rstrip()
