"""The timeline on paper: names and hours stand in letters that can be read, in full, whatever their length."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, bring_letters
from subrescue.desktop.paper.marks import Page, Sign, Words
from subrescue.desktop.paper.timeline_pages import TimelinePages
from subrescue.desktop.parts.words import product_in
from subrescue.desktop.timeline.layout import Bar, Row, Timeline
from subrescue.domain.quantities import Band
from subrescue.domain.response import PhaseName, Verdict

LONG = "Submarine Escape and Rescue Intervention Support System of the Standing Maritime Group, northern component"
SHORT = "NSRS"
REACH = Band(p10=1111.0, p50=1234.0, p90=1345.0)


def pages(names: list[str], language: str = "en", paper: Paper = Paper.A4) -> list[Page]:
    bring_letters()
    bar = Bar(PhaseName.TRANSIT, 10.0, 60.0, (50.0, 70.0), critical=True, lane=0, carrier=None)
    rows = tuple(Row(f"a-{place}", name, Verdict.AMBER, (bar,), REACH) for place, name in enumerate(names))
    with product_in(language):
        alert, laid_out = datetime(2026, 11, 23, 6, tzinfo=UTC), Timeline(rows, None, 1400.0, 168)
        return TimelinePages(laid_out, alert, "Timeline", paper, Letters()).pages()


def cells(page: Page) -> list[Words]:
    return [mark for mark in page.marks if isinstance(mark, Words) and mark.style == "cell"]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize("paper", list(Paper))
def test_nothing_is_written_smaller_than_its_letters(qapp: object, language: str, paper: Paper) -> None:
    (page,) = pages([LONG, SHORT, LONG], language, paper)
    assert {mark.share for mark in cells(page)} == {1.0}
    body = paper.body(landscape=True)
    assert all(body.left <= mark.x and mark.x + mark.width <= body.right + 0.1 for mark in cells(page))


def test_a_long_name_takes_more_lines_and_stands_in_full(qapp: object) -> None:
    (page,) = pages([LONG, SHORT])
    signs = [mark for mark in page.marks if isinstance(mark, Sign)]
    names = [mark for mark in cells(page) if mark.x == signs[0].x - 7 + 16]
    assert " ".join(mark.text for mark in names) == f"{LONG} {SHORT}"
    assert len(names) > 2
    assert all(below.y > above.y for above, below in pairwise(names))


def test_a_name_that_is_longer_than_three_lines_ends_with_dots(qapp: object) -> None:
    (page,) = pages([LONG * 4])
    assert [mark.text[-1] for mark in cells(page)].count("…") == 1


def test_rows_of_several_lines_go_on_on_the_next_page(qapp: object) -> None:
    found = pages([LONG] * 40)
    signs = [[mark for mark in page.marks if isinstance(mark, Sign)] for page in found]
    assert sum(map(len, signs)) == 40
    bottom = Paper.A4.body(landscape=True).bottom
    assert all(mark.y <= bottom for page in found for mark in cells(page))
    # The whole height of a row is the distance of two signs: three lines of 7 point letters need more than 19.
    assert all(below.y - above.y > 19.0 for of_page in signs for above, below in pairwise(of_page))
