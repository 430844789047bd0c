"""What a reader of the paper has to doubt, who has no window that says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrescue.exchange.report import ReportWishes
from tests.desktop.samples import CASE
from tests.desktop.test_report import NOW, small


def test_what_contradicts_itself_in_the_case_stands_on_paper_in_its_language(qapp: Any) -> None:
    later = CASE.alert + timedelta(days=60)
    case = CASE.model_copy(update={"dissub": CASE.dissub.model_copy(update={"sunk_at": later})})
    said = {code: small(case, ReportWishes(NOW, code)).report.lines[-1] for code in ("en", "fr")}
    assert said["en"].startswith("! Sunk at: 2027-01-22, 60 days after the alert; check the date")
    assert said["fr"].startswith("! Coulé le\u00a0: 2027-01-22, jours après l'alerte\u00a0: 60")
    assert not any("Sunk at" in line for line in small().report.lines)
