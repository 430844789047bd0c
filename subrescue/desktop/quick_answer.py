"""The answer while something is dragged or slid: the best way of every asset, and the line of the one that is drawn.

Its times are those of a full answer with as many draws. What nobody looks at meanwhile comes with the full answer:
the other ways of each asset, and the lines of the options that are not chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from subrescue.domain.case import Case
from subrescue.domain.response import Response

if TYPE_CHECKING:
    from subrescue.desktop.plan_service import Resources


def plan_in_brief(case: Case, resources: Resources, samples: int, chosen: str | None) -> Response:
    """The response in brief, with the line of the chosen option; of the one shown first where it is not there."""
    from subrescue.desktop.desk import first_that_can  # late: the desk uses this
    from subrescue.planning.paths import with_paths
    from subrescue.planning.respond import plan
    from subrescue.store.checks import check_case, refuse

    world = resources.world
    assert world is not None  # load_resources always gives one
    refuse(check_case(case, resources.registry, world, resources.assumptions))
    found = plan(case, resources.registry, resources.assumptions, world, samples=samples, paths=False, brief=True)
    there = {option.asset_id for option in found.options}
    drawn = chosen if chosen in there else first_that_can(found)
    closed = frozenset(case.closed_passages)
    options = (with_paths(one, world, closed) if one.asset_id == drawn else one for one in found.options)
    return found.model_copy(update={"options": tuple(options)})
