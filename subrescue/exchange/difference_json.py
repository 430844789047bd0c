"""Writes a difference as JSON for other programs, in the shape of `difference_format`."""

from __future__ import annotations

from typing import Any

from subrescue.domain.case import Case
from subrescue.domain.difference import Difference, OptionDifference
from subrescue.domain.instants import hours_between
from subrescue.domain.response import Option, Response
from subrescue.exchange import difference_format as out
from subrescue.exchange import response_format as shapes
from subrescue.exchange.json_text import json_text
from subrescue.exchange.numbers import tenth
from subrescue.exchange.response_json import banner, order_out, response_file, sent_out


def difference_to_dict(found: Difference, cases: tuple[Case, Case]) -> dict[str, Any]:
    """The difference as plain data, as `resources/schemas/difference.schema.json` describes it; both cases, in order.

    The options of one response that were compared stand on the two sides like those of two responses.
    """
    sides = response_file(found.before, cases[0]), response_file(found.after, cases[1])
    written = out.DifferenceOut(
        banner=banner(cases[1]),
        before=sides[0].case,
        after=sides[1].case,
        alert_later_h=round(hours_between(cases[0].alert, cases[1].alert), 1),
        what_if=found.what_if.lines if found.what_if is not None else (),
        survival_before=sides[0].survival,
        survival_after=sides[1].survival,
        findings_new=tuple(shape for shape in sides[1].findings if shape not in sides[0].findings),
        findings_gone=tuple(shape for shape in sides[0].findings if shape not in sides[1].findings),
        together=tuple(
            out.SentDifferenceOut(
                before=None if one.before is None else sent_out(one.before),
                after=None if one.after is None else sent_out(one.after),
            )
            for one in found.together
        ),
        orders=tuple(
            out.OrderDifferenceOut(
                before=None if one.before is None else order_out(one.before),
                after=None if one.after is None else order_out(one.after),
            )
            for one in found.orders
        ),
        options=tuple(_option(option, found, sides) for option in found.options),
    )
    data: dict[str, Any] = written.model_dump(mode="json", by_alias=True)
    return data


def difference_to_json(found: Difference, cases: tuple[Case, Case]) -> str:
    """The difference as JSON text."""
    return json_text(difference_to_dict(found, cases))


def _option(
    one: OptionDifference, found: Difference, sides: tuple[shapes.ResponseOut, shapes.ResponseOut]
) -> out.OptionDifferenceOut:
    before, after = _written(one.before, found.before, sides[0]), _written(one.after, found.after, sides[1])
    gates_before = {} if before is None else {gate.gate: gate for gate in before.gates}
    gates_after = {} if after is None else {gate.gate: gate for gate in after.gates}
    phases = []
    for pair in one.phases:
        # A phase stands in the written option where it stands in the option.
        was = before.phases[_place(one.before, pair.before)] if before is not None and pair.before is not None else None
        now = after.phases[_place(one.after, pair.after)] if after is not None and pair.after is not None else None
        phases.append(
            out.PhaseDifferenceOut(
                phase=pair.phase,
                number=pair.number,
                before=was,
                after=now,
                longer_h=round(pair.longer_h, 1),
                later_h=tenth(pair.later_h),
            )
        )
    return out.OptionDifferenceOut(
        before=_side(before),
        after=_side(after),
        changed=one.changed,
        first_later_h=tenth(one.first_later_h),
        gates=tuple(
            out.GateDifferenceOut(gate=g.gate, before=gates_before.get(g.gate), after=gates_after.get(g.gate))
            for g in one.gates
        ),
        phases=tuple(phases),
    )


def _written(option: Option | None, response: Response, side: shapes.ResponseOut) -> shapes.OptionOut | None:
    return None if option is None else side.options[response.options.index(option)]


def _place(option: Option | None, span: object) -> int:
    assert option is not None
    return next(place for place, one in enumerate(option.phases) if one is span or one == span)


def _side(option: shapes.OptionOut | None) -> out.SideOut | None:
    if option is None:
        return None
    return out.SideOut(**{name: getattr(option, name) for name in out.SideOut.model_fields})
