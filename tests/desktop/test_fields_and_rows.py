"""Forms and tables are derived from the models, print what is unknown as unknown, and never lose a digit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.case.session import value_at
from subrescue.desktop.casualty.fields import SECTIONS, described, instant_text, number_from_text, number_text
from subrescue.desktop.casualty.hints import class_facts, depth_doubt, depth_hint
from subrescue.desktop.map import case_scene
from subrescue.desktop.map.case_scene import legs_of, scene_of
from subrescue.desktop.parts.themes import DAY, THEMES
from subrescue.desktop.response.details import headline_html, option_html, survival_line
from subrescue.desktop.response.rows import COLUMNS, USUAL, as_text, rows_of
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.domain.response import Option, PhaseName, Verdict
from subrescue.domain.submarines import SubmarineClass
from subrescue.earth.depth.depth_answers import DepthEstimate
from tests.desktop.samples import BELL, CASE, RESOURCES, flown, response
from tests.exchange.scene_samples import RESPONSE


def test_every_field_of_the_form_exists_in_the_case_and_says_what_it_is() -> None:
    for section in SECTIONS:
        for path in section.paths:
            value_at(CASE, path)
            assert described(path).title
            assert described(path).help


def test_a_field_is_described_by_its_model() -> None:
    field = described("dissub.depth_m")
    assert (field.title, field.unit, field.low, field.high) == ("Depth", "m", 0, 11_000)
    assert field.tip == "Depth of the hull · 0 to 11000 m · empty: unknown"
    assert described("dissub.plight").choices == ("bottomed", "surfaced", "missing")
    assert described("environment.ice").kind == "yes_no"


@given(st.floats(-1e6, 1e6))
def test_a_number_that_is_shown_and_read_back_is_the_same(value: float) -> None:
    assert number_from_text(number_text(value)) == value


def plain(html: str) -> str:
    """Rich text with the spaces that hold a number and its unit together as spaces."""
    return html.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), (" unknown ", None), ("1,5", 1.5), ("1.5", 1.5), ("−2", -2), ("12 m", "12 m"), ("1,2,3", "1,2,3")],
)
def test_numbers_are_read_as_people_type_them(text: str, value: object) -> None:
    assert number_from_text(text) == value


def test_an_instant_is_shown_in_utc_with_seconds_only_where_there_are_some() -> None:
    assert instant_text(datetime(2026, 11, 23, 5, 20, tzinfo=UTC)) == "2026-11-23 05:20Z"
    assert instant_text(datetime(2026, 11, 23, 5, 20, 31, tzinfo=UTC)) == "2026-11-23 05:20:31Z"
    assert instant_text(None) == ""


def test_the_table_keeps_the_order_of_the_response_and_tells_verdicts_by_word() -> None:
    rows = rows_of(response())
    assert [row.asset_id for row in rows] == ["gb-nsrs", "xx-bell"]
    texts = {column.key: cell for column, cell in zip(COLUMNS, rows[0].cells, strict=True)}
    # 30 h and 255.125 m / 10: P50 55.5 h, P10 50.0 h, P90 72.2 h
    assert (texts["ttfr"].text, texts["ttfr"].second) == ("56", "50-72")
    assert (texts["in_time"].text, texts["in_time"].second) == ("87 %", "all 60 %")
    assert texts["asset"].second == "GB FR NO · fly-away: 2 x C-17A (RAF) in 5 sorties, EGPK > ENVA, Trondheim, Ship"
    bell = rows[1].cells
    assert [cell.text for cell in bell[:7]] == ["no-go", "<Bell>", "–", "–", "–", "–", "depth"]
    assert [cell.text for cell in bell[7:]] == ["XX", "rescue system", "no way found", "–", ""]
    assert [cell.text for cell in rows[0].cells[10:]] == ["18", ""]
    assert bell[6].second == "DISSUB at 255 m, limit 90 m; would reach a DISSUB above 90 m"


def test_the_copied_table_has_one_line_an_option_and_no_formula() -> None:
    formula = BELL.model_copy(update={"name": "=HYPERLINK(1)\tx"})
    lines = as_text(rows_of(response().model_copy(update={"options": (formula,)}))).splitlines()
    assert len(lines) == 2
    assert len(lines[1].split("\t")) == len(USUAL)
    assert lines[1].split("\t")[1].startswith("'=HYPERLINK(1) x")


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_details_name_gates_phases_and_remedies_and_escape_what_files_bring(theme: object) -> None:
    words = plain(option_html(BELL, CASE, theme))  # type: ignore[arg-type]
    assert "&lt;Bell&gt;" in words
    assert "DISSUB at 255 m, limit 90 m" in words
    assert "→ would reach a DISSUB above 90 m" in words
    words = plain(option_html(flown(CASE), CASE, DAY))
    assert "23 16Z" in words  # the flight ends at T+10, 06:00Z + 10 h, known to the hour
    assert "5 sorties" in words
    assert "Mating angle" in words


def test_the_headline_tells_survival_and_escape() -> None:
    words = plain("".join(headline_html(response(), DAY)))
    assert "Survival P50 61 h (P10 48, P90 76), limited by carbon dioxide; each ELSS pod buys 4.2 h" in words
    assert "escape is not possible at 255 m: the limit is 180 m" in words


def test_the_headline_and_the_details_tell_compartments_stores_and_dives() -> None:
    words, rest = headline_html(RESPONSE, DAY, ["dissub.stores: found stores for <nobody>"])
    assert "forward, 12 people: median 61\u00a0h (48-76)" in rest
    assert "first over the datum, of those listed: SPAG" in words
    assert "ELSS pods: 3 pods" in rest
    assert "▲ dissub.stores: found stores for &lt;nobody&gt;" in words
    assert "dive 2: 21 out at 66 (64-70) h" in option_html(RESPONSE.options[0], CASE, DAY)


def test_orders_stand_numbered_with_what_can_be_folded() -> None:
    orders = (
        FirstOrder(order=reason("order.find_ship", port="<Quay>"), options=("NSRS",)),
        FirstOrder(order=reason("order.loader", airfield="ENVA"), options=("NSRS",), latest_h=12.0),
    )
    words, rest = headline_html(response().model_copy(update={"first_orders": orders}), DAY)
    assert "Order now" in rest
    assert "1. find and charter a vessel at &lt;Quay&gt;" in rest
    assert "2. by 12" in rest
    assert "find and charter" not in words


def test_the_scene_has_the_legs_of_the_selected_option_only() -> None:
    scene = scene_of(CASE, response(), RESOURCES.registry, "gb-nsrs")
    assert [leg.kind for leg in scene.legs] == ["air", "sea"]
    assert [asset.id for asset in scene.assets] == ["gb-nsrs"]
    assert scene.assets[0].verdict is Verdict.GREEN
    assert scene.exercise
    assert scene_of(CASE, response(), RESOURCES.registry, None).legs == ()


def test_a_port_ashore_is_joined_to_the_leg_by_sea_by_a_link_and_one_on_the_water_is_not() -> None:
    option = RESPONSE.options[0]
    transit = next(span for span in option.phases if span.phase is PhaseName.TRANSIT)
    assert transit.origin is not None
    assert transit.destination is not None
    port, datum = transit.origin.position, transit.destination.position
    for lat_deg, kinds in ((port.lat_deg, ["sea"]), (port.lat_deg + 0.01, ["link", "sea"])):
        afloat = Position(lat_deg=lat_deg, lon_deg=port.lon_deg)
        legs = legs_of(option.model_copy(update={"phases": (transit.model_copy(update={"path": (afloat, datum)}),)}))
        assert [leg.kind for leg in legs] == kinds
        assert legs[-1].points == (afloat, datum)
        assert all(leg.points == (port, afloat) for leg in legs[:-1])


def test_what_a_tooltip_says_is_put_together_when_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = response()
    words = str(scene_of(CASE, shown, RESOURCES.registry).assets[0].detail)
    assert words.splitlines()[0] == "go"
    assert "TTFR" in words

    asked: list[Option] = []

    def line(option: Option) -> str:
        asked.append(option)
        return "by land"

    monkeypatch.setattr(case_scene, "option_line", line)
    scene = scene_of(CASE, shown, RESOURCES.registry)
    assert scene == scene_of(CASE, shown, RESOURCES.registry)  # so that the map is not laid out anew
    assert scene != scene_of(CASE, response(), RESOURCES.registry)
    assert asked == []
    assert "by land" in str(scene.assets[0].detail)


def test_the_scene_shows_the_casualty_before_anything_else_is_known() -> None:
    scene = scene_of(CASE, None, None)
    assert scene.dissub == CASE.dissub.fix.position
    assert scene.assets == ()


def test_a_depth_outside_the_chart_s_band_is_doubted() -> None:
    chart = DepthEstimate(252, 165, 429)
    assert depth_hint(chart) == "Chart: about 252 m (165-429 m)"
    assert depth_doubt(255, chart) == ""
    assert "900 m lies outside the chart's band of 165-429 m" in depth_doubt(900, chart)
    assert depth_doubt(None, chart) == ""
    assert depth_hint(None) == "Chart: no sea here"
    assert depth_hint(DepthEstimate(None, 0, None)) == "Chart: too narrow for the depth grid"


def test_facts_of_a_class_say_unknown_where_they_are() -> None:
    boat = SubmarineClass(id="ula", name="Ula", nations=("NO",), crew=21, rescue_seat="stanag_1297")
    assert class_facts(boat) == "Crew 21 · seat STANAG 1297 · escape to unknown · collapse unknown"


def test_a_crushed_hull_is_told_in_words_and_not_as_zero_hours() -> None:
    window = response().survival.model_copy(
        update={"p10_h": 0.0, "p50_h": 0.0, "p90_h": 0.0, "limiting": "hull_crushed", "hours_per_pod": None}
    )
    assert survival_line(window) == "Survival: no time left at the alert (the hull is crushed)"
