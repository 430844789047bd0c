"""What a nation says of others' ships in its straits, ice and ports: refused, after hours, led or escorted."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from subrescue.domain.assets import Ship
from subrescue.domain.base import Model, fact
from subrescue.domain.holding import holds_from, holds_until, in_order
from subrescue.domain.instants import UtcInstant
from subrescue.domain.quantities import Hours, Pert

Nation = Annotated[str, Field(pattern="^[A-Z]{2}$")]
"""ISO 3166 code of a nation, two letters."""


def _in_ice(value: Pert) -> Pert:
    if value.min <= 0 or value.max > 30:
        found = f"{value.min:g}" if value.min == value.max else f"{value.min:g} to {value.max:g}"
        raise ValueError(f"found {found}; allowed is above 0, at most 30 kn")
    return value


class SeaClearance(Model):
    """Whether, how soon and behind whom a nation lets ships of others through its straits or ice or into its ports."""

    nation: str = Field(
        title="Nation", description="Whose straits, or whose icebreaker, two letters", pattern="^[A-Z]{2}$"
    )
    passages: tuple[str, ...] = fact(
        "Passages",
        "Ids of canals and straits that it is about; empty for all that the nation controls, of an icebreaker those "
        "that ice closes",
        default=(),
    )
    ships_of: tuple[Nation, ...] = fact("Ships of", "Nations whose ships it is about; empty for all", default=())
    but_of: tuple[Nation, ...] = fact("But not of", "Nations whose ships it is not about", default=())
    ships: tuple[str, ...] = fact("Ships", "Ids of ships that it is about; empty for all", default=())
    calls: bool | None = fact(
        "Calls at ports", "It is about calls at the nation's ports, to be fitted out or to take stores, not passages"
    )
    ports: tuple[str, ...] = fact(
        "Ports", "Names or ids of the ports that it is about, of calls; empty for all of the nation", default=()
    )
    warships: bool | None = fact("Warships only", "It is about warships and naval auxiliaries alone")
    refused: bool | None = fact("Refused", "They may not pass")
    lead_h: Hours | None = fact("Lead time", "Hours from the order until they may enter, [min, mode, max]")
    icebreaker: bool | None = fact("Icebreaker", "An icebreaker leads them through ice that closes a passage")
    ice_speed_kn: Annotated[Pert, AfterValidator(_in_ice)] | None = Field(
        default=None,
        title="Speed in ice",
        description="Knots behind that icebreaker, [min, mode, max]",
        json_schema_extra={"unit": "kn"},
    )
    escort: bool | None = fact("Escort", "They may pass with a vessel or a pilot of the nation, and not without")
    holds_from: UtcInstant | None = holds_from()
    holds_until: UtcInstant | None = holds_until()
    source: str | None = fact("Source", "Id of a source, or who says so")
    note: str | None = fact("Note", "Anything else")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.holds_from, self.holds_until, "holds_until")
        return self

    def is_about(self, ship: Ship | None) -> bool | None:
        """Whether it is about a ship; None where nobody knows, as of whether she counts as a warship.

        A nation's own ships need no leave of it. `ship` is None for a vessel to be chartered, of a flag not known.
        """
        if ship is None:
            return False if self.warships or self.ships else (None if self.ships_of or self.but_of else True)
        flags = set(ship.nations)
        if self.nation in flags or flags & set(self.but_of) or (self.ships and ship.id not in self.ships):
            return False
        if self.ships_of and not flags & set(self.ships_of):
            return False
        if not self.warships:
            return True
        return False if ship.civilian else ship.warship

    @property
    def narrowness(self) -> tuple[bool, bool, bool]:
        """Of two that are about a call the one that names ports counts, then ships, then nations."""
        return bool(self.ports), bool(self.ships), bool(self.ships_of or self.but_of or self.warships)

    @property
    def lets_through(self) -> bool:
        """Whether it says that they may pass, at once or later."""
        return not self.refused and (
            self.refused is False or self.lead_h is not None or bool(self.icebreaker) or bool(self.escort)
        )

    @property
    def limits(self) -> bool:
        """Whether it keeps ships out or has them wait."""
        return bool(self.refused) or self.lead_h is not None or bool(self.escort)
