"""The answer while something is dragged or slid: the best way of every asset, and the line of the one that is drawn.

Its times are those of a full answer with as many draws. What nobody looks at meanwhile comes with the full answer:
the other ways of each asset, and the lines of the options that are not chosen. The options at hand, whose rows stand on
the screen, come first: the table follows the hand, and the others are marked until they are there too. Before any
of them is worked out their hours are estimated by how much longer or shorter the passage has become, and marked too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from subrescue.desktop.case.derived import first_that_can, moved, planned_part
from subrescue.domain.case import Case, Plight
from subrescue.domain.response import Option, Response

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.earth.world import World


@dataclass(frozen=True)
class AtHand:
    """The assets whose options come first, and the response that the others are taken from until they come.

    case: the last one that some of its options answer; drawn: the asset whose way stands on the map.
    """

    assets: tuple[str, ...]
    before: Response
    case: Case
    drawn: str | None = None


@dataclass(frozen=True)
class Sketch:
    """A response of which some options still are those of an earlier case: the ids of their assets.

    estimated: those of them whose hours are estimates for the new case. is_overtaken: an estimate for a later case has
    been told of meanwhile.
    """

    response: Response
    behind: frozenset[str]
    estimated: frozenset[str] = frozenset()
    is_overtaken: bool = False


def plan_in_brief(case: Case, resources: Resources, samples: int, chosen: str | None) -> Response:
    """The response in brief, with the line of the chosen option; of the one shown first where it is not there."""
    from subrescue.planning.answer.respond import plan
    from subrescue.store.checks import check_case, refuse

    world = resources.world
    assert world is not None  # load_resources always gives one
    refuse(check_case(case, resources.registry, world, resources.assumptions))
    found = plan(case, resources.registry, resources.assumptions, world, samples=samples, paths=False, brief=True)
    return _with_line(found, case, world, chosen)


def estimate_at_hand(case: Case, resources: Resources, at_hand: AtHand) -> Sketch | None:
    """The options at hand with hours that are estimated from how much farther or nearer the datum lies; all are behind.

    None where the case differs in more than the place, or nothing can be estimated.
    """
    from subrescue.planning.basis.sea_rules import closed_ways
    from subrescue.planning.questions.near_move import moved_options

    datum, world, before = case.dissub.fix.position, resources.world, at_hand.before
    if world is None or planned_part(moved(at_hand.case, datum)) != planned_part(case):
        return None
    options = [option for option in before.options if option.asset_id in at_hand.assets]
    # Of the place before: the ways from there are known.
    found = moved_options(options, datum, world, closed_ways(at_hand.case, world), at_hand.drawn)
    if not found:
        return None
    now = tuple(found.get(option.asset_id, option) for option in before.options)
    behind = frozenset(option.asset_id for option in before.options)
    return Sketch(before.model_copy(update={"options": now}), behind, frozenset(found))


def plan_at_hand(case: Case, resources: Resources, samples: int, chosen: str | None, at_hand: AtHand) -> Sketch | None:
    """The options at hand in brief, with the others as they were before; None where that is no answer to the case."""
    from subrescue.planning.answer.respond import plan_some
    from subrescue.planning.basis.moving_assets import moving_assets_of
    from subrescue.store.checks import check_case, refuse

    world, registry = resources.world, resources.registry
    assert world is not None  # load_resources always gives one
    refuse(check_case(case, registry, world, resources.assumptions))
    assets = {asset.id for asset in moving_assets_of(registry.of_the_day(case), case)}
    before = at_hand.before
    if case.dissub.plight is Plight.SURFACED or assets != {option.asset_id for option in before.options}:
        return None
    found = plan_some(at_hand.assets, before, case, registry, resources.assumptions, world, samples=samples)
    return Sketch(_with_line(found, case, world, chosen, at_hand.assets), frozenset(assets - set(at_hand.assets)))


def _with_line(
    found: Response, case: Case, world: World, chosen: str | None, among: tuple[str, ...] | None = None
) -> Response:
    from subrescue.planning.answer.paths import with_paths
    from subrescue.planning.basis.giving_up import go_on
    from subrescue.planning.basis.sea_rules import closed_ways

    go_on()
    there = {option.asset_id for option in found.options}
    drawn = chosen if chosen in there else first_that_can(found)
    closed = closed_ways(case, world)

    def line(option: Option) -> Option:
        is_drawn = option.asset_id == drawn and (among is None or drawn in among)
        return with_paths(option, world, closed) if is_drawn else option

    return found.model_copy(update={"options": tuple(line(option) for option in found.options)})
