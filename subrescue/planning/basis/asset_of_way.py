"""An asset as its ways see it: what is known of its work at the hull moves none, and is taken out."""

from __future__ import annotations

from functools import lru_cache

from subrescue.domain.assets import MovingAsset, RescueSystem, RescueVehicleType

# Facts of gates at the hull and of cycles, blank.
_AT_HULL: dict[str, object] = {
    "min_depth_m": None,
    "max_depth_m": None,
    "capacity_persons": None,
    "mating_angle_deg": None,
    "current_limit_kn": None,
    "pressure_limit_bar": None,
    "transfer_under_pressure": None,
    "chamber_places": None,
    "rescue_seats": None,
    "cycle_h": None,
    "cycles_per_charge": None,
    "goal_h": None,
}


class _Seen:
    """The last system of an id that was seen, and what its ways see of it."""

    def __init__(self) -> None:
        self.pair: tuple[RescueSystem, RescueSystem] | None = None

    def of_way(self, system: RescueSystem) -> RescueSystem:
        pair = self.pair
        if pair is not None and pair[0] is system:
            return pair[1]
        blank = system.model_copy(update=_AT_HULL)
        if system.vehicle_type is RescueVehicleType.CHAMBER:  # its first trip is one of its cycles
            blank = blank.model_copy(update={"cycle_h": system.cycle_h})
        if pair is not None and pair[1] == blank:
            blank = pair[1]
        self.pair = (system, blank)
        return blank


@lru_cache(maxsize=512)
def _seen(_system: str) -> _Seen:
    return _Seen()


def asset_of_way(asset: MovingAsset) -> MovingAsset:
    """The asset without what its ways do not look at: the very same one as before where nothing else was edited."""
    return _seen(asset.id).of_way(asset) if isinstance(asset, RescueSystem) else asset
