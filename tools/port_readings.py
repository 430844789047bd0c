"""Reads the positions of searoute's list: most of the short ones are degrees and minutes with a point between.

Of its 818 positions with at most two decimals 757 have no fraction above 59 in either number; chance would leave 36 in
a hundred. Where another list, a town of Natural Earth or an airfield of the town lies within 5 miles of one reading, it
is that of minutes in 202 cases and that of degrees in 20, and these are all but one whole twentieths of a degree
(Macau 22.2, 113.55), so both readings of such stay open.
"""

from __future__ import annotations

MOST_MINUTES = 59
# Fractions of a list in degrees that was kept to a twentieth are multiples of these hundredths.
_TWENTIETH = 5


def readings(lat: float, lon: float) -> list[tuple[float, float]]:
    """Return the places that a stored position may mean, degrees, the likelier first."""
    hundredths = [_hundredths(value) for value in (lat, lon)]
    if None in hundredths or any(part % 100 > MOST_MINUTES for part in hundredths if part is not None):
        return [(lat, lon)]
    minutes = _from_minutes(lat), _from_minutes(lon)
    if minutes == (lat, lon):
        return [(lat, lon)]
    if all(part % _TWENTIETH == 0 for part in hundredths if part is not None):
        return [(lat, lon), minutes]
    return [minutes]


def _hundredths(value: float) -> int | None:
    """The whole hundredths of a number without its sign; None where it has a finer part."""
    scaled = abs(value) * 100.0
    return round(scaled) if abs(scaled - round(scaled)) < 1e-6 else None


def _from_minutes(value: float) -> float:
    degrees, minutes = divmod(round(abs(value) * 100), 100)
    return (degrees + minutes / 60.0) * (1.0 if value >= 0 else -1.0)
