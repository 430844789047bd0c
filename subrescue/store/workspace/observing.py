"""Journals where ships were seen: as observations of their own, and no more of them than the rule lets through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pydantic import Field
from sqlalchemy import Connection

from subrescue.domain.base import Model
from subrescue.domain.change import EntryChange
from subrescue.domain.sighting import Sighting
from subrescue.earth.shape.geodesy import between_nm
from subrescue.store.workspace import entries
from subrescue.store.workspace.applying import apply, lock
from subrescue.store.workspace.command import Act, Applied, Stamp
from subrescue.store.workspace.fields import OBSERVED

SHIP = "ship"
_FIELD = OBSERVED[SHIP]


class KeepRule(Model):
    """When a ship that was seen again is journalled again: house limits, against a journal full of small steps.

    A ship under way at 15 kn is journalled every eight minutes so, one at anchor once an hour, and none, whatever its
    transponder sends, more than twelve times an hour.
    """

    moved_nm: float = Field(default=2.0, title="Moved", description="At least so far, NM", ge=0, le=1000)
    after_min: float = Field(default=60.0, title="After", description="Or so many minutes later", ge=0, le=100_000)
    least_min: float = Field(default=5.0, title="Not before", description="But not within so many minutes", ge=0, le=60)

    def keeps(self, new: Sighting, known: Sighting | None) -> bool:
        """Whether a sighting is worth a row of the journal after the one that is known."""
        if known is None:
            return True
        later = new.at - known.at
        if later < timedelta(minutes=self.least_min) or later <= timedelta(0):
            return False
        return later >= timedelta(minutes=self.after_min) or moved_nm(known, new) >= self.moved_nm


def moved_nm(one: Sighting, other: Sighting) -> float:
    """Geodesic distance between two sightings, NM."""
    return between_nm(one.position, other.position)


def observe(connection: Connection, stamp: Stamp, seen: Mapping[str, Sighting], rule: KeepRule) -> Applied:
    """Journal sightings of ships by id as one observation; returns what was kept of them.

    Held against what stands when it is this desk's turn to write: of two desks that hear the same transmitter one
    writes. Left out is what the rule does not keep, and a ship that there is not or that is retired.
    """
    lock(connection)
    stand = entries.standing(connection, [(SHIP, ship_id) for ship_id in seen])
    changes = []
    for (kind, ship_id), entry in stand.items():
        if entry is None:
            continue
        known = Sighting.model_validate(entry[_FIELD]) if entry.get(_FIELD) is not None else None
        if rule.keeps(seen[ship_id], known):
            after = {**entry, _FIELD: entries.dump(seen[ship_id])}
            changes.append(EntryChange(kind=kind, entry_id=ship_id, before=entry, after=after))
    return apply(connection, stamp, changes, act=Act.OBSERVATION)
