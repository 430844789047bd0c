"""How far an aircraft carries a load, how many sorties a shipment takes, what runway a take-off needs.

Formulas: load by volume (effective load factor), sorties = max(ceil(mass / load), outsize pieces).
"""

from __future__ import annotations

from math import ceil

import numpy as np

from subrescue.domain.assets import AircraftType, Shipment
from subrescue.domain.assets.aircraft import PayloadRange


def range_nm(curve: tuple[PayloadRange, ...], payload_t: float) -> float:
    """Still-air range with a payload in nm, along the published payload-range points; 0 when it is beyond them."""
    payloads = [point.payload_t for point in curve]
    ranges = [point.range_nm for point in curve]
    if payload_t > payloads[0]:
        return 0.0
    return float(np.interp(-payload_t, [-p for p in payloads], ranges))


def sortie_load_t(aircraft: AircraftType, load_factor: float) -> float:
    """Tonnes of bulky gear that one sortie carries."""
    return aircraft.max_payload_t * load_factor


def sorties_needed(shipment: Shipment | None, load_t: float) -> int:
    """Loaded flights for a shipment: by mass over the load of a sortie, one for each outsize piece; at least 1."""
    if shipment is None:
        return 1
    by_mass = ceil(shipment.mass_t / load_t - 1e-9) if shipment.mass_t is not None else 1
    return max(by_mass, shipment.outsize_pieces or 0, 1)


def runway_needed_m(aircraft: AircraftType, payload_t: float) -> float:
    """Runway for take-off with a load: from the least to the full-load runway as the load grows."""
    if aircraft.full_load_runway_m is None:
        return aircraft.min_runway_m
    share = min(max(payload_t / aircraft.max_payload_t, 0.0), 1.0)
    return aircraft.min_runway_m + share * max(aircraft.full_load_runway_m - aircraft.min_runway_m, 0.0)
