"""A title of any length stands in full on the first page, and at the head of each in letters that can be read."""

from __future__ import annotations

import pytest

from subrescue.desktop.paper.marks import Words
from tests.desktop.samples import CASE
from tests.desktop.test_report import small, words

LONG = "Учение «Северный фонарь»: аварийная подводная лодка на шельфе, совместное спасание силами нескольких флотов "


@pytest.mark.parametrize("times", [1, 4])
def test_a_long_title_is_not_written_smaller_than_can_be_read(qapp: object, times: int) -> None:
    title = (LONG * times).strip()
    bound = small(CASE.model_copy(update={"title": title}))
    assert " ".join(words(bound).split()).count(title.split()[-1]) >= times
    for page in bound.pages:
        heads = [mark for mark in page.marks if isinstance(mark, Words) and mark.y == 28.0]
        assert len(heads) == 1
        assert heads[0].share >= 0.74
        assert heads[0].text.startswith("EXERCISE")
        assert heads[0].text.endswith("…") == (times == 4)
