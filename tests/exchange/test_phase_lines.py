"""A phase in words: no line that begins where it ends, no ship or tanker named twice."""

from __future__ import annotations

import pytest

from subrescue.domain.airlift import Place
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.response import PhaseName, PhaseSpan
from subrescue.exchange import numbers
from subrescue.exchange.via import phase_line

TANKER = Place(name="USAF KC-135", position=Position(lat_deg=20, lon_deg=-80))
FIELD = Place(name="Keflavik", code="BIKF", position=Position(lat_deg=64, lon_deg=-22.6))


def span(start_h: float, end_h: float, *, carrier: str | None = None, at: Place = FIELD) -> PhaseSpan:
    """A phase at a place, of hours that are known to some tens."""
    wide = [Band(p10=hours - 40, p50=hours, p90=hours + 60) for hours in (start_h, end_h)]
    return PhaseSpan(phase=PhaseName.SURVEY, start_h=wide[0], end_h=wide[1], destination=at, carrier=carrier)


@pytest.mark.parametrize(
    ("start_h", "end_h", "words"), [(88.2, 91.4, "88 - 91"), (9.7, 12.8, "9.7 - 13"), (33.1, 33.4, "33")]
)
def test_a_phase_never_ends_where_it_begins(start_h: float, end_h: float, words: str) -> None:
    """In tens, as finely as its end is known, it would last from 90 to 90 h."""
    assert numbers.phase(span(start_h, end_h), " - ") == words


@pytest.mark.parametrize(
    ("at", "carrier", "words"),
    [(TANKER, "USAF KC-135", "USAF KC-135"), (FIELD, "RAF C-17", "BIKF, RAF C-17"), (FIELD, None, "BIKF")],
)
def test_who_is_the_place_itself_is_named_once(at: Place, carrier: str | None, words: str) -> None:
    assert phase_line(span(1.0, 2.0, at=at, carrier=carrier), " > ") == words
