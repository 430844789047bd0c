"""Compartments, escape, stores and dives are told in the table, in the JSON and in the window by the same words."""

from __future__ import annotations

import jsonschema

from subrescue.domain.case import LandingClearance
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import reason
from subrescue.domain.response import EscapeAdvice, Gate, GateResult, Verdict
from subrescue.exchange.languages import speaking
from subrescue.exchange.premises import premise_lines
from subrescue.exchange.report import heading_lines
from subrescue.exchange.response_json import response_to_dict
from subrescue.exchange.response_table import response_table, why_line
from subrescue.exchange.scene_words import compartment_lines, escape_lines, pair_lines, people_out_lines
from subrescue.exchange.schemas import schemas
from subrescue.store.registry import load_registry
from tests.exchange.samples import band, case
from tests.exchange.scene_samples import AFTER, ESCAPE, PAIR, RESPONSE, WINDOW


def test_a_compartment_tells_its_window_its_limits_and_its_decompression() -> None:
    assert compartment_lines(WINDOW) == [
        "forward, 12 people: median 61 h (48-76); power 61 h, oxygen 90 h; then 14 h of decompression",
        "after, unknown people: median 80 h (70-90); a general estimate, stores unknown",
    ]


def test_a_boat_of_one_compartment_of_which_nothing_is_known_has_no_line() -> None:
    assert compartment_lines(WINDOW.model_copy(update={"compartments": (AFTER,)})) == []


def test_escape_tells_hours_gear_and_the_first_help() -> None:
    assert escape_lines(ESCAPE) == [
        "all out in 2.6 (2.4-3.0) h, through one tower",
        "on the surface: suit and raft 46 (36-66) h (lives until help if out at the alert: >99 %), "
        "lifejacket 2.7 (2.2-3.7) h",
        "first over the datum, of those listed: SPAG at 21 (19-25) h; before life below first ends: 100 %; "
        "who is near by and not listed may be sooner",
    ]
    assert escape_lines(EscapeAdvice(verdict=Verdict.RED)) == []


def test_stores_tell_who_brings_them_what_they_buy_and_for_whom() -> None:
    sure = PAIR.model_copy(
        update={"second": "NSRS", "second_id": "nsrs", "probability_before": 1.0, "probability_after": 1.0}
    )
    assert pair_lines((PAIR, sure)) == [
        "ELSS pods: 3 pods (number unknown, one sortie counted) posted by 40 h, survival +18 h; "
        "URF in time 56 %, with them 97 %; NSRS brings out 12, with them 20"
    ]


def test_stores_that_change_no_figure_that_is_told_are_not_told() -> None:
    same = {"probability_before": 0.0, "probability_after": 0.0, "rescued_before": 0.1, "rescued_after": 0.4}
    none = PAIR.model_copy(update=same)
    assert pair_lines((none,)) == []
    assert "brings out" not in pair_lines((PAIR, none.model_copy(update={"second": "DSRV"})))[0]
    late = PAIR.model_copy(update={"bought_h": 0.01})
    assert "survival +<0.1 h" in pair_lines((late,))[0]


def test_dives_tell_how_many_are_out_by_when() -> None:
    assert people_out_lines(RESPONSE.options[0]) == [
        "dive 1: 12 out at 60 (58-64) h, in time 90 %",
        "dive 2: 21 out at 66 (64-70) h, in time 50 %",
    ]


def test_the_table_shows_them_all() -> None:
    text = response_table(RESPONSE, case())
    first = "first over the datum, of those listed: SPAG"
    for words in ("forward, 12 people", first, "ELSS pods: 3 pods", "dive 2: 21 out"):
        assert words in text


def test_the_json_carries_them_all_and_holds_to_its_schema() -> None:
    data = response_to_dict(RESPONSE, case())
    jsonschema.Draft202012Validator(schemas()["response.schema.json"]).validate(data)
    forward = data["survival"]["compartments"][0]
    assert forward["limits"][1] == {"name": "fire_gases", "p10_h": None, "p50_h": None, "p90_h": None}
    assert forward["co2_percent"] == [{"at_h": 0.0, "value": 0.5}, {"at_h": 61.3, "value": 3.0}]
    assert forward["decompression_h"] == {"p10": 12.0, "p50": 14.0, "p90": 18.0}
    assert forward["reasons"][0]["text"] == "free volume of forward is unknown and is not counted"
    assert data["escape"]["surface"][0]["probability_until_help"] == 0.996
    assert data["store_pairs"][0]["bought_h"] == 18.2
    assert [dive["total"] for dive in data["options"][0]["people_out"]] == [12, 21]


def test_a_band_stays_a_band() -> None:
    assert Band.model_validate(response_to_dict(RESPONSE, case())["escape"]["help_h"]) == band(21.0)


def test_a_compartment_is_told_no_finer_than_its_window() -> None:
    """The boat is told 100 h (60-130): her only compartment is not known better."""
    space = WINDOW.compartments[0].model_copy(
        update={"p10_h": 60.0, "p50_h": 96.0, "p90_h": 131.0, "decompression_h": None}
    )
    (line,) = compartment_lines(WINDOW.model_copy(update={"compartments": (space,)}))
    assert line == "forward, 12 people: median 100 h (60-130); power 60 h, oxygen 90 h"


def test_what_is_not_known_does_not_hide_what_speaks_against_an_asset() -> None:
    """3.5 kn of current stand beside the list and trim that nobody knows."""
    gates = (
        GateResult(gate=Gate.ATTITUDE, verdict=Verdict.UNKNOWN, reasons=(reason("attitude.dissub_unknown"),)),
        GateResult(gate=Gate.CURRENT, verdict=Verdict.AMBER),
        GateResult(gate=Gate.SHIP, verdict=Verdict.AMBER),
    )
    option = RESPONSE.options[0].model_copy(update={"verdict": Verdict.UNKNOWN, "gates": gates})
    assert why_line(option) == "attitude: list and trim of the DISSUB are unknown; doubt: current"
    sure = option.model_copy(update={"gates": gates[:1]})
    assert "doubt" not in why_line(sure)


def test_what_has_no_way_says_first_what_it_lacks_for_one() -> None:
    """A bell whose ship nobody knows does not stay away for the current at the seat."""
    ship = reason("ship.home_unknown", name="Bell", nation="TR")
    gates = (
        GateResult(gate=Gate.CURRENT, verdict=Verdict.UNKNOWN, reasons=(reason("current.unknown"),)),
        GateResult(gate=Gate.SHIP, verdict=Verdict.UNKNOWN, reasons=(ship,)),
    )
    told = {"verdict": Verdict.UNKNOWN, "gates": gates}
    nowhere = RESPONSE.options[0].model_copy(update={**told, "mode": None})
    assert why_line(nowhere).startswith("ship: the ship that carries Bell")
    assert why_line(nowhere).endswith("also: current")
    assert why_line(RESPONSE.options[0].model_copy(update=told)).startswith("current: ")


def test_what_the_case_closes_and_what_nations_answered_stands_at_the_head_of_every_text() -> None:
    """A strait was closed by hand, another way came out of it, and nothing in the report said why."""
    answered = LandingClearance(nation="ES", refused=True)
    stated = case().model_copy(update={"closed_passages": ("gibraltar", "suez"), "clearances": (answered,)})
    text = " ".join(response_table(RESPONSE, stated).split())
    assert "Closed in this case: Strait of Gibraltar, Suez Canal" in text
    assert "Answers of nations in this case: ES: Landing refused yes" in text
    with speaking("fr"):
        assert "Fermés dans ce cas : Détroit de Gibraltar, " in " ".join(response_table(RESPONSE, stated).split())
    bare = response_table(RESPONSE, case())
    assert "in this case" not in bare


def test_the_report_tells_the_class_by_its_name() -> None:
    dissub = case().dissub.model_copy(update={"class_id": "tridente-209pn"})
    lines = heading_lines(RESPONSE, case().model_copy(update={"dissub": dissub}), load_registry())
    assert any("S-1 (NO, Tridente (Type 209PN))" in line for line in lines)


def test_answers_of_nations_are_told_in_the_language_with_names_in_the_place_of_ids() -> None:
    answered = LandingClearance(nation="ES", refused=True, fleets=("us-c5m",))
    stated = case().model_copy(update={"clearances": (answered,)})
    with speaking("ru"):
        (line,) = premise_lines(stated, {"us-c5m": "USAF C-5M, Travis"})
    assert line == "Ответы стран в этом случае: ES: Парки самолётов USAF C-5M, Travis, В посадке отказано да"
