"""Who is to be asked for a fact of a DISSUB that nobody else knows."""

from __future__ import annotations

from subrescue.domain.case import Dissub
from subrescue.domain.reasons import Reason, reason


def ask_owner(dissub: Dissub, fact: str) -> Reason:
    """Ask the nation of a DISSUB for a fact of its class, or its owner where nobody knows whose it is."""
    if dissub.nation is None:
        return reason("ask.ship", ship=dissub.name, fact=fact)
    return reason("ask.nation", nation=dissub.nation, fact=fact)
