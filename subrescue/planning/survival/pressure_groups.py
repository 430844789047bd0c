"""Who comes out of which pressure: the people of each compartment, in the order in which dives take them."""

from __future__ import annotations

import numpy as np

from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.chamber_queue import Group
from subrescue.planning.dives.decompression import decompression_at
from subrescue.planning.dives.lives import Lives
from subrescue.planning.survival.survival import compartments


def groups_of(
    case: Case, submarine_class: SubmarineClass | None, people: int, lives: Lives | None, assumptions: Assumptions
) -> tuple[Group, ...]:
    """The people by compartment, in the order in which dives take them: least time left by the median, first.

    A compartment whose pressure is not known counts as the highest that is; where none is known nobody is told to need
    a chamber. Without times of each compartment they come in the order of the case.
    """
    spaces = compartments(case, submarine_class)
    known = [space.pressure_bar for space in spaces if space.pressure_bar is not None]
    highest = max(known, default=None)
    if lives is None or len(lives.people) != len(spaces):
        lives = Lives(np.zeros((len(spaces), 1)), tuple(space.people for space in spaces))
    counts = lives.counted(people)
    order = np.argsort(lives.medians_h, kind="stable").tolist()
    found: list[Group] = []
    left = people
    for place in order:
        bar = spaces[place].pressure_bar
        taken = min(counts[place], left)
        left -= taken
        found.append(Group(taken, decompression_at(highest if bar is None else bar, assumptions)))
    return tuple(group for group in found if group.people)


def groups_for(people: int, lives: Lives | None, sit: Situation) -> tuple[Group, ...]:
    """The people by compartment: the same for every option of a plan."""
    return sit.once("groups", lives, lambda: groups_of(sit.case, sit.submarine_class, people, lives, sit.assumptions))
