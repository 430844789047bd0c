"""Writes a response as CSV: one row an option, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from subrescue.domain.airlift import Place
from subrescue.domain.case import Case
from subrescue.domain.errors import Problem
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, Response, Verdict
from subrescue.exchange.delimited import Cell, to_csv
from subrescue.exchange.numbers import tenth, thousandth
from subrescue.exchange.response_json import banner
from subrescue.exchange.wording import say, say_all

_BANDS = ("time_to_intervention", "time_to_first_rescue", "time_to_last_rescue")

HEADER = (
    "banner",
    "case",
    "alert_utc",
    "survival_p50_h",
    "rank",
    "verdict",
    "asset_id",
    "name",
    "nations",
    "kind",
    "mode",
    *(f"{name}_{point}_h" for name in _BANDS for point in ("p10", "p50", "p90")),
    "probability_in_time",
    "probability_all_in_time",
    "expected_rescued",
    "sea_nm",
    "apoe",
    "stops",
    "apod",
    "spod",
    "ship",
    "aircraft",
    "sorties",
    "limiting_factor",
    "why",
    "weakest_fact",
    "weakest_confidence",
    "weakest_source",
    "case_doubts",
)
"""New columns come at the end, so that who counts them finds the old ones."""


def response_to_csv(response: Response, case: Case, doubts: Iterable[Problem] = ()) -> str:
    """The response as CSV text, ranked as the response is. What is not known is an empty cell.

    `doubts` are what is doubtful in the case itself: each row has them, as each has the banner.
    """
    told = "; ".join(f"{doubt.field}: found {doubt.found}; {doubt.allowed}" for doubt in doubts) or None
    start: tuple[Cell, ...] = (
        banner(case),
        case.id,
        case.alert.strftime("%Y-%m-%dT%H:%M:%SZ"),
        tenth(response.survival.p50_h),
    )
    return to_csv(
        HEADER, [(*start, rank, *_row(option), told) for rank, option in enumerate(response.options, start=1)]
    )


def _row(option: Option) -> tuple[Cell, ...]:
    via, airlift = option.via, option.airlift
    doubts = [reason for gate in option.gates if gate.verdict is not Verdict.GREEN for reason in gate.reasons]
    return (
        option.verdict.value,
        option.asset_id,
        option.name,
        " ".join(option.nations),
        option.kind,
        option.mode.value if option.mode else None,
        *_band(option.time_to_intervention_h),
        *_band(option.time_to_first_rescue_h),
        *_band(option.time_to_last_rescue_h),
        thousandth(option.probability_in_time),
        thousandth(option.probability_all_in_time),
        tenth(option.expected_rescued),
        tenth(option.sea_nm),
        _name(via.apoe),
        " > ".join(_name(stop) or "" for stop in via.stops) or None,
        _name(via.apod),
        _name(via.spod),
        via.ship,
        airlift.aircraft if airlift else None,
        airlift.sorties if airlift else None,
        say(option.limiting_factor) if option.limiting_factor else None,
        say_all(doubts) or None,
        option.weakest_fact,
        option.weakest_evidence.confidence.value if option.weakest_evidence else None,
        option.weakest_evidence.source if option.weakest_evidence else None,
    )


def _band(band: Band | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if band is None else (tenth(band.p10), tenth(band.p50), tenth(band.p90))


def _name(place: Place | None) -> str | None:
    if place is None:
        return None
    return f"{place.code} {place.name}" if place.code and place.code != place.name else place.name
