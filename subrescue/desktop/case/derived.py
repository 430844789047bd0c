"""What follows from a case or a response alone: the case elsewhere, what a plan feels of it, the option shown first."""

from __future__ import annotations

from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.response import Response, Verdict


def planned_part(case: Case) -> Case:
    """The case without what no plan feels: its log and the marks on the map."""
    return case.model_copy(update={"log": (), "annotations": (), "range_rings": ()})


def moved(case: Case, position: Position) -> Case:
    """The case with the DISSUB at another place."""
    fix = case.dissub.fix.model_copy(update={"position": position})
    return case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})})


def first_that_can(response: Response) -> str | None:
    """The option that is shown first: the best ranked that has a chain and is not forbidden, else the best ranked."""
    can = (o.asset_id for o in response.options if o.phases and o.verdict is not Verdict.RED)
    return next(can, response.options[0].asset_id if response.options else None)
