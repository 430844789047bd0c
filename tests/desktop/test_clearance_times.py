"""From when to when a nation's answer holds is entered in the window, and its reasons lead to who opens what."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from subrescue.desktop.case.case_files import save_case
from subrescue.desktop.clearances.clearance_links import clearance_links
from subrescue.desktop.places.place_facts import place_link
from subrescue.domain.reasons import reason
from subrescue.store.cases import read_case
from tests.desktop.driving import MakeWindow
from tests.desktop.test_clearances_box import accept, box_of, form_of, text_of, window_with, write


def test_a_landing_holds_from_one_date_time_group_to_another_and_the_file_says_so(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    """A group without month and year is near the clock, as where somebody is told to go."""
    window = window_with(make_window)
    window.desk.clock = lambda: datetime(2026, 11, 24, 6, tzinfo=UTC)
    box_of(window).begin("clearances")
    write(window, nation="FI", refused="no", holds_from="300600Z NOV 26", holds_until="251200Z")
    assert "it must be later than 2026-11-30T06:00Z" in form_of(window).beside["holds_until"].text()
    accept(window)
    assert window.desk.case.clearances == ()
    write(window, holds_until="021200Z DEC 26")
    accept(window)
    (word,) = window.desk.case.clearances
    assert (word.holds_from, word.holds_until) == (
        datetime(2026, 11, 30, 6, tzinfo=UTC),
        datetime(2026, 12, 2, 12, tzinfo=UTC),
    )
    path = tmp_path / "case.toml"
    save_case(window.desk.case, path)
    assert read_case(path).clearances == (word,)
    box_of(window).choose("clearances", 0)
    box_of(window).change()
    assert text_of(window, "holds_from") == "2026-11-30 06:00Z"
    accept(window)  # nothing was typed: nothing changes
    assert window.desk.case.clearances == (word,)


def test_what_is_open_for_a_time_leads_to_who_opens_it() -> None:
    strait = reason("opens.passages_waits", passages="Bosporus, Dardanelles", nations="TR", ship="KV Bergen")
    (link,) = clearance_links(strait)
    assert (link.path, link.nation, link.passages) == ("sea_clearances", "TR", ("bosporus", "dardanelles"))
    landing = reason("opens.airfield_closes", airfield="EFTU", fleet="RAF C-17", nations="FI")
    assert [(one.path, one.nation) for one in clearance_links(landing)] == [("clearances", "FI")]
    repaired = reason("opens.airfield_waits", airfield="EFTU", fleet="RAF C-17")
    assert clearance_links(repaired) == []
    assert place_link(repaired) == "place:airfields:EFTU"
