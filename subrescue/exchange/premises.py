"""What a plan is made on beside the boat and its surroundings: passages that the case closes, what nations answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from subrescue.domain.case import Case, LogEntry
from subrescue.exchange.case_log import AUTOMATIC, change_words, said
from subrescue.exchange.entry_names import told_passage
from subrescue.exchange.wording import text


def premise_lines(case: Case, names: Mapping[str, str]) -> Iterator[str]:
    """A line for each kind that the case states: who reads the plan alone must not take them for the usual.

    names: those of fleets and ships by id, where they are known.
    """
    if case.closed_passages:
        yield text("table.closed", {"passages": ", ".join(told_passage(name) for name in case.closed_passages)})
    for path in ("clearances", "sea_clearances"):
        entries = getattr(case, path)
        words = change_words(path, (), entries, names=names) if entries else None
        if words:
            answers = said(LogEntry(at=case.alert, text=words, source=AUTOMATIC))
            yield text("table.answers", {"answers": answers})
