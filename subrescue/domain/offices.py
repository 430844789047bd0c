"""Which office speaks for nations on a submarine rescue."""

from __future__ import annotations

from collections.abc import Iterable

from subrescue.domain.registry import Registry

_ASKED = ("submarine_authority", "rescue_force", "liaison_office", "rescue_coordination_centre")
"""Whose business an asset's facts are, first to last."""


def office_of(registry: Registry, nations: Iterable[str]) -> str:
    """The office to ask for what these nations declare; the nations' codes where no office is known."""
    codes = tuple(nations)
    offices = [
        contact
        for code in codes
        for contact in registry.contacts_of(code)
        if contact.nations and contact.role.value in _ASKED
    ]
    best = min(offices, key=lambda office: _ASKED.index(office.role.value), default=None)
    return best.name if best is not None else " ".join(codes)
