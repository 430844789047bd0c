"""Writes an explanation as JSON for other programs, in the shape of `explanation_format`."""

from __future__ import annotations

from typing import Any

from subrescue.domain.case import Case
from subrescue.domain.explanation import AssumptionWeight, Explanation, PhaseWeight, UnknownWeight
from subrescue.domain.what_if import WhatIf
from subrescue.exchange import explanation_format as out
from subrescue.exchange.json_text import json_text
from subrescue.exchange.numbers import tenth, thousandth
from subrescue.exchange.response_json import banner, reason_file
from subrescue.exchange.scene_json import certain_band


def explanation_to_dict(found: Explanation, case: Case, what_if: WhatIf | None) -> dict[str, Any]:
    """The explanation as plain data, as `resources/schemas/explanation.schema.json` describes it."""
    limit = found.limiting_factor
    written = out.ExplanationOut(
        banner=banner(case),
        case_id=case.id,
        what_if=what_if.lines if what_if is not None else (),
        asset_id=found.asset_id,
        name=found.name,
        first_h=certain_band(found.first_h),
        chance=thousandth(found.chance),
        limiting_factor=reason_file(limit) if limit is not None else None,
        sentences=tuple(reason_file(why) for why in found.sentences),
        phases=tuple(_phase(one) for one in found.phases),
        assumptions=tuple(_assumption(one) for one in found.assumptions),
        unknowns=tuple(_unknown(one) for one in found.unknowns),
    )
    data: dict[str, Any] = written.model_dump(mode="json", by_alias=True)
    return data


def explanation_to_json(found: Explanation, case: Case, what_if: WhatIf | None) -> str:
    """The explanation as JSON text."""
    return json_text(explanation_to_dict(found, case, what_if))


def _phase(one: PhaseWeight) -> out.PhaseWeightOut:
    return out.PhaseWeightOut(
        phase=one.phase,
        number=one.number,
        length_h=certain_band(one.length_h),
        slack_h=round(one.slack_h, 1),
        critical_share=round(one.critical_share, 3),
        gain_h=round(one.gain_h, 2),
        doubt_h=round(one.doubt_h, 1),
    )


def _assumption(one: AssumptionWeight) -> out.AssumptionWeightOut:
    return out.AssumptionWeightOut(
        key=one.key,
        title=one.title,
        unit=one.unit,
        low=_figures(one.low),
        high=_figures(one.high),
        at_low_h=tenth(one.at_low_h),
        at_high_h=tenth(one.at_high_h),
        rate_h=_figures(one.rate_h) if one.rate_h is not None else None,
        chance_at_low=thousandth(one.chance_at_low),
        chance_at_high=thousandth(one.chance_at_high),
    )


def _figures(number: float) -> float:
    """Three figures: numbers of every size stand here."""
    return float(f"{number:.3g}")


def _unknown(one: UnknownWeight) -> out.UnknownWeightOut:
    return out.UnknownWeightOut(
        gate=one.gate,
        fact=reason_file(one.reason),
        forbids=one.forbids,
        verdict_if_good=one.verdict_if_good,
        hours=tenth(one.hours),
    )
