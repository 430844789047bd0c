"""The response as rows of text for the ranked table: what each column says of an option, and what it says in full."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from subrescue.desktop.parts.words import later, number, tr
from subrescue.desktop.response.offer_states import offer_line, offer_of
from subrescue.domain.case import Offer
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, Response, Verdict
from subrescue.exchange import numbers
from subrescue.exchange.languages import semicolon
from subrescue.exchange.via import option_line
from subrescue.exchange.wording import label, say

SIGNS = {Verdict.GREEN: "●", Verdict.AMBER: "◆", Verdict.RED: "■", Verdict.UNKNOWN: "○"}
"""Shapes of the verdicts in text; the word always stands beside them."""


@dataclass(frozen=True)
class Column:
    """A column of the table: key, heading, help, and whether its numbers stand at the right."""

    key: str
    title: str
    tip: str
    right: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("verdict", "Verdict", "Go, doubt, no-go or unknown: the worst of its gates"),
    Column("asset", "Asset", "Name of the asset; below it nations and the way it travels"),
    Column("ttfi", "TTFI h", "Time to first intervention, hours from the alert: median, P10-P90", right=True),
    Column("ttfr", "TTFR h", "Time to first rescue, hours from the alert: median, P10-P90", right=True),
    Column("tlr", "TLR h", "Time to last rescue, hours from the alert: median, P10-P90", right=True),
    Column("in_time", "In time", "Chance that the first survivor is out in time; below it: the last", right=True),
    Column("limit", "Limited by", "What forbids it, or what limits it most"),
    Column("nation", later("Nation"), later("Nations that hold the asset")),
    Column("kind", later("Kind"), later("Rescue system, intervention system or ship")),
    Column("via", later("Way"), later("How it travels: aircraft, airfields, port, ship")),
    Column("expected", later("Rescued"), later("How many are expected to be rescued in time"), right=True),
    Column("offer", later("Offer"), later("Whether it was asked for, offered, accepted, declined or stood down")),
)

USUAL = ("verdict", "asset", "ttfi", "ttfr", "tlr", "in_time", "limit")
"""Columns that are shown until the user chooses others."""

ALWAYS = ("verdict", "asset")
"""Columns that are never left out: nobody may read hours without whose they are and whether they hold."""


@dataclass(frozen=True)
class Cell:
    """What a cell says: the main line, a quieter second line, and the whole in words for a tooltip."""

    text: str
    second: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Row:
    """One option of the response, `rank` counted from 1. offer: the state of its offer in words.

    Words are put together when they are asked for: while something is dragged only some rows are seen of each answer.
    """

    rank: int
    option: Option
    offer: str = ""
    is_behind: bool = False
    """While something is dragged: this still answers the place or number before."""
    is_estimated: bool = False
    """It is behind, but its hours are estimated for the new place."""

    @property
    def asset_id(self) -> str:
        """The asset."""
        return self.option.asset_id

    @property
    def verdict(self) -> Verdict:
        """Whether it can, as a whole."""
        return self.option.verdict

    @property
    def kind(self) -> str:
        """Rescue system, intervention system or ship."""
        return self.option.kind

    @property
    def nations(self) -> tuple[str, ...]:
        """Who holds it."""
        return self.option.nations

    @property
    def name(self) -> str:
        """What the asset is called."""
        return self.option.name

    @cached_property
    def figures(self) -> Mapping[str, float | None]:
        """The median hours and the chance that columns are sorted by, None where there is none."""
        option = self.option
        return {
            "ttfi": _median(option.time_to_intervention_h),
            "ttfr": _median(option.time_to_first_rescue_h),
            "tlr": _median(option.time_to_last_rescue_h),
            "in_time": option.probability_in_time,
            "expected": option.expected_rescued,
        }

    def keeping(self, before: Row) -> Row:
        """This row with the words of one before, where that says the same; that one, where it is marked as this is."""
        if (before.rank, before.offer) != (self.rank, self.offer):
            return self
        if before.option is not self.option:
            if "_words" in vars(before) and _is_same_but_for_hours(self.option, before.option):
                self.__dict__["_words"] = before._words
            return self
        if (before.is_behind, before.is_estimated) == (self.is_behind, self.is_estimated):
            return before
        kept = {key: words for key, words in vars(before).items() if key in ("cells", "figures", "_words")}
        self.__dict__.update(kept)
        return self

    def changed_since(self, before: Row) -> range:
        """The columns, from the first to the last, in which it says something else than a row before or is marked."""
        if self is before:
            return range(0)
        marks = (self.is_behind, self.is_estimated) != (before.is_behind, before.is_estimated)
        if marks or "cells" not in vars(before):
            return range(len(COLUMNS))
        cells = zip(self.cells, before.cells, strict=True)
        others = [place for place, (cell, then) in enumerate(cells) if cell != then]
        return range(others[0], others[-1] + 1) if others else range(0)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What the table says of it, in the order of COLUMNS."""
        return _cells(self._words, self.option)

    @cached_property
    def _words(self) -> tuple[Cell, ...]:
        """All cells but those of hours and chances."""
        return _words(self.rank, self.option, self.offer)


def rows_of(
    response: Response,
    offers: Iterable[Offer] = (),
    behind: Collection[str] = frozenset(),
    estimated: Collection[str] = frozenset(),
) -> tuple[Row, ...]:
    """The rows of a response in its own order: ranked, those that cannot last; the state of an offer below its
    verdict."""
    known = tuple(offers)
    return tuple(
        Row(rank, option, offer_line(offer_of(known, asset)), asset in behind, asset in estimated)
        for rank, (asset, option) in enumerate(((one.asset_id, one) for one in response.options), start=1)
    )


def _is_same_but_for_hours(option: Option, before: Option) -> bool:
    """Whether one was made from the other, or both from a third, by moving it in time: all words are the same."""
    parts = ("name", "nations", "kind", "mode", "verdict", "gates", "via", "airlift", "limiting_factor")
    return all(getattr(option, part) is getattr(before, part) for part in parts)


def _words(rank: int, option: Option, offer: str) -> tuple[Cell, ...]:
    way = option_line(option)
    limit = limiting_line(option)
    verdict = label("verdict", option.verdict)
    nations = " ".join(option.nations)
    of_rank = tr("Rank {rank}: {verdict}", rank=rank, verdict=verdict)
    return (
        Cell(verdict, offer, "\n".join(filter(None, (of_rank, offer)))),
        Cell(option.name, f"{nations} · {way}", f"{option.name} [{nations}]\n{way}"),
        Cell(limit[0], limit[1], "\n".join(part for part in limit if part)),
        Cell(nations),
        Cell(label("kind", option.kind)),
        Cell(way, "", way),
        Cell(offer),
    )


def _cells(words: tuple[Cell, ...], option: Option) -> tuple[Cell, ...]:
    verdict, asset, limit, nation, kind, via, offer = words
    return (
        verdict,
        asset,
        _hours(option.time_to_intervention_h),
        _hours(option.time_to_first_rescue_h),
        _hours(option.time_to_last_rescue_h),
        _chance(option),
        limit,
        nation,
        kind,
        via,
        Cell(number(option.expected_rescued) if option.expected_rescued is not None else "–"),
        offer,
    )


def _median(value: Band | None) -> float | None:
    return value.p50 if value is not None else None


def _hours(value: Band | None) -> Cell:
    if value is None:
        return Cell("–")
    middle, spread = numbers.median(value), numbers.spread(value)
    return Cell(middle, spread, tr("median {middle} h, P10 to P90 {spread} h", middle=middle, spread=spread))


def _chance(option: Option) -> Cell:
    first, last = option.probability_in_time, option.probability_all_in_time
    if first is None:
        return Cell("–")
    second = tr("all {share}", share=numbers.share(last)) if last is not None else ""
    tip = tr("first survivor out in time: {share}", share=numbers.share(first))
    if last is not None:
        tip += "\n" + tr("last survivor out in time: {share}", share=numbers.share(last))
    if option.expected_rescued is not None:
        tip += "\n" + tr("expected to be rescued: {people:.0f}", people=option.expected_rescued)
    return Cell(numbers.share(first), second, tip)


def limiting_line(option: Option) -> tuple[str, str]:
    """What limits an option in a word or two, and why: the gates that rule its verdict, else its slowest step."""
    if option.verdict is not Verdict.GREEN:
        ruling = [gate for gate in option.gates if gate.verdict is option.verdict]
        if ruling:
            names = ", ".join(label("gate", gate.gate) for gate in ruling)
            why = [say(reason) for gate in ruling for reason in gate.reasons]
            return names, semicolon().join(why)
    if option.limiting_factor is not None:
        return say(option.limiting_factor), ""
    return "", ""


def as_text(rows: tuple[Row, ...], keys: Iterable[str] = USUAL) -> str:
    """The table as tab-separated text for a clipboard: one line an option, both lines of a cell in one."""
    wanted = set(keys)
    places = [place for place, column in enumerate(COLUMNS) if column.key in wanted]
    lines = ["\t".join(tr(COLUMNS[place].title) for place in places)]
    lines += ["\t".join(_flat(row.cells[place]) for place in places) for row in rows]
    return "\n".join(lines) + "\n"


def _flat(cell: Cell) -> str:
    return flat(f"{cell.text} ({cell.second})" if cell.second else cell.text)


def flat(words: str) -> str:
    """Words as one field of tab-separated text."""
    # A tab or line break would shift columns; a formula sign at the start would be run by a spreadsheet.
    words = " ".join(words.split())
    return f"'{words}" if words[:1] in ("=", "+", "@") else words
