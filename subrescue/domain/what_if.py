"""A what-if: changes of a case as one frozen value with a text form, so that it can be kept, sent and read again."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from subrescue.domain.base import Model, fact
from subrescue.domain.instants import UtcInstant
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert


class SetField(Model):
    """A field of the case at another value, both as they are typed: `dissub.depth_m` and `300`; it may be `unknown`."""

    act: Literal["set"] = "set"
    key: str = fact("Field", "Dotted name: dissub.depth_m, offers.gb-nsrs.state", default=...)
    value: str = fact("Value", "As in a case file, or unknown", default=...)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"set {self.key}={self.value}"


class SetAssumption(Model):
    """A planning number at another value."""

    act: Literal["assume"] = "assume"
    key: str = fact("Assumption", "Key: ship.charter_h", default=...)
    value: Pert = fact("Value", "Smallest, most likely, largest", default=...)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"set {self.key}={pert_text(self.value)}"


class Without(Model):
    """An asset out: a vehicle, a ship, a fleet of aircraft."""

    act: Literal["without"] = "without"
    asset: str = fact("Asset", "Id of an asset", default=...)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"without {self.asset}"


class WithoutNation(Model):
    """All assets out that only this nation declares; what it declares with others stays."""

    act: Literal["without_nation"] = "without_nation"
    nation: str = Field(title="Nation", description="ISO 3166 code, two letters", pattern="^[A-Z]{2}$")

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"without {self.nation}"


class Passage(Model):
    """A canal or strait closed, or opened again."""

    act: Literal["passage"] = "passage"
    passage: str = fact("Passage", "Id: suez", default=...)
    closed: bool = fact("Closed", "May not be used", default=True)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"{'close' if self.closed else 'open'} {self.passage}"


class Airfield(Model):
    """An airfield closed, or opened again."""

    act: Literal["airfield"] = "airfield"
    icao: str = Field(title="Airfield", description="ICAO code", pattern="^[A-Z0-9-]{2,8}$")
    closed: bool = fact("Closed", "Cannot be used", default=True)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"{'close' if self.closed else 'open'} {self.icao}"


class Port(Model):
    """A port closed, or opened again."""

    act: Literal["port"] = "port"
    port: str = Field(title="Port", description="Id, or as the case names it", min_length=1)
    closed: bool = fact("Closed", "No ship is let in", default=True)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"{'close' if self.closed else 'open'} {self.port}"


class MoveShip(Model):
    """A ship somewhere else."""

    act: Literal["move"] = "move"
    ship: str = fact("Ship", "Id of a ship", default=...)
    position: Position = fact("Position", "Where it is", default=...)

    @property
    def text(self) -> str:
        """The change as a line."""
        lat, lon = (f"{Decimal(repr(part)):f}" for part in (self.position.lat_deg, self.position.lon_deg))
        return f"move {self.ship}={lat}, {lon}"


class Accept(Model):
    """An asset accepted and told to go, at an instant or so many hours after the alert of the case."""

    act: Literal["accept"] = "accept"
    asset: str = fact("Asset", "Id of an asset", default=...)
    when: UtcInstant | float = Field(
        title="When", description="An instant, or hours from the alert", union_mode="smart"
    )

    @property
    def text(self) -> str:
        """The change as a line."""
        when = instant_text(self.when) if isinstance(self.when, datetime) else f"{self.when!r}h"
        return f"accept {self.asset}={when}"


class AskAt(Model):
    """Help asked for at another time: orders that came later come then."""

    act: Literal["ask"] = "ask"
    at: UtcInstant = fact("Asked at", "The new alert of the case", default=...)

    @property
    def text(self) -> str:
        """The change as a line."""
        return f"ask {instant_text(self.at)}"


Change = Annotated[
    SetField | SetAssumption | Without | WithoutNation | Passage | Airfield | Port | MoveShip | Accept | AskAt,
    Field(discriminator="act"),
]


class WhatIf(Model):
    """Changes of a case, made in their order."""

    changes: tuple[Change, ...] = fact("Changes", "What differs from the case, in order", default=())

    @property
    def lines(self) -> tuple[str, ...]:
        """The text form, one change a line; `store.what_if.read_what_if` reads it back."""
        return tuple(change.text for change in self.changes)

    @property
    def text(self) -> str:
        """The text form in one line."""
        return "; ".join(self.lines)


def pert_text(value: Pert) -> str:
    """`12`, or `8/12/18` for smallest, most likely and largest."""
    if value.min == value.max:
        return _short(value.mode)
    return "/".join(_short(part) for part in (value.min, value.mode, value.max))


def instant_text(instant: datetime) -> str:
    """An instant as it is typed: `2026-11-23T14:07:31Z`."""
    return instant.isoformat().replace("+00:00", "Z")


def _short(number: float) -> str:
    return repr(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
