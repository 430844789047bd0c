"""Which fact of an asset rests on the weakest source: how far its option can be trusted."""

from __future__ import annotations

from subrescue.domain.assets import MovingAsset
from subrescue.domain.evidence import Confidence, Evidence

_FACTS = (
    "max_depth_m",
    "capacity_persons",
    "mating_angle_deg",
    "launch_wave_height_m",
    "rescue_seats",
    "notice_h",
    "shipment",
    "fly_away",
    "cycle_h",
    "speed_kn",
    "carries",
    "base",
    "status",
)
"""Facts whose source decides how far an option can be trusted."""
_CONFIDENCE = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


def weakest_fact(asset: MovingAsset) -> tuple[str, Evidence] | tuple[None, None]:
    """The field whose best source is the weakest of those that a plan uses, and that; None where none has a source."""
    weakest: tuple[str, Evidence] | tuple[None, None] = (None, None)
    least = 3
    for name in _FACTS:
        statements = asset.evidence.get(name)
        if not statements or getattr(asset, name, None) is None:
            continue
        best = max(statements, key=lambda statement: _CONFIDENCE[statement.confidence])
        if _CONFIDENCE[best.confidence] < least:
            weakest, least = (name, best), _CONFIDENCE[best.confidence]
    return weakest
