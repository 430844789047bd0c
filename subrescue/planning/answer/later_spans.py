"""The phases after the first dive: the other dives, and decompression in the chambers above."""

from __future__ import annotations

from subrescue.domain.assets import RescueSystem
from subrescue.domain.response import PhaseName, PhaseSpan
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.chamber_queue import Group, longest_stay
from subrescue.planning.dives.cycles import Cycles, cycle_h
from subrescue.planning.doubt.durations import FloatArray, band, bands, length
from subrescue.planning.ships.chains import datum_place


def later_spans(
    asset: RescueSystem, first: FloatArray, cycles: Cycles | None, groups: tuple[Group, ...], sit: Situation
) -> tuple[PhaseSpan, ...]:
    """The dives after the first, and the decompression of whoever needs it; none where nothing is known of dives."""
    if cycles is None:
        return ()
    here = datum_place(sit)
    spans = []
    if len(cycles.people) > 1:
        # The first dive of the cycles is that of the chain.
        start, end, lasts = cycles.out_bands[0], cycles.out_bands[-1], band(cycles.last_h - first)
        spans.append(
            PhaseSpan(
                phase=PhaseName.CYCLES,
                start_h=start,
                end_h=end,
                destination=here,
                carrier=asset.name,
                assumption=cycle_h(asset, sit.assumptions)[1],
                length_h=lasts,
            )
        )
    stay, pressed_h, treated_h = longest_stay(groups), cycles.pressed_h, cycles.treated_h
    if stay is not None and asset.transfer_under_pressure and pressed_h is not None and treated_h is not None:
        start, end = bands((pressed_h, treated_h))
        spans.append(
            PhaseSpan(
                phase=PhaseName.DECOMPRESSION,
                start_h=start,
                end_h=end,
                destination=here,
                assumption=stay[1],
                length_h=length(stay[0]),
            )
        )
    return tuple(spans)
