"""What reads well by itself may still be doubtful against registry, calendar and chart: the user is warned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from subrescue.domain.case import Case, CaseKind, Dissub
from subrescue.domain.position import Fix, Position
from subrescue.store.checks import check_case
from subrescue.store.registry import load_registry


def findings(**dissub: Any) -> list[tuple[bool, str]]:
    case = Case(
        id="drill-1",
        title="Drill",
        kind=CaseKind.EXERCISE,
        alert=datetime(2026, 3, 1, 9, tzinfo=UTC),
        dissub=Dissub(name="S-1", fix=Fix(position=Position(lat_deg=60.5, lon_deg=2.25)), **dissub),
    )
    return [(problem.warning, str(problem)) for problem in check_case(case, load_registry())]


def test_a_proof_of_life_in_another_year_is_doubted() -> None:
    ((warning, text),) = findings(last_proof_of_life=datetime(2027, 3, 1, 9, tzinfo=UTC))
    assert warning
    assert text.startswith("dissub.last_proof_of_life: found 2027-03-01, 365 days after the alert")


def test_a_sinking_of_the_day_before_and_a_sign_of_life_of_the_day_after_are_not() -> None:
    assert findings(sunk_at=datetime(2026, 2, 28, 9, tzinfo=UTC)) == []
    assert findings(last_proof_of_life=datetime(2026, 2, 28, 9, tzinfo=UTC)) == []
    assert findings(last_proof_of_life=datetime(2026, 3, 2, 9, tzinfo=UTC)) == []


def test_an_alert_before_the_sinking_is_doubted() -> None:
    ((warning, text),) = findings(sunk_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert warning
    assert text.startswith("alert: found 2026-03-01T09:00Z, 24 h before the sinking")


def test_a_misspelt_rescue_seat_is_doubted_before_it_turns_every_vehicle_red() -> None:
    ((warning, text),) = findings(rescue_seat="stanag-1297")
    assert warning
    assert "did you mean 'stanag_1297'?" in text
    assert findings(rescue_seat="russian") == []
