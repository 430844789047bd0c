"""Where the help of each nation stands: words for the state of an offer, and the offers of a case with one changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from subrescue.desktop.parts.words import later, tr
from subrescue.domain.case import Offer, OfferState

STATE_WORDS: dict[OfferState, str] = {
    OfferState.NOT_ASKED: later("not asked"),
    OfferState.ASKED: later("asked"),
    OfferState.OFFERED: later("offered"),
    OfferState.ACCEPTED: later("accepted"),
    OfferState.DECLINED: later("declined"),
    OfferState.STOOD_DOWN: later("stood down"),
}
"""The states in the order in which they are usually reached."""


def offer_of(offers: Iterable[Offer], asset_id: str) -> Offer | None:
    """What a case knows of the offer of an asset; None where nothing."""
    return next((offer for offer in offers if offer.asset == asset_id), None)


def offer_line(offer: Offer | None) -> str:
    """The state of an offer in a few words: told to go goes before all else; nothing where nobody has asked."""
    if offer is None:
        return ""
    if offer.state not in (OfferState.DECLINED, OfferState.STOOD_DOWN) and offer.told_to_go is not None:
        return tr("told to go")
    return "" if offer.state is OfferState.NOT_ASKED else tr(STATE_WORDS[offer.state])


def with_offer(offers: Iterable[Offer], asset_id: str, **changes: Any) -> list[dict[str, Any]]:
    """The tables of all offers with fields of one asset's changed; None makes a field unknown.

    Whatever else is known of that offer (ship, notice, field) stays; an offer that says nothing more is left out.
    """
    known = tuple(offers)
    tables = [offer.model_dump(exclude_none=True) for offer in known]
    place = next((place for place, offer in enumerate(known) if offer.asset == asset_id), None)
    if place is None:
        place = len(tables)
        tables.append({"asset": asset_id})
    own = {name: value for name, value in (tables[place] | changes).items() if value is not None}
    if set(own) <= {"asset", "state"} and own.get("state", OfferState.NOT_ASKED) == OfferState.NOT_ASKED:
        del tables[place]
    else:
        tables[place] = own
    return tables
