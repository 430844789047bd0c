"""Where survivors are treated stands in the table, in lines of words and in the JSON; unknown stays unknown."""

from __future__ import annotations

from datetime import UTC, datetime

import jsonschema

from subrescue.domain.registry import Registry
from subrescue.exchange.report import ReportWishes, report_of
from subrescue.exchange.response_json import response_to_dict
from subrescue.exchange.response_table import response_table
from subrescue.exchange.schemas import schemas
from subrescue.exchange.treatment_words import treatment_lines
from subrescue.store.assumptions import load_assumptions
from tests.exchange.samples import case
from tests.exchange.scene_samples import RESPONSE, TREATMENT


def test_a_line_each_with_the_ways_there_and_what_is_known() -> None:
    assert treatment_lines(TREATMENT) == [
        "11 come out of up to 2.1 bar and have to be decompressed, the longest about 14 h:"
        " nobody of them flies before that is over",
        "Treatment ashore, nearest units of the registry first:",
        "  Haukeland (NO), Bergen: 190 NM, by helicopter 1.4 (1.3-1.6) h, by sea on Belos 22 (20-26) h to Bergen quay;"
        " chamber places unknown, 900 beds",
        "  Chambers (GB), Devonport: 640 NM, out of a helicopter's reach, no way by sea known;"
        " its chamber places and beds are unknown; can be moved to a ship or port, 6 h after the order",
    ]


def test_a_vessel_to_be_chartered_has_no_name() -> None:
    assert "by sea 22 (20-26) h to Bergen quay" in treatment_lines(TREATMENT.model_copy(update={"ship": None}))[2]


def test_nothing_is_told_of_nothing() -> None:
    assert treatment_lines(None) == []
    assert "Treatment ashore" not in response_table(RESPONSE.model_copy(update={"treatment": None}), case())


def test_the_table_has_them() -> None:
    told = response_table(RESPONSE, case())
    assert "Treatment ashore, nearest units of the registry first:\n  Haukeland (NO), Bergen: 190 NM" in told


def test_the_paper_has_them_as_a_table_of_their_own_below_the_response() -> None:
    wishes = ReportWishes(as_of=datetime(2026, 11, 29, 12, tzinfo=UTC))
    report = report_of(RESPONSE, case(), Registry(), load_assumptions(), wishes)
    (table,) = (one for one in report.tables if one.title.startswith("Treatment ashore"))
    assert [row[0] for row in table.rows] == ["Haukeland (NO), Bergen", "Chambers (GB), Devonport"]
    assert not any("Haukeland" in line for line in report.lines)
    assert any("nobody of them flies" in line for line in report.lines)


def test_the_json_has_them_and_holds_to_its_schema() -> None:
    data = response_to_dict(RESPONSE, case())
    jsonschema.Draft202012Validator(schemas()["response.schema.json"]).validate(data)
    first, second = data["treatment"]["places"]
    assert (first["sea_nm"], first["chamber_places"], first["beds"]) == (231.3, None, 900)
    assert (second["flight_h"], second["port"], second["sea_h"]) == (None, None, None)
    assert second["reasons"][0]["text"] == "can be moved to a ship or port, 6 h after the order"
    assert (data["treatment"]["people"], data["treatment"]["pressed"]) == (26, 11)
