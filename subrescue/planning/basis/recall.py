"""A system leaves its store: how long after the order, and on how many lorries."""

from __future__ import annotations

from subrescue.domain.assets import InterventionKind, RescueSystem, Shipment, System
from subrescue.domain.quantities import Pert
from subrescue.planning.basis.situation import Situation


def recall_h(system: System, sit: Situation) -> tuple[Pert, str | None]:
    """Hours from the order until the system leaves its store, and the assumption behind it where it has none."""
    notice = sit.notice_h(system)
    if notice is not None:
        return notice
    if isinstance(system, RescueSystem):
        key = "recall.rescue_system_h"
    elif system.intervention_kind is InterventionKind.PARACHUTE_GROUP:
        key = "recall.parachute_group_h"
    else:
        key = "recall.intervention_h"
    return sit.assumptions[key], key


def lorries(shipment: Shipment | None) -> str | None:
    """The lorries of a road leg as its carrier; None where their number is not known."""
    return None if shipment is None or shipment.lorries is None else f"{shipment.lorries}"
