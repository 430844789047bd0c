"""What a response does not know and would matter: of the DISSUB and the sea around it, and of each asset."""

from __future__ import annotations

from collections.abc import Iterator

from subrescue.domain.response import Option, Response
from subrescue.exchange.wording import say

_OF_THE_DISSUB = (".dissub_unknown", "capacity.people_unknown", "current.unknown", "sea.unknown", "visibility.unknown")
"""Ends of ids of reasons of a gate that speak of the DISSUB and the sea at its seat, not of one asset."""

_OF_SURVIVAL = "unknown"
"""Reasons of survival and escape speak of the DISSUB; this word in an id tells of a fact that is missing."""


def of_the_dissub(response: Response) -> list[str]:
    """What survival, escape and the gates of any asset miss of the DISSUB, each once."""
    about = [why for why in response.survival.reasons if _OF_SURVIVAL in why.id]
    if response.escape is not None:
        about += [why for why in response.escape.reasons if _OF_SURVIVAL in why.id]
    about += [why for option in response.options for why in option.unknowns if why.id.endswith(_OF_THE_DISSUB)]
    return list(dict.fromkeys(map(say, about)))


def of_assets(response: Response) -> Iterator[tuple[Option, list[str]]]:
    """Each asset of which something is unknown, as ranked, with what it is."""
    for option in response.options:
        own = dict.fromkeys(say(why) for why in option.unknowns if not why.id.endswith(_OF_THE_DISSUB))
        if own:
            yield option, list(own)
