"""Shows a response on a terminal: survival window on top, one row an option, then the steps of the first chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.airlift import Airlift
from subrescue.domain.case import Case, CaseKind, Dissub
from subrescue.domain.quantities import Band
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, GateResult, Option, Response, SurvivalWindow, Verdict
from subrescue.exchange import numbers
from subrescue.exchange.airlift_plan import as_told, headings, items_line, timetable_rows
from subrescue.exchange.entry_names import names_by_id
from subrescue.exchange.languages import colon, semicolon
from subrescue.exchange.premises import premise_lines
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.scene_words import (
    compartment_lines,
    escape_lines,
    order_lines,
    pair_lines,
    people_out_lines,
    sent_lines,
    shared_lines,
)
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.treatment_words import treatment_lines
from subrescue.exchange.via import option_line, phase_line
from subrescue.exchange.wording import label, say, say_all, text

_LOOK = {
    Verdict.GREEN: ("●", "green"),
    Verdict.AMBER: ("◆", "yellow"),
    Verdict.RED: ("■", "red"),
    Verdict.UNKNOWN: ("○", "cyan"),
}


Ranked = list[tuple[int, Option]]
"""Options with their ranks."""

_REASONS_SHOWN = 2
"""Reasons of a gate in a row; the JSON has them all."""


def response_table(response: Response, case: Case, screen: Screen | None = None) -> str:
    """The response as text for a terminal of this width; verdicts are told by word and shape besides colour."""
    screen = screen or Screen()
    parts: list[RenderableType] = [*heading_parts(response, case), Text("")]
    able, late, nearly, without_way, unable = by_prospect(response)
    if able:
        parts += [_options(able), Text(""), *_first_chain([option for _, option in able], case.alert)]
    if late:
        parts += [Text(text("table.too_late", {"count": len(late)}), style="bold"), Text(_late_line(late)), Text("")]
    if nearly:
        parts += [Text(text("table.unable", {"count": len(nearly)}), style="bold"), _unable(nearly), Text("")]
    if without_way:
        parts.append(Text(text("table.without_way", {"count": len(without_way)}), style="bold"))
        parts += [_unable(without_way), Text("")]
    if unable:
        parts += [Text(text("table.unable", {"count": len(unable)}), style="bold"), _unable(unable), Text("")]
    if not response.options and all(why.id != "finding.surfaced" for why in response.findings):
        parts.append(Text(text("table.no_options")))
    parts.append(Text(text("table.footer", {"banner": banner_words(case)}), style="dim"))
    return rendered(parts, screen)


def verdict_text(verdict: Verdict) -> Text:
    """A verdict by shape, word and colour."""
    sign, colour = _LOOK[verdict]
    return Text(f"{sign} {label('verdict', verdict)}", style=colour)


def case_title(case: Case) -> Text:
    """EXERCISE or REAL in its colour, and the title of the case."""
    style = "bold black on yellow" if case.kind is CaseKind.EXERCISE else "bold white on red"
    return Text.assemble((f" {banner_words(case)} ", style), " ", (case.title, "bold"))


def heading_parts(response: Response, case: Case, registry: Registry | None = None) -> list[RenderableType]:
    """Title, submarine, survival, escape, stores, findings, orders, treatment: what holds for the case, line by line.

    The registry of the day has the names of what is told by id without it.
    """
    names = names_by_id(registry)
    alert = case.alert.strftime("%Y-%m-%d %H:%MZ")
    lines: list[RenderableType] = [
        case_title(case).append(f"  {text('table.alert', {'alert': alert})}"),
        Text(_dissub_line(case.dissub, names)),
        *(Text(line) for line in premise_lines(case, names)),
        Text(survival_line(response.survival), style="bold"),
    ]
    lines += [Text(f"  {line}") for line in compartment_lines(response.survival)]
    lines += [Text(f"  {say(why)}") for why in response.survival.reasons]
    if response.escape is not None:
        escape = Text(f"{text('table.escape')}{colon()}")
        escape.append_text(verdict_text(response.escape.verdict))
        escape.append(f" - {say_all(response.escape.reasons)}")
        lines.append(escape)
        lines += [Text(f"  {line}") for line in escape_lines(response.escape)]
    if response.store_pairs:
        lines.append(Text(text("table.stores")))
        lines += [Text(f"  {line}") for line in pair_lines(response.store_pairs)]
    lines += [Text(f"! {say(finding)}", style="bold") for finding in response.findings]
    if sent := sent_lines(response.together):
        lines.append(Text(text("table.together"), style="bold"))
        lines += [Text(f"  {number}. {line}") for number, line in enumerate(sent, start=1)]
    if shared := shared_lines(response.together):
        lines.append(Text(text("table.shared"), style="bold"))
        lines += [Text(f"  {line}") for line in shared]
    if response.first_orders:
        lines.append(Text(text("table.first_orders"), style="bold"))
        numbered = enumerate(order_lines(response.first_orders), start=1)
        lines += [Text(f"  {number}. {line}") for number, line in numbered]
    lines += [Text(line) for line in treatment_lines(response.treatment)]
    return lines


def _dissub_line(dissub: Dissub, names: Mapping[str, str]) -> str:
    fix, class_id = dissub.fix, dissub.class_id
    who = ", ".join(part for part in (dissub.nation, names.get(class_id, class_id) if class_id else None) if part)
    error = f" ± {numbers.miles(fix.error_radius_nm)}" if fix.error_radius_nm is not None else ""
    values = {
        "name": f"{dissub.name} ({who})" if who else dissub.name,
        "plight": label("plight", dissub.plight),
        "depth": numbers.metres(dissub.depth_m),
        "position": f"{numbers.position(fix.position)}{error}",
        "aboard": dissub.people_aboard,
        "survivors": dissub.survivors,
    }
    return text("table.dissub", values)


def survival_line(window: SurvivalWindow) -> str:
    """The survival window in one line."""
    limiting = label("limiting", window.limiting)
    if window.p50_h is None:
        return text("table.survival_none", {"limiting": limiting})
    if window.p90_h == 0:
        return text("table.survival_over", {"limiting": limiting})
    p50, p10, p90 = numbers.window(window)
    values = {"p50": p50, "p10": p10, "p90": p90, "limiting": limiting}
    pod = ""
    if window.hours_per_pod is not None:
        pod = text("table.pod", {"hours": numbers.hours(window.hours_per_pod)})
    return text("table.survival", values) + pod


def _options(options: Ranked) -> Table:
    """Those that can, or may: everything about them."""
    table = plain_table()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(text("table.verdict"), no_wrap=True)
    table.add_column(text("table.asset"), ratio=4)
    table.add_column(text("table.how"), ratio=6)
    for heading in ("table.ttfi", "table.ttfr", "table.tlr"):
        table.add_column(text(heading), justify="right", no_wrap=True)
    table.add_column(text("table.in_time"), justify="right", no_wrap=True)
    table.add_column(text("table.why"), ratio=6)
    for rank, option in options:
        chance = option.probability_in_time
        table.add_row(
            str(rank),
            verdict_text(option.verdict),
            f"{option.name} [{' '.join(option.nations)}]",
            option_line(option),
            _band(option.time_to_intervention_h),
            _band(option.time_to_first_rescue_h),
            _band(option.time_to_last_rescue_h),
            numbers.share(chance) if chance is not None else "-",
            why_line(option),
        )
    return table


def _unable(options: Ranked) -> Table:
    """Those that cannot: by what way and when they would come, and what forbids it."""
    table = plain_table()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(text("table.verdict"), no_wrap=True)
    table.add_column(text("table.asset"), ratio=4)
    table.add_column(text("table.mode"), no_wrap=True)
    table.add_column(text("table.first"), justify="right", no_wrap=True)
    table.add_column(text("table.why"), ratio=7)
    for rank, option in options:
        first = option.first_h
        table.add_row(
            str(rank),
            verdict_text(option.verdict),
            f"{option.name} [{' '.join(option.nations)}]",
            label("mode", option.mode) if option.mode is not None else "-",
            numbers.median(first) if first is not None else "-",
            why_line(option),
        )
    return table


def by_prospect(response: Response) -> tuple[Ranked, Ranked, Ranked, Ranked, Ranked]:
    """The options with their ranks: those that may come, those that cannot because they come far too late, those that
    nothing but the hours forbids, by less than that, those without a known way, and those that cannot."""
    parts: tuple[Ranked, Ranked, Ranked, Ranked, Ranked] = [], [], [], [], []
    able, late, nearly, without_way, unable = parts
    for rank, option in enumerate(response.options, start=1):
        if option.may_come:
            kind = able
        elif option.verdict is not Verdict.RED:
            kind = without_way
        else:
            kind = late if _comes_too_late(option) else nearly if option.is_only_late else unable
        kind.append((rank, option))
    return parts


def _comes_too_late(option: Option) -> bool:
    """Whether it comes so late that nothing is named that would change it: what else forbids it matters to nobody then.

    A hull that is taken for crushed leaves no time to anybody: there it is told what would make it count.
    """
    why = [reason.id for gate in option.gates if gate.verdict is Verdict.RED for reason in gate.reasons]
    return not _TOO_LATE.isdisjoint(why) and not any(one.startswith("survival.") for one in why)


_TOO_LATE = frozenset({"time.too_late", "time.too_late_by_prior"})


def _late_line(options: Ranked) -> str:
    """Those that come too late in few lines: with nothing to be done about them, nobody reads a row of each."""
    return semicolon().join(
        f"{rank} {option.name} [{' '.join(option.nations)}] {numbers.median(option.first_h)}"
        for rank, option in options
        if option.first_h is not None
    )


def _band(band: Band | None) -> str:
    """A distribution in two short lines."""
    return numbers.band(band).replace(" (", "\n(")


def why_line(option: Option) -> str:
    """The worst gate of an option with its reasons; where all are green, what limits it most."""
    for verdict in (Verdict.RED, Verdict.UNKNOWN, Verdict.AMBER):
        if option.verdict is Verdict.GREEN or verdict is Verdict.GREEN:
            break
        doubts = [gate for gate in option.gates if gate.verdict is verdict and not _no_way(gate)]
        if option.mode is None:  # what keeps it from coming at all goes before what is not known at the hull
            doubts.sort(key=lambda gate: gate.gate not in _OF_THE_WAY)
        if doubts and (verdict is option.verdict or option.verdict is Verdict.RED):
            first = f"{label('gate', doubts[0].gate)}{colon()}{say_all(doubts[0].reasons[:_REASONS_SHOWN])}"
            more = ", ".join(label("gate", gate.gate) for gate in doubts[1:])
            line = f"{first}{semicolon()}{text('table.also')}{colon()}{more}" if more else first
            return f"{line}{_doubted_there(option)}" if verdict is Verdict.UNKNOWN else line
    return say(option.limiting_factor) if option.limiting_factor is not None else ""


def _doubted_there(option: Option) -> str:
    """What is known at the hull and speaks against an asset of which something is not known: that must not hide it."""
    there = ", ".join(
        label("gate", gate.gate) for gate in option.gates if gate.verdict is Verdict.AMBER and gate.gate in _AT_THE_HULL
    )
    return f"{semicolon()}{label('verdict', Verdict.AMBER)}{colon()}{there}" if there else ""


_OF_THE_WAY = (Gate.LIFT, Gate.SHIP, Gate.ROUTE)
_AT_THE_HULL = (Gate.DEPTH, Gate.ATTITUDE, Gate.CURRENT, Gate.SEA, Gate.VISIBILITY, Gate.PRESSURE, Gate.HAZARDS)


def _no_way(gate: GateResult) -> bool:
    return bool(gate.reasons) and gate.reasons[0].id == "gate.no_way"


def _first_chain(options: list[Option], alert: datetime) -> list[RenderableType]:
    option = next((o for o in options if o.phases), None)
    if option is None:
        return []
    tail = [*(Text(f"  {say(note)}") for note in option.notes), Text("")]
    if option.people_out:
        dives = [Text(f"  {line}") for line in people_out_lines(option)]
        tail = [Text(text("table.people_out")), *dives, *tail]
    if option.unknowns:
        tail.insert(0, Text(text("table.ask", {"what": say_all(option.unknowns[:3])})))
    heading = text("table.chain", {"name": option.name})
    return [Text(heading, style="bold"), *chain_parts(option, alert), *tail]


def chain_parts(option: Option, alert: datetime) -> list[RenderableType]:
    """The phases of an option with places and carriers, and the timetable of its airlift where it has one."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for hours, star, name, where in phase_rows(option):
        table.add_row(f"{hours} h", f"{star or ' '} {name}", where)
    parts: list[RenderableType] = [table]
    if (lift := as_told(option)) is not None and lift.timetable:
        parts += [Text(""), Text(items_line(lift)), _sorties(lift, alert)]
    return parts


def phase_rows(option: Option) -> list[tuple[str, str, str, str]]:
    """Of each phase its median hours, a star where it is critical, its name, where it is and by what."""
    star = {True: "*", False: ""}
    return [
        (numbers.phase(phase, " - "), star[phase.critical], label("phase", phase.phase), phase_line(phase, " > "))
        for phase in option.phases
    ]


def _sorties(airlift: Airlift, alert: datetime) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings()):
        table.add_column(heading, no_wrap=number != 2)
    for row in timetable_rows(airlift, alert):
        table.add_row(*row)
    return table
