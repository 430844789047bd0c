"""The state of each nation's offer is kept from the window, and every change can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.response.offer_feature import OfferFeature
from subrescue.desktop.response.offer_states import offer_line, with_offer
from subrescue.domain.case import Offer, OfferState
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, response


def offers_of(window: MainWindow) -> OfferFeature:
    return next(feature for feature in window.features if isinstance(feature, OfferFeature))


def choose(window: MainWindow, asset_id: str, name: str) -> None:
    menu = offers_of(window).menu_of(asset_id)
    next(action for action in menu.actions() if action.objectName() == name).trigger()
    menu.close()


def type_told(window: MainWindow, text: str) -> None:
    editor = offers_of(window).told
    editor.setText(text)
    editor.setModified(True)
    editor.editingFinished.emit()


def test_a_changed_offer_keeps_what_else_is_known_and_one_that_says_nothing_is_left_out() -> None:
    known = (Offer(asset="a", state=OfferState.ASKED, ship="s"), Offer(asset="b", state=OfferState.ASKED))
    assert with_offer(known, "a", state=OfferState.ACCEPTED)[0] == {
        "asset": "a",
        "state": OfferState.ACCEPTED,
        "ship": "s",
    }
    assert [table["asset"] for table in with_offer(known, "b", state=OfferState.NOT_ASKED)] == ["a"]
    assert [table["asset"] for table in with_offer(known, "a", state=OfferState.NOT_ASKED)] == ["a", "b"]
    assert with_offer((), "c", state=OfferState.NOT_ASKED) == []


def test_told_to_go_is_said_before_the_state_unless_the_help_is_off() -> None:
    at = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert offer_line(Offer(asset="a", state=OfferState.ACCEPTED, told_to_go=at)) == "told to go"
    assert offer_line(Offer(asset="a", state=OfferState.STOOD_DOWN, told_to_go=at)) == "stood down"
    assert offer_line(Offer(asset="a")) == offer_line(None) == ""


def test_the_menu_of_an_option_sets_its_state_and_undo_takes_it_back(make_window: MakeWindow, qtbot: object) -> None:
    window = make_window()
    choose(window, "xx-bell", "asked")
    assert window.desk.case.offers == (Offer(asset="xx-bell", state=OfferState.ASKED),)
    menu = offers_of(window).menu_of("xx-bell")
    assert [action.objectName() for action in menu.actions() if action.isChecked()] == ["asked"]
    assert window.actions_by_id.by_id["why"] in menu.actions()
    menu.close()
    choose(window, "gb-nsrs", "declined")
    trigger(window, "undo")
    assert [offer.asset for offer in window.desk.case.offers] == ["xx-bell"]
    trigger(window, "undo")
    assert window.desk.case.offers == ()
    trigger(window, "redo")
    assert window.desk.case.offers == (Offer(asset="xx-bell", state=OfferState.ASKED),)


def test_the_table_says_the_state_below_the_verdict(make_window: MakeWindow, qtbot: object) -> None:
    window = make_window()
    choose(window, "gb-nsrs", "accepted")
    qtbot.wait_until(lambda: window.response.model.rows[0].cells[0].second == "accepted")  # type: ignore[attr-defined]


def test_the_bar_above_the_details_follows_the_selection(make_window: MakeWindow) -> None:
    window = make_window(CASE.model_copy(update={"offers": (Offer(asset="xx-bell", state=OfferState.OFFERED),)}))
    bar = offers_of(window)
    assert bar.state.currentData() == OfferState.NOT_ASKED
    window.desk.select("xx-bell")
    assert bar.state.currentData() == OfferState.OFFERED
    type_told(window, "2026-11-23 07:30Z")
    assert window.desk.case.offers[0].told_to_go == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    choose(window, "xx-bell", "not_told")
    assert window.desk.case.offers[0].told_to_go is None
    window.desk.clock = lambda: CASE.alert + timedelta(minutes=90, seconds=7)
    choose(window, "xx-bell", "told_now")
    assert window.desk.case.offers[0].told_to_go == CASE.alert + timedelta(minutes=90)


def test_a_told_to_go_time_that_is_none_is_refused_in_words_and_forgotten_with_the_selection(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    type_told(window, "soon")
    assert window.desk.case.offers == ()
    assert "soon" in window.message_bar.text()
    window.desk.select("xx-bell")
    assert offers_of(window).told.text() == ""
    told = window.message_bar.text()
    assert "told_to_go" not in told  # names of fields in files
    assert "Told to go" in told


def test_times_of_orders_are_typed_as_date_time_groups_and_as_now(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.select("xx-bell")
    window.desk.clock = lambda: CASE.alert + timedelta(hours=3, minutes=7, seconds=9)
    for text, hours in (("230730Z", 1.5), ("230645Z NOV 26", 0.75), ("now", 3 + 7 / 60)):
        type_told(window, text)
        assert window.desk.case.offers[0].told_to_go == CASE.alert + timedelta(hours=hours)


def test_the_palette_knows_every_state_of_an_offer_and_the_order_to_go(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.select("xx-bell")
    actions = window.actions_by_id.by_id
    trigger(window, "offer_accepted")
    assert window.message_bar.text().endswith(": accepted")
    trigger(window, "told_to_go_now")
    assert window.message_bar.text().endswith(": accepted, told to go 2026-11-23 06:00Z")
    assert window.message_bar.text().startswith(next(o.name for o in response().options if o.asset_id == "xx-bell"))
    assert window.desk.case.offers == (Offer(asset="xx-bell", state=OfferState.ACCEPTED, told_to_go=CASE.alert),)
    assert [name for name, action in actions.items() if name.startswith("offer_") and action.isChecked()] == [
        "offer_accepted"
    ]
    trigger(window, "not_told_to_go")
    assert window.desk.case.offers[0].told_to_go is None
    assert {f"offer_{state.value}" for state in OfferState} <= set(actions)
    window.desk.select("gb-nsrs")
    assert actions["offer_not_asked"].isChecked()
