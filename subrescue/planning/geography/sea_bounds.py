"""Whether a way by sea is too long at any rate, told by ways that the router knows already.

A datum that is dragged is a new place with every step, and to find all ways from there takes the router long. From an
earlier datum, with the same passages closed, it knows them: by the triangle they are longer or shorter by no more than
the way between the two. Where that does not decide, the other end does, which stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from subrescue.planning.geography.sea_miles import distance_between_nm

if TYPE_CHECKING:
    from subrescue.earth.world import World

_End = tuple[float, float]

# The ways of the router are not quite the shortest, and not quite as long there as back: by no more than these shares,
# of ways to two places by the triangle, and of one and the same way.
_BY_TRIANGLE, _BACK = 0.97, 0.999
# From so many other ends all ways are found once; each takes the router as long as those of a new datum.
_OTHERS = 4


@dataclass
class _Asked:
    """With some passages closed: the datum from which all ways were asked for last, and other ends that it took."""

    datum: _End | None = None
    others: set[_End] = field(default_factory=set)


_asked: WeakKeyDictionary[World, dict[frozenset[str], _Asked]] = WeakKeyDictionary()


def is_surely(too_long: Callable[[float], bool], world: World, ends: tuple[_End, _End], closed: frozenset[str]) -> bool:
    """Whether the way from a datum to another place, in degrees, is too long; False where it has to be asked for.

    `too_long` says it of miles. What is known here never changes an answer, only whether somebody has to look.
    """
    datum, other = ends
    asked = _asked.setdefault(world, {}).setdefault(closed, _Asked())
    if asked.datum is None or asked.datum == datum:
        asked.datum = datum
        return False
    apart_nm = distance_between_nm(world, asked.datum, datum, closed)
    far_nm = distance_between_nm(world, asked.datum, other, closed)
    if apart_nm < far_nm and too_long((far_nm - apart_nm) * _BY_TRIANGLE):
        return True
    if other in asked.others:
        return too_long(distance_between_nm(world, other, datum, closed) * _BACK)
    if len(asked.others) < _OTHERS:
        asked.others.add(other)
    asked.datum = datum
    return False
