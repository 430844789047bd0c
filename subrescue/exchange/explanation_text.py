"""Shows on a terminal why an option takes as long as it does."""

from __future__ import annotations

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.case import Case, CaseKind
from subrescue.domain.explanation import AssumptionWeight, Explanation
from subrescue.domain.what_if import WhatIf
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon, marked, told
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.response_table import verdict_text
from subrescue.exchange.terminal import Screen, rendered
from subrescue.exchange.wording import label, say, text

SHOWN = 8
"""Assumptions that are told on a terminal; the JSON has them all."""


def explanation_table(found: Explanation, case: Case, what_if: WhatIf | None, screen: Screen | None = None) -> str:
    """In words first, then phases, assumptions and unknown facts, the heaviest of each first."""
    style = "bold black on yellow" if case.kind is CaseKind.EXERCISE else "bold white on red"
    parts: list[RenderableType] = [Text.assemble((f" {banner_words(case)} ", style), " ", (case.title, "bold"))]
    parts += [Text(text("difference.what_if", {"change": line})) for line in (what_if.lines if what_if else ())]
    values = {"name": found.name, "first": numbers.band(found.first_h), "chance": numbers.share(found.chance)}
    parts += [Text(""), Text(text("why.title", values), style="bold")]
    if found.limiting_factor is not None:
        parts.append(Text(text("why.limit", {"limit": say(found.limiting_factor)})))
    parts += [Text(say(why)) for why in found.sentences]
    parts += [Text(""), _phases(found), Text("")]
    if found.assumptions:
        parts += [_assumptions(found.assumptions[:SHOWN]), Text("")]
    parts += [_unknowns(found) if found.unknowns else Text(text("why.none_unknown")), Text("")]
    parts.append(Text(text("why.footer", {"banner": banner_words(case)}), style="dim"))
    return rendered(parts, screen or Screen())


def _phases(found: Explanation) -> Table:
    table = _table("why.phase")
    for heading in ("why.length", "why.slack", "why.critical", "why.gain", "why.doubt"):
        table.add_column(text(heading), justify="right", no_wrap=True)
    for one in found.phases:
        number = f" {one.number}" if one.number > 1 else ""
        table.add_row(
            f"{label('phase', one.phase)}{number}",
            numbers.band(one.length_h),
            numbers.hours(one.slack_h),
            numbers.share(one.critical_share),
            marked(f"{max(one.gain_h, 0.0):.1f}"),
            numbers.hours(one.doubt_h),
        )
    return table


def _assumptions(weights: tuple[AssumptionWeight, ...]) -> Table:
    table = _table("why.assumption_name")
    for heading in ("why.value", "why.at_low", "why.at_high", "why.chance"):
        table.add_column(text(heading), justify="right", no_wrap=True)
    for one in weights:
        unit = "" if one.unit == "1" else f" {told(one.unit)}"
        chances = "-"
        if one.chance_at_low is not None and one.chance_at_high is not None:
            chances = f"{numbers.share(one.chance_at_low)} → {numbers.share(one.chance_at_high)}"
        table.add_row(
            f"{told(one.title)} ({one.key})",
            told("{low:.3g} to {high:.3g}{unit}", low=one.low, high=one.high, unit=unit),
            numbers.hours(one.at_low_h),
            numbers.hours(one.at_high_h),
            chances,
        )
    return table


def _unknowns(found: Explanation) -> Table:
    table = _table("why.unknown")
    for heading in ("why.forbids", "why.if_good", "why.hours"):
        table.add_column(text(heading), no_wrap=True)
    for one in found.unknowns:
        table.add_row(
            f"{label('gate', one.gate)}{colon()}{say(one.reason)}",
            text("why.yes" if one.forbids else "why.no"),
            verdict_text(one.verdict_if_good),
            numbers.hours(one.hours) if one.hours is not None else "-",
        )
    return table


def _table(first: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column(text(first), ratio=1)
    return table
