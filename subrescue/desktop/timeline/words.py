"""What the timeline says to those who do not see it."""

from __future__ import annotations

from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.layout import Timeline
from subrescue.exchange import numbers
from subrescue.exchange.wording import label


def rows_in_words(timeline: Timeline | None) -> str:
    """Each row with its verdict and the hours to the first rescue or intervention; nothing without a timeline."""
    rows = timeline.rows if timeline is not None else ()
    return "; ".join(
        tr(
            "{name}: {verdict}, {hours} h",
            name=row.name,
            verdict=label("verdict", row.verdict),
            hours=numbers.band(row.reach),
        )
        for row in rows
    )
