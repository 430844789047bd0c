"""Shows on a terminal what differs between two responses, and two options phase by phase."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.case import Case
from subrescue.domain.difference import (
    Difference,
    GateDifference,
    OptionDifference,
    OrderDifference,
    SentDifference,
    first_of,
    less_than_told,
)
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, Verdict, Via
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon, semicolon
from subrescue.exchange.pair_words import deciding_lines, figure_rows, phase_name, phase_rows, share, signed
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.response_table import case_title, survival_line, verdict_text
from subrescue.exchange.scene_words import due, order_lines, sent_brief
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.via import option_line
from subrescue.exchange.wording import label, say, say_all, text

_TOLD_H = 0.5
"""Median hours by which a phase must differ to be told in a row of the table; the phases below it tell all."""


def difference_table(found: Difference, cases: tuple[Case, Case], screen: Screen) -> str:
    """Every option that differs with what made it so, then the first of them phase by phase."""
    parts: list[RenderableType] = [
        *_heading(found, cases),
        *_together(found.together),
        *_orders(found.orders),
        Text(""),
    ]
    changed = [one for one in found.options if one.changed]
    able = [one for one in changed if not _still_forbidden(one)]
    if able:
        alike = frozenset(_told_of_all(able))
        parts += [Text(text("difference.all", {"what": line})) for line in sorted(alike)]
        if nothing_else := [one for one in able if _same_hours(one) and set(_changes(one)) == alike]:
            parts.append(Text(text("difference.nothing_else", {"names": ", ".join(map(_named, nothing_else))})))
        if rows := [one for one in able if one not in nothing_else]:
            parts += [_options(rows, alike), Text("")]
    if unable := [one for one in changed if _still_forbidden(one)]:
        parts += [Text(text("difference.still_forbidden", {"count": len(unable)}), style="bold"), Text(_line(unable))]
        parts.append(Text(""))
    parts.append(Text(text("difference.unchanged", {"count": len(found.options) - len(changed)})))
    first = next((one for one in changed if one.before and one.after and _phases_differ(one)), None)
    if first is not None and first.after is not None:
        title = text("difference.phases", {"name": first.after.name})
        parts += [Text(""), Text(title, style="bold"), _phases(first, ("before", "after"))]
    parts += [Text(""), Text(text("difference.footer", {"banner": banner_words(cases[1])}), style="dim")]
    return rendered(parts, screen)


def options_table(one: OptionDifference, case: Case, screen: Screen) -> str:
    """Two options of one response, side by side: figures, gates and phases."""
    assert one.before is not None
    assert one.after is not None
    parts: list[RenderableType] = [case_title(case), Text("")]
    table = plain_table()
    table.add_column("")
    for name in (one.before.name, one.after.name):
        table.add_column(name, ratio=5)
    table.add_row(text("table.verdict"), verdict_text(one.before.verdict), verdict_text(one.after.verdict))
    for row in figure_rows(one):
        table.add_row(*row)
    names = (one.before.name, one.after.name)
    parts += [table, Text(""), _phases(one, names), Text("")]
    parts += [Text(line, style="bold") for line in deciding_lines(one)]
    parts.append(Text(""))
    parts.append(Text(text("difference.footer", {"banner": banner_words(case)}), style="dim"))
    return rendered(parts, screen)


def _heading(found: Difference, cases: tuple[Case, Case]) -> list[RenderableType]:
    lines: list[RenderableType] = [case_title(cases[0])]
    if cases[1].title != cases[0].title:
        lines.append(Text(text("difference.against", {"title": cases[1].title}), style="bold"))
    if found.what_if is not None:
        lines += [Text(text("difference.what_if", {"change": line}), style="bold") for line in found.what_if.lines]
    later_h = hours_between(cases[0].alert, cases[1].alert)
    if later_h and cases[0].id == cases[1].id:
        words = "difference.alert_later" if later_h > 0 else "difference.alert_sooner"
        lines.append(Text(text(words, {"hours": numbers.hours(abs(later_h))})))
    was, now = survival_line(found.before.survival), survival_line(found.after.survival)
    lines.append(Text(now))
    if was != now:
        lines.append(Text(text("difference.before", {"words": was})))
    lines += [Text(f"+ {say(why)}", style="bold") for why in found.findings_new]
    lines += [Text(text("difference.no_more", {"words": say(why)})) for why in found.findings_gone]
    return lines


def _together(together: tuple[SentDifference, ...]) -> list[RenderableType]:
    """What is sent on one side alone, otherwise or at other hours, a line each."""
    if not together:
        return []
    return [Text(text("difference.together"), style="bold"), *(Text(f"  {_sent(one)}") for one in together)]


def _sent(one: SentDifference) -> str:
    if one.before is not None and one.after is not None:
        values = {"name": one.after.name, "before": sent_brief(one.before), "after": sent_brief(one.after)}
        return f"> {text('difference.sent_moved', values)}"
    sides = ((sign, side) for sign, side in (("-", one.before), ("+", one.after)) if side is not None)
    return " ".join(
        f"{sign} {text('difference.sent', {'name': side.name, 'way': sent_brief(side)})}" for sign, side in sides
    )


def _orders(orders: tuple[OrderDifference, ...]) -> list[RenderableType]:
    """The orders that came, went or moved to another hour, a line each."""
    if not orders:
        return []
    return [Text(text("difference.orders"), style="bold"), *(Text(f"  {_order(one)}") for one in orders)]


def _order(one: OrderDifference) -> str:
    if one.before is not None and one.after is not None:
        values = {"before": due(one.before), "after": due(one.after), "order": say(one.after.order)}
        return f"> {text('difference.order_moved', values)}"
    sides = ((sign, side) for sign, side in (("-", one.before), ("+", one.after)) if side is not None)
    return " ".join(f"{sign} {order_lines((side,))[0]}" for sign, side in sides)


def _still_forbidden(one: OptionDifference) -> bool:
    """Whether the same gates forbid it before and after: what else changed of it helps nobody."""
    if one.before is None or one.after is None:
        return False
    was, now = ({gate.gate for gate in side.gates if gate.verdict is Verdict.RED} for side in (one.before, one.after))
    return bool(was) and was == now


def _same_hours(one: OptionDifference) -> bool:
    """Whether it comes at the same hours with the same chance and verdict."""
    if one.before is None or one.after is None:
        return False
    was, now = ((side.first_h, side.probability_in_time, side.verdict) for side in (one.before, one.after))
    return was == now


def _told_of_all(options: list[OptionDifference]) -> list[str]:
    """The gates that turned alike in every one of several options, in words."""
    if len(options) < 2:
        return []
    first, *others = ([_turned(gate) for gate in one.gates if gate.turned] for one in options)
    return [line for line in first if all(line in lines for lines in others)]


def _line(options: list[OptionDifference]) -> str:
    """Options in few lines, with their median hours before and after."""
    return semicolon().join(f"{_ranks(one)} {_named(one)} {_medians(one)}".rstrip() for one in options)


def _named(one: OptionDifference) -> str:
    shown = one.after or one.before
    assert shown is not None
    return f"{shown.name} [{' '.join(shown.nations)}]"


def _medians(one: OptionDifference) -> str:
    was, now = (
        numbers.median(band) if band is not None else "" for band in (first_of(one.before), first_of(one.after))
    )
    return now if was == now else f"{was or '-'} > {now or '-'}"


def _options(options: list[OptionDifference], told: frozenset[str]) -> Table:
    """A row for each; what is `told` of all is left out."""
    table = plain_table()
    table.add_column("#", no_wrap=True)
    table.add_column(text("table.verdict"), no_wrap=True)
    table.add_column(text("table.asset"), ratio=4)
    table.add_column(text("difference.first"), no_wrap=True)
    table.add_column(text("table.in_time"), no_wrap=True)
    table.add_column(text("difference.what"), ratio=8)
    for one in options:
        changes = "\n".join(line for line in _changes(one) if line not in told)
        table.add_row(_ranks(one), _verdicts(one), _named(one), _hours(one), _chances(one), changes)
    return table


def _ranks(one: OptionDifference) -> str:
    was, now = (str(rank) if rank is not None else "-" for rank in (one.rank_before, one.rank_after))
    return was if was == now else f"{was} > {now}"


def _verdicts(one: OptionDifference) -> Text:
    sides = [verdict_text(side.verdict) if side is not None else Text("-") for side in (one.before, one.after)]
    if str(sides[0]) == str(sides[1]):
        return sides[0]
    return Text("\n> ").join(sides)


def _hours(one: OptionDifference) -> str:
    was, now = first_of(one.before), first_of(one.after)
    if was == now:
        return numbers.band(now)
    later = one.first_later_h
    tail = "" if later is None else f" ({signed(later)})"
    if was is not None and now is not None and less_than_told(was, now):
        return f"{_band(was)}{tail}"
    return f"{_band(was)}\n> {_band(now)}{tail}"


def _band(band: Band | None) -> str:
    return numbers.band(band) if band is not None else "-"


def _chances(one: OptionDifference) -> str:
    was, now = (share(side.probability_in_time) if side is not None else "-" for side in (one.before, one.after))
    return was if was == now else f"{was}\n> {now}"


def _changes(one: OptionDifference) -> list[str]:
    """Gates that turned with the new reason, another way, and the phases that made the hours."""
    if one.before is None or one.after is None:
        return [text("difference.only_after" if one.before is None else "difference.only_before")]
    found = [_turned(gate) for gate in one.gates if gate.turned]
    if _way(one.before) != _way(one.after):
        ways = {"before": option_line(one.before), "after": option_line(one.after)}
        found.append(text("difference.way", ways))
    longer = sorted(
        (pair for pair in one.phases if abs(pair.longer_h) >= _TOLD_H), key=lambda pair: -abs(pair.longer_h)
    )
    if longer:
        found.append(", ".join(f"{phase_name(pair)} {signed(pair.longer_h)} h" for pair in longer[:4]))
    return found


def _way(option: Option) -> tuple[object, Via]:
    return option.mode, option.via


def _turned(gate: GateDifference) -> str:
    was = label("verdict", gate.before.verdict) if gate.before is not None else "-"
    if gate.after is None:
        return f"{label('gate', gate.gate)}{colon()}{was} > -"
    now = label("verdict", gate.after.verdict)
    return f"{label('gate', gate.gate)}{colon()}{was} > {now}{colon()}{say_all(gate.after.reasons[:1])}"


def _phases_differ(one: OptionDifference) -> bool:
    return any(pair.before != pair.after for pair in one.phases)


def _phases(one: OptionDifference, names: tuple[str, str]) -> Table:
    """Phase by phase: median length on both sides, the difference, and the end on both sides."""
    table = plain_table()
    table.add_column(text("difference.phase"), no_wrap=True)
    for name in names:
        table.add_column(text("difference.side", {"name": name}), ratio=5)
    table.add_column(text("difference.longer"), justify="right", no_wrap=True)
    table.add_column(text("difference.later"), justify="right", no_wrap=True)
    for row in phase_rows(one):
        table.add_row(*row)
    return table
