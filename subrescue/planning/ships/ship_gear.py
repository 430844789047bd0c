"""What a ship has for the work itself: a crane that lifts the vehicle where it brings no gear, and a hull for ice."""

from __future__ import annotations

from subrescue.domain.assets import RescueSystem, Ship, System
from subrescue.domain.case import Case
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Verdict
from subrescue.planning.basis.ground import PACK_ICE_DEG, is_near_a_pole

NO_ICE_CLASS = "none"
"""How a registry writes that a ship is not built for ice."""


def heaviest_piece_t(system: System) -> float | None:
    """Mass in t of the heaviest piece of the shipment that is known; None where no mass of a piece is."""
    pieces = system.shipment.pieces if system.shipment is not None else ()
    return max((piece.mass_t for piece in pieces if piece.mass_t is not None), default=None)


def launch(system: RescueSystem, ship: Ship) -> tuple[Verdict, Reason]:
    """How the vehicle goes over the side: by gear that it brings, else by the crane or A-frame of the ship.

    Red where it brings none and the crane lifts less than the heaviest piece; unknown where a fact is missing.
    """
    need, have = heaviest_piece_t(system), ship.crane_t
    if system.own_launch_gear:
        return Verdict.GREEN, reason("ship.own_launch_gear", system=system.name)
    if have is None:
        return Verdict.UNKNOWN, reason("ship.crane_unknown", ship=ship.name)
    if need is None:
        return Verdict.UNKNOWN, reason("ship.piece_unknown", ship=ship.name, nation=system.nations[0])
    if have >= need:
        return Verdict.GREEN, reason("ship.crane_lifts", ship=ship.name, have=have, need=need)
    if system.own_launch_gear is None:
        return Verdict.UNKNOWN, reason(
            "ship.crane_doubt", ship=ship.name, have=have, need=need, nation=system.nations[0]
        )
    return Verdict.RED, reason("ship.crane_short", ship=ship.name, have=have, need=need)


def ice_doubt(ship: Ship | None, case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    """What ice at the datum says of a ship, None for one to be chartered; nothing where no ice is known.

    How thick the ice is nobody states: a ship without an ice class is doubted, not refused, as an icebreaker may lead.
    In the pack ice near the poles one has to, whatever her class, and without a class she is refused. Near the poles
    there is ice nearly always: where the case says nothing of it, it is not taken for none.
    """
    near_pole = is_near_a_pole(case)
    if near_pole and case.environment.ice is None:
        return Verdict.UNKNOWN, (reason("ship.ice_not_stated", latitude_deg=PACK_ICE_DEG),)
    if not case.environment.ice:
        return Verdict.GREEN, ()
    if near_pole:
        known, reasons = _in_ice(ship)
        bare = ship is not None and (ship.ice_class or "").strip().casefold() == NO_ICE_CLASS
        verdict = Verdict.RED if bare else Verdict.AMBER if known is Verdict.GREEN else known
        return verdict, (reason("ship.pack_ice", latitude_deg=PACK_ICE_DEG), *reasons)
    return _in_ice(ship)


def _in_ice(ship: Ship | None) -> tuple[Verdict, tuple[Reason, ...]]:
    if ship is None:
        return Verdict.AMBER, (reason("ship.charter_for_ice"),)
    if ship.ice_class is None:
        return Verdict.UNKNOWN, (reason("ship.ice_class_unknown", ship=ship.name),)
    if ship.ice_class.strip().casefold() == NO_ICE_CLASS:
        return Verdict.AMBER, (reason("ship.ice_class_none", ship=ship.name),)
    return Verdict.GREEN, (reason("ship.ice_class", ship=ship.name, ice_class=ship.ice_class),)
