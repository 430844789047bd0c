"""By which ways an asset comes at all: by air-drop, over a port to which it flies or goes by road, or by ship alone."""

from __future__ import annotations

from subrescue.domain.assets import InterventionSystem, MovingAsset, Ship
from subrescue.domain.assets.intervention import InterventionKind


def may_fly(asset: MovingAsset) -> bool:
    """Whether any of its ways may be by air."""
    return may_drop(asset) or over_a_port(asset)


def may_drop(asset: MovingAsset) -> bool:
    """Whether it leaves an aircraft over the datum."""
    return isinstance(asset, InterventionSystem) and (asset.air_drop is True or jumps(asset))


def over_a_port(asset: MovingAsset) -> bool:
    """Whether it is brought to a port, by air or by road, and from there by any ship that suits."""
    if isinstance(asset, Ship):
        return False
    return bool(asset.fly_away or (asset.fly_away is None and not asset.home_ships and not jumps(asset)))


def jumps(asset: MovingAsset) -> bool:
    """Whether it is people with parachutes, who go down to nothing and ask a ship for nothing."""
    return isinstance(asset, InterventionSystem) and asset.intervention_kind is InterventionKind.PARACHUTE_GROUP
