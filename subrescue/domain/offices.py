"""Which office speaks for nations on a submarine rescue."""

from __future__ import annotations

from collections.abc import Iterable

from subrescue.domain.assets import AssetBase
from subrescue.domain.registry import Registry

_ASKED = ("submarine_authority", "rescue_force", "liaison_office", "rescue_coordination_centre")
"""Whose business an asset's facts are, first to last."""


def office_of(registry: Registry, nations: Iterable[str], asset: AssetBase | None = None) -> str:
    """The office to ask for what these nations declare; the nations' codes where no office is known.

    Where a nation has several for the same business, it is that where the asset is based, else the asset's operator.
    """
    codes = tuple(nations)
    offices = [
        (code, contact)
        for code in codes
        for contact in registry.contacts_of(code)
        if contact.nations and contact.role.value in _ASKED
    ]
    if not offices:
        return " ".join(codes)
    code, best = min(offices, key=lambda office: _ASKED.index(office[1].role.value))
    mine = [contact for nation, contact in offices if nation == code]
    alike = [contact for contact in mine if contact.role is best.role]
    if asset is None or len(alike) == 1:
        return best.name
    base, operator = asset.base.name if asset.base is not None else "", asset.operator or ""
    near = (contact for contact in alike if contact.place is not None and contact.place in base)
    return next(near, next((contact for contact in mine if contact.name in operator), best)).name
