"""How deep anything of a kind has ever worked: what holds for an asset whose own depth limit nobody knows.

It is no limit of the asset, which may be less: nobody is asked for divers at 900 m because their limit is not public.
"""

from __future__ import annotations

from subrescue.domain.assets import InterventionKind, InterventionSystem, MovingAsset, RescueSystem, RescueVehicleType

# Divers: 534 m in the open sea, COMEX Hydra VIII off Marseille, February 1988. Suits: 610 m, the ADS 2000 off La Jolla,
# August 2006. Rescue chambers and bells, which go down a cable: 300 m is the most that any source of the registry says
# of one. Rescue vehicles: 1,524 m (5,000 ft), for which Mystic and Avalon were built; none since goes deeper. (All but
# chambers from memory, high confidence.)
_DIVERS_M, _SUIT_M, _CHAMBER_M, _VEHICLE_M = 534.0, 610.0, 300.0, 1524.0
# What a ship's own gear is called where divers, or people in a bell, do the work (registry, free text).
_OF_DIVERS = ("bell", "chamber", "diver", "diving")


def deepest_of_kind_m(asset: MovingAsset) -> float | None:
    """The depth below which nothing of this kind is known to have worked, m; None where there is no such depth."""
    if isinstance(asset, RescueSystem):
        return _CHAMBER_M if asset.vehicle_type is RescueVehicleType.CHAMBER else _VEHICLE_M
    if isinstance(asset, InterventionSystem):
        return {
            InterventionKind.SATURATION_DIVERS: _DIVERS_M,
            InterventionKind.ATMOSPHERIC_SUIT: _SUIT_M,
        }.get(asset.intervention_kind)
    of_divers = bool(asset.carries) and all(_is_of_divers(gear.name) for gear in asset.carries)
    return _DIVERS_M if of_divers else None


def _is_of_divers(gear: str) -> bool:
    """Whether gear of this name is for divers; of what else a ship carries nobody knows how deep it may go."""
    return any(word in gear.casefold() for word in _OF_DIVERS)
