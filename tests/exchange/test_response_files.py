"""The response as JSON, CSV and table: the stated shape, safe in a spreadsheet, never finer than known."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from subrescue.domain.case import CaseKind
from subrescue.domain.errors import Problem
from subrescue.domain.evidence import Confidence, Evidence
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Response, SurvivalWindow, Verdict
from subrescue.exchange.response_csv import HEADER, response_to_csv
from subrescue.exchange.response_geojson import response_to_features
from subrescue.exchange.response_json import response_to_dict, response_to_json
from subrescue.exchange.response_table import response_table
from subrescue.exchange.terminal import Screen
from subrescue.store.paths import resources_dir
from tests.exchange import samples


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((resources_dir() / "schemas" / "response.schema.json").read_text(encoding="utf-8"))


def test_the_response_holds_to_its_schema(schema: Any) -> None:
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    checker.check_schema(schema)
    checker.validate(json.loads(response_to_json(samples.RESPONSE, samples.case())))
    nothing = Response(case_id="drill-1", survival=SurvivalWindow(limiting="surfaced"))
    checker.validate(response_to_dict(nothing, samples.case(CaseKind.REAL)))


def test_the_schema_refuses_what_is_no_response(schema: Any) -> None:
    data = response_to_dict(samples.RESPONSE, samples.case())
    for spoil in ({"banner": "DRILL"}, {"options": [{}]}, {"survival": None}, {"extra": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, **spoil}, schema)


def test_json_has_the_fields_that_other_programs_rely_on() -> None:
    data = response_to_dict(samples.RESPONSE, samples.case())
    assert data["banner"] == "EXERCISE"
    assert data["case"]["alert"] == "2026-03-01T09:00:00Z"
    assert data["survival"]["p50_h"] == 61.3
    first, second = data["options"]
    assert first["gates"][1] == {
        "gate": "permission",
        "verdict": "amber",
        "reason": "not asked yet",
        "reasons": [{"id": "permission.not_asked", "text": "not asked yet", "values": {}, "remedy": None}],
    }
    assert first["phases"][1]["from"]["code"] == "EGPK"
    assert first["phases"][1]["to"]["name"] == "Bergen Flesland"
    assert first["phases"][1]["start_h"] == {"p10": 18.0, "p50": 20.0, "p90": 24.0}
    assert first["via"]["ship"] == "Olympic Zeus"
    assert first["airlift"]["sorties"] == 5
    assert first["time_to_first_rescue_h"]["p50"] == 52.5
    assert first["limiting_factor"] == "not asked yet"
    assert first["limiting_factor_id"] == "permission.not_asked"
    assert first["critical_path"] == ["alert", "flight"]
    assert second["time_to_first_rescue_h"] is None
    assert second["mode"] is None
    assert second["gates"][0]["reason"] == "DISSUB at 120 m, limit 90 m; would reach a DISSUB above 90 m"


def test_csv_has_one_row_an_option_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(response_to_csv(samples.RESPONSE, samples.case()))))
    assert tuple(rows[0]) == HEADER
    assert all(len(row) == len(HEADER) for row in rows)
    first, second = (dict(zip(HEADER, row, strict=True)) for row in rows[1:])
    assert first["banner"] == "EXERCISE"
    assert first["time_to_first_rescue_p50_h"] == "52.5"
    assert first["apoe"] == "EGPK Prestwick"
    assert second["name"] == "'=Bell"
    assert second["time_to_first_rescue_p50_h"] == ""
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_what_is_doubtful_in_the_case_and_the_weakest_fact_are_told_to_programs(schema: Any) -> None:
    said = Evidence(source="S15", confidence=Confidence.LOW)
    option = samples.FLY.model_copy(update={"weakest_fact": "max_depth_m", "weakest_evidence": said})
    response = samples.RESPONSE.model_copy(update={"options": (option, samples.TOO_DEEP)})
    doubts = [Problem("dissub.depth_m", "900 m", "the chart has 255 m", warning=True)]
    data = json.loads(response_to_json(response, samples.case(), doubts))
    jsonschema.validate(data, schema)
    assert data["doubts"] == [{"field": "dissub.depth_m", "found": "900 m", "allowed": "the chart has 255 m"}]
    told = [(one["weakest_fact"], one["weakest_confidence"], one["weakest_source"]) for one in data["options"]]
    assert told == [("max_depth_m", "low", "S15"), (None, None, None)]
    first, second = csv.DictReader(io.StringIO(response_to_csv(response, samples.case(), doubts)))
    assert (first["weakest_fact"], first["weakest_confidence"], first["weakest_source"]) == told[0]
    assert second["weakest_source"] == ""
    assert {row["case_doubts"] for row in (first, second)} == {"dissub.depth_m: found 900 m; the chart has 255 m"}
    assert response_to_features(response, samples.case(), doubts)["doubts"] == data["doubts"]


@pytest.mark.parametrize("width", [100, 120, 140])
def test_the_table_tells_everything_without_colour(width: int) -> None:
    text = response_table(samples.RESPONSE, samples.case(), Screen(width=width))
    lines = text.splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0].startswith(" EXERCISE ")
    assert "2026-03-01 09:00Z" in lines[0]
    assert "\x1b" not in text
    assert "Survival: median 61 h (P10 48 h, P90 76 h), limited by carbon dioxide" in text
    assert text.index("Survival") < text.index("NSRS")
    assert "◆ doubt" in text
    assert "■ no-go" in text
    assert text.index("NSRS") < text.index("=Bell")
    assert "52.5" not in text  # hours above ten are whole


def test_what_no_way_is_known_of_stands_apart_from_what_may_come() -> None:
    nowhere = samples.TOO_DEEP.model_copy(update={"asset_id": "yy", "name": "Lost bell", "verdict": Verdict.UNKNOWN})
    response = samples.RESPONSE.model_copy(update={"options": (samples.FLY, nowhere, samples.TOO_DEEP)})
    assert [option.may_come for option in response.options] == [True, False, False]
    text = response_table(response, samples.case(), Screen(width=140))
    apart, cannot = text.index("No way is known (1)"), text.index("Cannot as things stand (1)")
    assert text.index("NSRS") < apart < text.index("Lost bell") < cannot < text.index("=Bell")


def test_what_comes_far_too_late_stands_in_a_line_and_what_a_change_would_help_in_a_row() -> None:
    why = reason("time.too_late", chance=0.0, hours=400.0)
    late = GateResult(gate=Gate.TIME, verdict=Verdict.RED, reasons=(why,))
    too_late = samples.FLY.model_copy(update={"name": "Far bell", "verdict": Verdict.RED, "gates": (late,)})
    response = samples.RESPONSE.model_copy(update={"options": (too_late, samples.TOO_DEEP)})
    text = response_table(response, samples.case(), Screen(width=140))
    row, line = text.index("Cannot as things stand (1)"), text.index("bring them in time (1)")
    assert line < text.index("1 Far bell [GB") < row < text.index("=Bell")
    assert "400 h" not in text


def test_tables_stand_in_the_order_of_the_ranks() -> None:
    """Far too late, a little too late, no way known, cannot: what can be ordered now goes before what is asked."""
    hours = [
        GateResult.of(Gate.TIME, Verdict.RED, reason(why, chance=chance, hours=400.0))
        for why, chance in (("time.too_late", 0.0), ("time.in_time", 0.02))
    ]
    far, near = (
        samples.FLY.model_copy(update={"name": name, "verdict": Verdict.RED, "gates": (gate,)})
        for name, gate in zip(("Far bell", "Near bell"), hours, strict=True)
    )
    lost = samples.TOO_DEEP.model_copy(update={"name": "Lost bell", "verdict": Verdict.UNKNOWN})
    response = samples.RESPONSE.model_copy(update={"options": (far, near, lost, samples.TOO_DEEP)})
    text = response_table(response, samples.case(), Screen(width=140))
    places = [text.index(name) for name in ("Far bell", "Near bell", "No way is known (1)", "Lost bell", "=Bell")]
    assert places == sorted(places)


def test_colour_is_there_where_it_is_wanted_and_signs_only_where_they_can_be_shown() -> None:
    assert "\x1b[" in response_table(samples.RESPONSE, samples.case(), Screen(width=120, colour=True))
    plain = response_table(samples.RESPONSE, samples.case(), Screen(width=120, unicode=False))
    assert plain.isascii()
    assert "+ doubt" in plain


def test_a_real_case_never_says_exercise() -> None:
    real = samples.case(CaseKind.REAL)
    for text in (
        response_table(samples.RESPONSE, real),
        response_to_csv(samples.RESPONSE, real),
        response_to_json(samples.RESPONSE, real),
    ):
        assert "REAL" in text
        assert "EXERCISE" not in text


def test_no_options_and_no_window_are_said_in_words() -> None:
    nothing = Response(case_id="drill-1", survival=SurvivalWindow(limiting="surfaced"))
    text = response_table(nothing, samples.case())
    assert "Survival: no window (on the surface)" in text
    assert "No asset in the registry." in text
    found = nothing.model_copy(update={"findings": (reason("finding.surfaced"),)})
    assert "No asset in the registry." not in response_table(found, samples.case())
