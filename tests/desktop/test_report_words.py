"""The words on paper: none is lost or broken, and what contradicts itself is said, for who has no window to say so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrescue.desktop.paper.letters import Letters, bring_letters
from subrescue.exchange.report import ReportWishes
from tests.desktop.samples import CASE
from tests.desktop.test_report import NOW, small, words


def test_what_contradicts_itself_in_the_case_stands_on_paper_in_its_language(qapp: Any) -> None:
    later = CASE.alert + timedelta(days=60)
    case = CASE.model_copy(update={"dissub": CASE.dissub.model_copy(update={"sunk_at": later})})
    said = {code: small(case, ReportWishes(NOW, code)).report.lines[-1] for code in ("en", "fr")}
    assert said["en"].startswith("! Sunk at: 2027-01-22, 60 days after the alert; check the date")
    assert said["fr"].startswith("! Coulé le\u00a0: 2027-01-22, jours après l'alerte\u00a0: 60")
    assert not any("Sunk at" in line for line in small().report.lines)


def test_a_word_wider_than_its_column_is_broken_and_none_is_lost(qapp: Any) -> None:
    bring_letters()
    lines = Letters().folded("cell", "https://example.org/" + "a" * 100 + " end", 60.0)
    assert "".join(lines) == "https://example.org/" + "a" * 100 + "end"
    assert all(Letters().width("cell", line) <= 60.0 for line in lines)


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_no_word_of_a_heading_is_broken(qapp: Any, code: str) -> None:
    bound = small(wishes=ReportWishes(NOW, code))
    told = set(words(bound).split())
    headings = {word for table in bound.report.tables for heading in table.headings for word in heading.split()}
    assert headings, "the report has tables"
    assert headings <= told
