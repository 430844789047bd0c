"""Why an option takes as long as it does, as rich text for the window: the same rows as the command `why`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import held
from subrescue.desktop.response.rows import SIGNS
from subrescue.domain.case import Case
from subrescue.domain.explanation import Explanation
from subrescue.exchange.explanation_text import (
    ASSUMPTION_HEADS,
    PHASE_HEADS,
    SHOWN,
    UNKNOWN_HEADS,
    assumption_rows,
    phase_rows,
    sentences,
    title_line,
    unknown_row,
)
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.wording import label, text

_OFTEN = 0.5
"""A phase that decides the first hour in so large a share of the draws stands out."""


def why_html(found: Explanation, case: Case, theme: Theme) -> str:
    """In words first, then phases, assumptions and unknown facts, the heaviest of each first."""
    told = "".join(f"<p style='margin:1px 0'>{escape(line)}</p>" for line in sentences(found))
    parts = [f"<p style='margin:0 0 4px 0; font-size:large'><b>{escape(title_line(found))}</b></p>", told]
    often = [one.critical_share >= _OFTEN for one in found.phases]
    rows = [_bold(row) if is_often else _escaped(row) for row, is_often in zip(phase_rows(found), often, strict=True)]
    parts.append(_table(PHASE_HEADS, rows, theme))
    if found.assumptions:
        parts.append(_table(ASSUMPTION_HEADS, map(_escaped, assumption_rows(found.assumptions[:SHOWN])), theme))
    unknowns = []
    for one in found.unknowns:
        what, forbids, hours = map(escape, unknown_row(one))
        sign = f"{SIGNS[one.verdict_if_good]} {label('verdict', one.verdict_if_good)}"
        colour = theme.verdict(one.verdict_if_good)
        unknowns.append((what, forbids, f"<span style='color:{colour}'><b>{escape(sign)}</b></span>", hours))
    none = f"<p>{escape(text('why.none_unknown'))}</p>"
    parts.append(_table(UNKNOWN_HEADS, unknowns, theme) if unknowns else none)
    footer = escape(text("why.footer", {"banner": banner_words(case)}))
    parts.append(f"<p style='margin:8px 0 0 0; color:{theme.quiet}'>{footer}</p>")
    return held("".join(parts))


def _escaped(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(escape, row))


def _bold(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"<b>{escape(cell)}</b>" for cell in row)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], theme: Theme) -> str:
    """Rows of rich text under their heads, a line below each; figures stand at the right and are not folded, what they
    are of and the heads are where they have no room: large letters leave French and Russian little."""
    head = tuple(f"<span style='color:{theme.quiet}'>{escape(text(name))}</span>" for name in heads)
    made = []
    for row in (head, *rows):
        first, *others = row
        line = f"border-bottom:1px solid {theme.line}"
        style = f"padding:2px 0 2px 14px; {line}" + ("" if row is head else "; white-space:nowrap")
        cells = f"<td width='60%' style='padding:2px 0; {line}'>{first}</td>"
        cells += "".join(f"<td align='right' style='{style}'>{cell}</td>" for cell in others)
        made.append(f"<tr>{cells}</tr>")
    return f"<p></p><table cellspacing='0' cellpadding='0' width='100%'>{''.join(made)}</table>"
