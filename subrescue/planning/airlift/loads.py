"""What goes into which sortie: known pieces one by one, the rest of the mass spread over all sorties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from subrescue.domain.assets import AircraftType, Shipment
from subrescue.domain.assets.base import Piece

# Room between two pieces and at both ends of the hold, m.
_BETWEEN_M = 0.15


@dataclass(frozen=True)
class Load:
    """The known pieces of one sortie, by name, and the tonnes in all."""

    pieces: tuple[str, ...]
    mass_t: float | None


def packed(shipment: Shipment | None, aircraft: AircraftType) -> tuple[tuple[Piece, ...], ...]:
    """Known pieces by sortie: the longest first, each into the first hold that has the length and the payload for it.

    A piece of unknown length or mass takes none of it: what is unknown forbids nothing. First-fit decreasing needs at
    most 11/9 of the least number of holds and two thirds of one (Dosa 2007).
    """
    if shipment is None:
        return ()
    pieces = [piece for piece in shipment.pieces for _ in range(piece.count)]
    holds: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-(one.length_m or 0.0), -(one.mass_t or 0.0), one.name)):
        for hold in holds:
            if _fits([*hold, piece], aircraft):
                hold.append(piece)
                break
        else:
            holds.append([piece])
    return tuple(tuple(hold) for hold in holds)


def _fits(pieces: list[Piece], aircraft: AircraftType) -> bool:
    length_m = sum((piece.length_m or 0.0) + _BETWEEN_M for piece in pieces)
    mass_t = sum(piece.mass_t or 0.0 for piece in pieces)
    room_m = aircraft.hold_length_m
    return mass_t <= aircraft.max_payload_t and (room_m is None or length_m <= room_m - _BETWEEN_M)


def loads(shipment: Shipment | None, aircraft: Sequence[AircraftType], most_t: Sequence[float]) -> tuple[Load, ...]:
    """The load of each sortie in the order in which they land: what the first rescue needs flies first.

    `most_t` is what each may carry by volume. The mass of a shipment is spread in proportion, and no sortie has less
    than its pieces weigh; None where the mass is not known.
    """
    mass_t = shipment.mass_t if shipment is not None else None
    holds = packed(shipment, aircraft[0]) if aircraft else ()
    own = [holds[number] if number < len(holds) else () for number in range(len(most_t))]
    least_t = [sum(piece.mass_t or 0.0 for piece in hold) for hold in own]
    each_t = [None] * len(most_t) if mass_t is None else _spread(mass_t, most_t, least_t)
    return tuple(Load(tuple(piece.name for piece in hold), load_t) for hold, load_t in zip(own, each_t, strict=True))


def _spread(mass_t: float, most_t: Sequence[float], least_t: Sequence[float]) -> list[float]:
    """So many tonnes over sorties in proportion to `most_t`, each with `least_t` at least."""
    heavy: set[int] = set()
    while True:
        left_t = max(mass_t - sum(least_t[number] for number in heavy), 0.0)
        room_t = sum(most for number, most in enumerate(most_t) if number not in heavy)
        found = [
            least if number in heavy else most * left_t / room_t
            for number, (most, least) in enumerate(zip(most_t, least_t, strict=True))
        ]
        short = {number for number, load_t in enumerate(found) if load_t < least_t[number]}
        if not short:
            return found
        heavy |= short
