"""What a plan is made on beside the boat and its surroundings: passages that the case closes, what nations answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from subrescue.domain.case import Case
from subrescue.exchange.case_log import entry_words
from subrescue.exchange.entry_names import told_passage
from subrescue.exchange.languages import colon, semicolon
from subrescue.exchange.wording import text


def premise_lines(case: Case, names: Mapping[str, str]) -> Iterator[str]:
    """A line for each kind that the case states: who reads the plan alone must not take them for the usual.

    names: those of fleets and ships by id, where they are known.
    """
    if case.closed_passages:
        yield text("table.closed", {"passages": ", ".join(told_passage(name) for name in case.closed_passages)})
    entries = [(entry.nation, entry_words(entry, names)) for entry in case.clearances]
    entries += [(entry.nation, entry_words(entry, names)) for entry in case.sea_clearances]
    if entries:
        answers = (f"{nation}{colon()}{words}" for nation, words in entries)
        yield text("table.answers", {"answers": semicolon().join(answers)})
