"""Shows on a terminal why an option takes as long as it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.case import Case
from subrescue.domain.explanation import AssumptionWeight, Explanation, UnknownWeight
from subrescue.domain.what_if import WhatIf
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon, marked, told
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.response_table import case_title, verdict_text
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.via import place_line
from subrescue.exchange.wording import label, say, text

SHOWN = 8
"""Assumptions that are told on a terminal; the JSON has them all."""


def explanation_table(found: Explanation, case: Case, what_if: WhatIf | None, screen: Screen) -> str:
    """In words first, then phases, assumptions and unknown facts, the heaviest of each first."""
    parts: list[RenderableType] = [case_title(case)]
    parts += [Text(text("difference.what_if", {"change": line})) for line in (what_if.lines if what_if else ())]
    parts += [Text(""), Text(title_line(found), style="bold"), *(Text(line) for line in sentences(found))]
    parts += [Text(""), _phases(found), Text("")]
    if found.assumptions:
        parts += [_assumptions(found.assumptions[:SHOWN]), Text("")]
    parts += [_unknowns(found) if found.unknowns else Text(text("why.none_unknown")), Text("")]
    parts.append(Text(text("why.footer", {"banner": banner_words(case)}), style="dim"))
    return rendered(parts, screen)


def title_line(found: Explanation) -> str:
    """What is explained: the option, its first hours, its chance in time."""
    values = {"name": found.name, "first": numbers.band(found.first_h), "chance": numbers.share(found.chance)}
    return text("why.title", values)


def sentences(found: Explanation) -> list[str]:
    """What decides, in words: what limits the option, then the phase, the doubt and the assumption that weigh most."""
    limit = found.limiting_factor
    first = [text("why.limit", {"limit": say(limit)})] if limit is not None else []
    return [*first, *(say(why) for why in found.sentences)]


PHASE_HEADS = ("why.phase", "why.length", "why.slack", "why.critical", "why.gain", "why.doubt")


def phase_rows(found: Explanation) -> Iterator[tuple[str, ...]]:
    """A row for each phase, under `PHASE_HEADS`."""
    for one in found.phases:
        number = f" {one.number}" if one.number > 1 else ""
        name, where = f"{label('phase', one.phase)}{number}", place_line(one, " > ")
        yield (
            f"{name}{colon()}{where}" if where else name,
            numbers.band(one.length_h),
            numbers.hours(one.slack_h),
            numbers.share(one.critical_share),
            marked(f"{max(one.gain_h, 0.0):.1f}"),
            numbers.hours(one.doubt_h),
        )


def _phases(found: Explanation) -> Table:
    table = _table(*PHASE_HEADS)
    for row in phase_rows(found):
        table.add_row(*row)
    return table


ASSUMPTION_HEADS = ("why.assumption_name", "why.value", "why.at_low", "why.at_high", "why.chance")


def assumption_rows(weights: Iterable[AssumptionWeight]) -> Iterator[tuple[str, ...]]:
    """A row for each assumption, under `ASSUMPTION_HEADS`; its key is left to who asks."""
    for one in weights:
        unit = f" {told(numbers.unit_sign(one.unit))}".rstrip()
        chances = "-"
        if one.chance_at_low is not None and one.chance_at_high is not None:
            chances = f"{numbers.share(one.chance_at_low)} → {numbers.share(one.chance_at_high)}"
        yield (
            told(one.title),
            told("{low:.3g} to {high:.3g}{unit}", low=one.low, high=one.high, unit=unit),
            numbers.hours(one.at_low_h),
            numbers.hours(one.at_high_h),
            chances,
        )


def _assumptions(weights: tuple[AssumptionWeight, ...]) -> Table:
    table = _table(*ASSUMPTION_HEADS)
    for one, (title, *row) in zip(weights, assumption_rows(weights), strict=True):
        table.add_row(f"{title} ({one.key})", *row)
    return table


UNKNOWN_HEADS = ("why.unknown", "why.forbids", "why.if_good", "why.hours")


def unknown_row(one: UnknownWeight) -> tuple[str, str, str]:
    """What is not known, whether it could forbid, and what it costs where it is bad: all but the verdict between."""
    return (
        f"{label('gate', one.gate)}{colon()}{say(one.reason)}",
        text("why.yes" if one.forbids else "why.no"),
        numbers.hours(one.hours) if one.hours is not None else "-",
    )


def _unknowns(found: Explanation) -> Table:
    table = _table(*UNKNOWN_HEADS, justify="left")
    for one in found.unknowns:
        what, forbids, hours = unknown_row(one)
        table.add_row(what, forbids, verdict_text(one.verdict_if_good), hours)
    return table


def _table(first: str, *others: str, justify: Literal["left", "right"] = "right") -> Table:
    table = plain_table()
    table.add_column(text(first), ratio=1)
    for heading in others:
        table.add_column(text(heading), justify=justify, no_wrap=True)
    return table
