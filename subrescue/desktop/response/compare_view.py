"""Two options of a response side by side, as rich text for the window: the same rows as the command `compare`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.rows import SIGNS
from subrescue.domain.case import Case
from subrescue.domain.difference import OptionDifference
from subrescue.domain.response import Option, Response, Verdict
from subrescue.exchange.languages import colon
from subrescue.exchange.pair_words import deciding_lines, figure_rows, phase_rows
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.wording import label, text


def pair_of(response: Response, assets: Sequence[str]) -> OptionDifference | None:
    """What differs between two options of a response; None where it has not both."""
    from subrescue.planning.questions.difference import option_difference

    ranked = {option.asset_id: (rank, option) for rank, option in enumerate(response.options, start=1)}
    if len(assets) != 2 or any(asset not in ranked for asset in assets):
        return None
    return option_difference(ranked[assets[0]], ranked[assets[1]])


def compare_html(pair: OptionDifference, case: Case, theme: Theme) -> str:
    """What decides first, then figures and gates, then phase by phase."""
    assert pair.before is not None
    assert pair.after is not None
    names = [f"<b>{escape(side.name)}</b>" for side in (pair.before, pair.after)]
    lines = "".join(f"<p style='margin:1px 0'><b>{escape(line)}</b></p>" for line in deciding_lines(pair))
    verdicts = (_verdict(pair.before, pair.rank_before, theme), _verdict(pair.after, pair.rank_after, theme))
    figures = _table(
        (
            ("", *names),
            (escape(text("table.verdict")), *verdicts),
            *(tuple(_judged(cell, theme) for cell in row) for row in figure_rows(pair)),
        ),
        theme,
    )
    phases = [
        tuple(f"<b>{escape(cell)}</b>" if "*" in cell[:1] else escape(cell) for cell in row) for row in phase_rows(pair)
    ]
    head = (
        escape(text("difference.phase")),
        *names,
        escape(text("difference.longer")),
        escape(text("difference.later")),
    )
    told = (
        tr("Median hours; * on the critical path. Longer and later: the second against the first."),
        text("difference.footer", {"banner": banner_words(case)}),
    )
    notes = "".join(f"<p style='margin:3px 0; color:{theme.quiet}'>{escape(words)}</p>" for words in told)
    gap = "<p style='margin:0; font-size:6px'>&nbsp;</p>"
    return f"{lines}{gap}{figures}<br>{_table((head, *phases), theme, right=2) if phases else ''}{notes}"


def _verdict(option: Option, rank: int | None, theme: Theme) -> str:
    words = f"{SIGNS[option.verdict]} {label('verdict', option.verdict)}"
    rank_words = escape(tr("rank {rank}", rank=rank)) if rank is not None else ""
    return f"<span style='color:{theme.verdict(option.verdict)}'><b>{escape(words)}</b></span> {rank_words}"


def _judged(cell: str, theme: Theme) -> str:
    """A cell that begins with the word of a verdict has its sign and colour; any other is as it is."""
    for verdict in Verdict:
        word = label("verdict", verdict)
        if cell.startswith(f"{word}{colon()}"):
            sign = f"<b>{SIGNS[verdict]} {escape(word)}</b>"
            return f"<span style='color:{theme.verdict(verdict)}'>{sign}</span>{escape(cell[len(word) :])}"
    return escape(cell)


def _table(rows: Iterable[Sequence[str]], theme: Theme, right: int = 0) -> str:
    """Rows of rich text, a line below each; the last `right` columns stand at the right."""
    made = []
    for row in rows:
        cells = "".join(
            f"<td style='padding:1px 10px 2px 0; border-bottom:1px solid {theme.line}"
            + ("; white-space:nowrap' align=right" if place >= len(row) - right else "'")
            + f">{cell}</td>"
            for place, cell in enumerate(row)
        )
        made.append(f"<tr>{cells}</tr>")
    return f"<table cellspacing='0' cellpadding='0' width='100%'>{''.join(made)}</table>"
