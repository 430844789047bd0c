"""Whether a ship is there to be sent: offered, in service, and at a speed that somebody knows."""

from __future__ import annotations

from subrescue.domain.assets import AssetStatus, Ship
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.basis.situation import Situation


def state_doubt(ship: Ship, sit: Situation, *, told: bool = False) -> GateResult | None:
    """The ship gate of a ship that cannot go or may not; None where nothing stands against her.

    Who was told to go has a ship in service: `told` says so of what she brings, her own offer of herself.
    """
    offer = sit.offers.get(ship.id)
    if offer is not None and offer.state.is_refused:
        return GateResult.of(Gate.SHIP, Verdict.RED, reason("ship.not_offered", ship=ship.name))
    if told or (offer is not None and offer.told_to_go is not None):
        return None
    match ship.status:
        case AssetStatus.WITHDRAWN:
            return GateResult.of(Gate.SHIP, Verdict.RED, reason("ship.withdrawn", ship=ship.name))
        case AssetStatus.BUILDING:
            return GateResult.of(Gate.SHIP, Verdict.RED, reason("ship.building", ship=ship.name))
        case AssetStatus.UNKNOWN:
            why = reason("ship.state_unknown", ship=ship.name, nation=ship.nations[0])
            return GateResult.of(Gate.SHIP, Verdict.UNKNOWN, why)
        case _:
            if sit.ship_speed_kn(ship)[1]:
                return None
            why = reason("ship.speed_unknown", ship=ship.name, nation=ship.nations[0])
            return GateResult.of(Gate.SHIP, Verdict.AMBER, why)
