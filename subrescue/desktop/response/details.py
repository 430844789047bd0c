"""The chosen option and the whole response in words, as rich text for the window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from urllib.parse import quote, unquote

from subrescue.desktop.clearances.clearance_links import clearance_links
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import held, later, number, tr, trn
from subrescue.desktop.places.place_facts import place_link
from subrescue.desktop.response.option_sources import FactSource, sources_html
from subrescue.desktop.response.rows import SIGNS
from subrescue.domain.assets import AircraftFleet, InterventionSystem, RescueSystem, Ship
from subrescue.domain.case import Case
from subrescue.domain.reasons import Reason
from subrescue.domain.response import EscapeAdvice, GateResult, Option, PhaseSpan, Response, SurvivalWindow, Verdict
from subrescue.domain.sent import Sent
from subrescue.exchange import numbers
from subrescue.exchange.airlift_plan import as_told, headings, items_line, timetable_rows
from subrescue.exchange.scene_words import (
    compartment_lines,
    escape_lines,
    order_lines,
    pair_lines,
    people_out_lines,
    sent_lines,
    shared_lines,
)
from subrescue.exchange.treatment_words import treatment_lines
from subrescue.exchange.via import option_line, phase_line
from subrescue.exchange.wording import label, say, say_all, text

_PHASE_HEAD = (
    later("T+ h"),
    later("end P10-P90"),
    later("end: day, hour UTC"),
    later("slack h"),
    later("an hour less, h"),
    later("phase (critical bold)"),
    later("where, carrier"),
)

_OPTION_LINK = "option"

_WORST_FIRST = (Verdict.RED, Verdict.UNKNOWN, Verdict.AMBER, Verdict.GREEN)


def survival_line(window: SurvivalWindow) -> str:
    """The survival window in one line: median, P10, P90, what limits it, and what a pod buys."""
    limiting = label("limiting", window.limiting)
    if window.p50_h is None:
        return tr("Survival: no window ({limiting})", limiting=limiting)
    if window.p90_h == 0.0:
        return tr("Survival: no time left at the alert ({limiting})", limiting=limiting)
    p50, p10, p90 = numbers.window(window)
    line = tr("Survival P50 {p50} h (P10 {p10}, P90 {p90}), limited by {limiting}", p50=p50, p10=p10, p90=p90,
              limiting=limiting)  # fmt: skip
    if window.hours_per_pod is not None:
        line += tr("; each ELSS pod buys {hours} h", hours=numbers.hours(window.hours_per_pod))
    return line


def headline_html(
    response: Response,
    theme: Theme,
    doubts: Iterable[str] = (),
    given: Iterable[str] = (),
    *,
    is_behind: bool = False,
) -> tuple[str, str]:
    """What holds for the whole case, above all assets: first survival, findings and escape where it can be thought of,
    then what can be folded away: what is sent together, what to order now, the compartments, what stores buy, and where
    survivors are treated.

    `doubts` are what contradicts itself in the case, in words, `given` what it closes and nations answered. What
    follows from the options of all assets is quiet and italic where it is behind, still of the case before; the
    survival window hangs on none of them.
    """
    lines = [f"<b>{escape(survival_line(response.survival))}</b>"]
    lines += [_quiet(say(why), theme) for why in response.survival.reasons]
    lines += [_quiet(line, theme) for line in given]
    findings = [f"<b>▲ {escape(say(found))}</b>" for found in response.findings]
    lines += [_behind(line, theme) if is_behind else _coloured(line, theme.changed) for line in findings]
    lines += [_coloured(f"▲ {escape(doubt)}", theme.changed) for doubt in doubts]
    advice = _escape_html(response.escape, theme) if response.escape is not None else []
    pairs = [escape(line) for line in pair_lines(response.store_pairs)]
    treated = [escape(line.strip()) for line in treatment_lines(response.treatment)]
    told = zip(sent_lines(response.together), response.together, strict=False)  # one alone is not told
    sent = [f"{number}. {_named(line, one, theme)}" for number, (line, one) in enumerate(told, start=1)]
    orders = [f"{number}. {escape(line)}" for number, line in enumerate(order_lines(response.first_orders), start=1)]
    shared = [escape(line) for line in shared_lines(response.together)]
    if is_behind:
        parts = advice, pairs, sent, shared, orders, treated
        advice, pairs, sent, shared, orders, treated = ([_behind(line, theme) for line in part] for part in parts)
    orders = [line + _links(one.order, theme) for line, one in zip(orders, response.first_orders, strict=True)]
    headed = (("table.together", sent), ("table.shared", shared), ("table.first_orders", orders))
    acts = [line for head, part in headed if part for line in (f"<b>{escape(text(head))}</b>", *part)]
    rest = (*acts, *(escape(line) for line in compartment_lines(response.survival)), *pairs, *treated)
    return held("<br>".join([*lines, *advice])), held("<br>".join(rest))


def _named(line: str, one: Sent, theme: Theme) -> str:
    """A line with the name in it as a link that chooses the option."""
    name, address = escape(one.name), f"{_OPTION_LINK}:{quote(one.asset_id, safe='')}"
    return escape(line).replace(name, f"<a style='color:{theme.accent}' href='{address}'>{name}</a>", 1)


def option_of_link(address: str) -> str | None:
    """The asset whose option an address of the headline names; None for any other address."""
    kind, _, name = address.partition(":")
    return unquote(name) if kind == _OPTION_LINK else None


def _escape_html(advice: EscapeAdvice, theme: Theme) -> list[str]:
    words, more = escape(say_all(advice.reasons)), ""
    if advice.verdict in (Verdict.GREEN, Verdict.AMBER):
        words, more = f"<b>{escape(say(advice.reasons[0]))}</b>", escape(say_all(advice.reasons[1:]))
    mark = f"{_mark(advice.verdict, theme)} " + tr("Escape: {words}", words=words)
    return [mark, *filter(None, (more, *(escape(line) for line in escape_lines(advice))))]


def option_html(option: Option, case: Case, theme: Theme, facts: tuple[FactSource, ...] = ()) -> str:
    """One option in full; `facts` are those of its asset with their sources."""
    parts = [_title(option, theme)]
    ask = [_paragraph(_answered(unknown, theme)) for unknown in option.unknowns]
    parts += _block(tr("Gates"), _gates(option.gates, theme), theme)
    if option.phases:
        parts += _block(tr("Phases"), _phases(option.phases, case.alert, theme), theme)
    if any(span.sea is not None for span in option.phases):
        parts += _block(tr("At sea"), _at_sea(option.phases, theme), theme)
    if option.people_out:
        parts += _block(tr("People out"), "".join(_line(line) for line in people_out_lines(option)), theme)
    if option.airlift is not None:
        parts += _block(tr("Airlift"), _airlift(option, case.alert), theme)
    second = option.chamber_ship
    if second is not None:
        line = tr("{ship}: {places} places, at the datum after {hours} h", ship=second.ship, places=second.places,
                  hours=numbers.hours(second.arrives_h))  # fmt: skip
        parts += _block(tr("Second ship with chambers"), _line(line), theme)
    if option.alternatives:
        parts += _block(tr("Alternatives"), _alternatives(option, theme), theme)
    parts += _block(tr("Ask first"), "".join(ask), theme) if ask else []
    notes = "".join(_paragraph(_answered(note, theme)) for note in option.notes)
    parts += _block(tr("Notes"), notes, theme) if notes else []
    if option.weakest_fact is not None:
        parts += _block(tr("Weakest fact"), _line(_fact(option)), theme)
    if facts:
        parts += _block(tr("Sources"), sources_html(option, facts, theme), theme)
    return held("".join(parts))


def trouble_html(words: str, theme: Theme) -> str:
    """Why there is no response."""
    lines = "<br>".join(escape(line) for line in words.splitlines())
    head = escape(tr("No response"))
    return f"<span style='color:{theme.error_text}'><b>■ {head}</b><br>{lines}</span>"


def nothing_html(theme: Theme) -> str:
    """What stands in the details while no option is chosen."""
    return _quiet(tr("Select an option in the table, on the map or in the timeline."), theme)


def _title(option: Option, theme: Theme) -> str:
    figures = [
        tr("{name} <b>{hours} h</b>", name=name, hours=escape(numbers.band(band)))
        for name, band in (
            ("TTFI", option.time_to_intervention_h),
            ("TTFR", option.time_to_first_rescue_h),
            ("TLR", option.time_to_last_rescue_h),
        )
        if band is not None
    ]
    if option.probability_in_time is not None:
        figures.append(tr("in time <b>{share}</b>", share=escape(numbers.share(option.probability_in_time))))
    if option.expected_rescued is not None:
        figures.append(tr("expected rescued <b>{people:.0f}</b>", people=option.expected_rescued))
    lines = [
        f"{_mark(option.verdict, theme)} <b>{escape(option.name)}</b> "
        f"<span style='color:{theme.quiet}'>{escape(' '.join(option.nations))} · {label('kind', option.kind)}</span>",
        escape(option_line(option)),
        " &nbsp; ".join(figure.replace(" ", "\u00a0") for figure in figures),
    ]
    if option.limiting_factor is not None:
        lines.append(tr("Limited by {what}", what=escape(say(option.limiting_factor))))
    return "<p style='margin:2px 0 4px 0'>" + "<br>".join(line for line in lines if line) + "</p>"


def _fact(option: Option) -> str:
    """The title of the weakest fact, as the registry calls it."""
    name = option.weakest_fact or ""
    for model in (RescueSystem, InterventionSystem, Ship, AircraftFleet):
        if model.model_fields["kind"].default == option.kind and name in model.model_fields:
            return tr(model.model_fields[name].title or name.replace("_", " "))
    return name.replace("_", " ")


def _gates(gates: Iterable[GateResult], theme: Theme) -> str:
    ordered = sorted(gates, key=lambda gate: _WORST_FIRST.index(gate.verdict))
    return _table(
        (
            _mark(gate.verdict, theme),
            escape(label("gate", gate.gate)),
            "<br>".join(_reason(why, theme) for why in gate.reasons) or label("verdict", gate.verdict),
        )
        for gate in ordered
    )


def _reason(why: Reason, theme: Theme) -> str:
    """The reason, and in a line of its own what would change it."""
    own = why.model_copy(update={"remedy": None})
    words = _answered(own, theme)
    return f"{words}<br><i style='color:{theme.quiet}'>→ {escape(say(why.remedy))}</i>" if why.remedy else words


def _answered(why: Reason, theme: Theme) -> str:
    """A reason with the links to where the answers that it asks for are entered: of a place, or of each nation."""
    return escape(say(why)) + _links(why, theme)


def _links(why: Reason, theme: Theme) -> str:
    enter = tr("Enter the answer")
    links = [(link, enter)] if (link := place_link(why)) is not None else []
    asked = clearance_links(why)
    if len(asked) == 1:
        links.append((asked[0].address, enter))
    else:
        links += [(one.address, f"({one.nation})" if place else f"{enter} ({one.nation})")
                  for place, one in enumerate(asked)]  # fmt: skip
    return "".join(
        f" <a style='color:{theme.accent}' href='{escape(address)}'>{escape(text).replace(' ', chr(160))}</a>"
        for address, text in links
    )


def _phases(phases: Iterable[PhaseSpan], alert: datetime, theme: Theme) -> str:
    def row(span: PhaseSpan) -> tuple[str, ...]:
        name = escape(label("phase", span.phase))
        slack = numbers.hours(span.slack_h) if span.slack_h else ""
        return (
            numbers.phase(span, "–"),
            _quiet(f"({numbers.spread(span.end_h)})", theme),
            _quiet(numbers.instant(alert, span.end_h), theme),
            _quiet(slack, theme),
            "" if span.critical_share is None else number(span.critical_share, ".1f"),
            f"<b>{name}</b>" if span.critical else name,
            escape(phase_line(span, " → ")),
        )

    head = tuple(_quiet(tr(word), theme) for word in _PHASE_HEAD)
    return _table([head, *(row(span) for span in phases)], right=1)


def _at_sea(phases: Iterable[PhaseSpan], theme: Theme) -> str:
    """Speed, weather and canals of each passage, each with its source."""
    rows = []
    for span in phases:
        sea = span.sea
        if sea is None:
            continue
        first = tr("{speed:g} kn, factor {factor:.2f}", speed=sea.speed_kn, factor=sea.factor)
        if sea.canal_h:
            first += ", " + tr("{hours} h in canals and straits", hours=numbers.hours(sea.canal_h))
        words = [escape(first), *(_answered(why, theme) for why in sea.reasons)]
        rows.append((escape(label("phase", span.phase)), "<br>".join(words)))
    return _table(rows)


def _airlift(option: Option, alert: datetime) -> str:
    lift = as_told(option)
    if lift is None:
        return ""
    words = [
        f"{fleet.aircraft_count} × {fleet.aircraft} ({fleet.fleet}): "
        + trn(
            "{count} sortie, {mass_t:.0f} t a sortie",
            "{count} sorties, {mass_t:.0f} t a sortie",
            fleet.sorties,
            mass_t=fleet.payload_t,
        )
        for fleet in lift.fleets
    ]
    one_way = {"miles": numbers.miles(lift.flight_nm), "hours": numbers.hours(lift.flight_h)}
    words.append(tr("{miles}, {hours} h one way", **one_way))
    told = "".join(_line(line) for line in (*words, items_line(lift)) if line)
    rows = [tuple(escape(cell) for cell in row) for row in timetable_rows(lift, alert)]
    return told + (_table([headings(), *rows]) if rows else "")


def _alternatives(option: Option, theme: Theme) -> str:
    return _table(
        (
            _mark(other.verdict, theme),
            tr("{hours} h", hours=numbers.hours(option.hours_by(other))),
            ("+" if other.costs_h >= 0 else "") + tr("{hours} h", hours=numbers.hours(other.costs_h)),
            escape(option_line(other)),
        )
        for other in option.alternatives
    )


def _mark(verdict: Verdict, theme: Theme) -> str:
    return (
        f"<span style='color:{theme.verdict(verdict)}; white-space:nowrap'>{SIGNS[verdict]}&nbsp;"
        f"<b>{escape(label('verdict', verdict))}</b></span>"
    )


def _quiet(words: str, theme: Theme) -> str:
    return _coloured(escape(words), theme.quiet)


def _behind(html: str, theme: Theme) -> str:
    """A line of the case before, as the table paints such a row; a sign keeps the colour of its verdict."""
    return _coloured(f"<i>{html}</i>", theme.quiet)


def _coloured(html: str, colour: str) -> str:
    return f"<span style='color:{colour}'>{html}</span>"


def _line(words: str) -> str:
    return _paragraph(escape(words))


def _paragraph(html: str) -> str:
    return f"<p style='margin:1px 0'>{html}</p>"


def _block(title: str, content: str, theme: Theme) -> list[str]:
    head = f"<p style='margin:6px 0 1px 0; color:{theme.accent}'><b>{escape(title)}</b></p>"
    return [head, content]


def _table(rows: Iterable[tuple[str, ...]], right: int = 0) -> str:
    """Rows of cells that are rich text already; the first `right` columns stand at the right."""
    body = "".join(
        "<tr>"
        + "".join(
            f"<td style='padding:0 8px 1px 0' {'align=right' if place < right else ''}>{cell}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table cellspacing='0' cellpadding='0'>{body}</table>"
