"""How the nations of a helper and of the DISSUB stand over submarine rescue: by it an offer is accepted sooner."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from subrescue.domain.agreements import Agreement, AgreementState
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.planning.doubt.durations import Rare
from subrescue.planning.geography.no_landing import estranged
from subrescue.planning.geography.stances import at_odds_with


class Relation(StrEnum):
    """What is known at the alert: an agreement in force, one that has been suspended, none, or nations at odds."""

    AGREED = "agreed"
    SUSPENDED = "suspended"
    NONE = "none"
    AT_ODDS = "at_odds"


ACCEPT_KEYS = {
    Relation.AGREED: "alert.accept_agreed_h",
    Relation.SUSPENDED: "alert.accept_suspended_h",
    Relation.NONE: "alert.accept_h",
    Relation.AT_ODDS: "alert.accept_suspended_h",
}
"""The assumption that holds the hours until an offer is accepted."""


def put_off(stands: Relation, numbers: Assumptions) -> Rare | None:
    """That an owner puts off all help of those without an agreement, the same for all who offer; None with one."""
    if stands is not Relation.NONE:
        return None
    return Rare(numbers["alert.put_off_chance"].mode, numbers["alert.put_off_h"], "put_off")


def relation(
    agreements: Iterable[Agreement], case: Case, nations: tuple[str, ...]
) -> tuple[Relation, Agreement | None]:
    """The relation at the alert, and the agreement that makes it; `agreements` bind both nations, the newest first.

    One that is in force counts before one that rests; one that ended for good counts as none. Where all `nations` of a
    helper are at odds with the owner, it is accepted as slowly as one whose agreement rests; so is help between Russia
    and nations that it lists as unfriendly, though no agreement bound them.
    """
    known = [found for found in agreements if has_come(found.signed, case)]
    for found in known:
        if found.state is AgreementState.IN_FORCE or not has_come(found.ended, case):
            return Relation.AGREED, found
    for found in known:
        if found.state is AgreementState.SUSPENDED and found.ended is not None:
            return Relation.SUSPENDED, found
    if nations and at_odds_with(case.dissub.nation, case.alert).issuperset(nations):
        return Relation.AT_ODDS, None
    return Relation.SUSPENDED if estranged(nations, case) else Relation.NONE, None


def has_come(day: str | None, case: Case) -> bool:
    """Whether this day, `2014` or `2014-04` or `2014-04-01`, has come by the alert; one that is not known has."""
    return day is None or case.alert.isoformat()[: len(day)] >= day
