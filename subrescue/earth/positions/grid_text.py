"""Reads grid references as people write them: MGRS, UTM and UPS, with letters or words, spaces or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.positions.grid_references import BANDS, POLE_M, Grid, band_edges_deg, mgrs_square, position_of
from subrescue.earth.positions.position_readings import Reading, shown
from subrescue.earth.positions.position_signs import latin, meaning_of

UTM_HINT = "write the zone with the word north or south"
_EASTING = (100_000.0, 900_000.0)  # metres
_MOST_SIGNS = 100
# Separators are brought to one space before: no pattern may go through a long text in more than one way.
_MGRS = re.compile(r"(?:MGRS|USNG)? ?(?:(\d{1,2}) ?([C-HJ-NP-X])|([ABYZ])) ?([A-HJ-NP-Z]{2}) ?([\d ]*)")
_NUMBER = r"(?P<{0}label>[EN]?) ?(?P<{0}>\d+(?:\.\d+)?) ?(?P<{0}unit>(?:M ?)?[EN]?M?)(?![^\W_])"
_TWO = _NUMBER.format("a") + " ?" + _NUMBER.format("b")
_ZONE = r"(?P<zone>\d{1,2}) ?(?P<letter>[^\W\d_]*)"
_UTM = tuple(re.compile(pattern) for pattern in (rf"{_ZONE} {_TWO}", rf"{_TWO} {_ZONE}"))
_UPS = tuple(re.compile(pattern) for pattern in (rf"(?P<letter>[^\W\d_]+) ?{_TWO}", rf"{_TWO} ?(?P<letter>[^\W\d_]+)"))
_NOISE = re.compile(r"\b(?:UTM|UPS|WGS ?84|ZONE|ЗОНА|FUSEAU|ZONA|HEMISPHERE|HÉMISPHÈRE|ПОЛУШАРИЕ)\b[.,]?")
_THOUSANDS = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:[ ,']\d{3})+(?!\d)")
_EPSG = re.compile(r"EPSG ?32([67])([0-5]\d|60)\b")


def grid_readings(plain: str, text: str) -> tuple[Reading, ...]:
    """Every position that a tidy text may mean as a grid reference; none where it has no such shape.

    `text` is what was written, for the error. MGRS names a square and is read as its middle. Raises InputError where
    the shape is that of a grid reference and there is no such place.
    """
    if len(plain) > _MOST_SIGNS:
        return ()
    found: list[Reading] = []
    refusals: list[InputError] = []
    for reader in (_mgrs, _metres):  # 31SUD 12345 12345 is a square, 31 sud 512345 9812345 is in the south
        try:
            found += reader(plain, text)
        except InputError as error:
            refusals.append(error)
    if refusals and not found:
        raise refusals[-1]
    return tuple(found)


def _metres(plain: str, text: str) -> Iterator[Reading]:
    cleaned = _EPSG.sub(lambda m: f"{m[2]} {'NORTH' if m[1] == '6' else 'SOUTH'} ", plain)
    named = bool(_NOISE.search(cleaned))
    cleaned = re.sub(r"NORTHING\b", "N", re.sub(r"EASTING\b", "E", _NOISE.sub(" ", cleaned)))
    cleaned = _THOUSANDS.sub(lambda m: re.sub("[ ,']", "", m[0]), cleaned)
    cleaned = re.sub(r"(?<=\d),(?=\d{1,3}(?!\d))", ".", cleaned)
    cleaned = re.sub(r"(?<=\d)-(?=[^\W\d_])|[ ,;/]+", " ", cleaned).strip()
    for pattern in (*_UTM, *_UPS):
        match = pattern.fullmatch(cleaned)
        if match is not None and _far(match):
            return _utm(match, text) if pattern in _UTM else _ups(match, text, certain=named)
    return iter(())


def _refused(what: str, found: str, allowed: str) -> InputError:
    return InputError(Problem(what, found, allowed))


def _mgrs(plain: str, text: str) -> Iterator[Reading]:
    match = _MGRS.fullmatch(re.sub(r"[ ,-]+", " ", latin(plain)).strip())
    if match is None:
        return
    zone, band, polar, letters, written = match.groups()
    digits = re.sub(r"\D", "", written)
    groups = re.findall(r"\d+", written)
    if not digits and polar:
        return  # three letters are a word: Bar is a port
    if len(digits) % 2 or len(digits) > 10 or (len(groups) == 2 and len(groups[0]) != len(groups[1])):
        raise _refused(
            "MGRS reference",
            shown(text),
            "allowed: zone, band, square and up to 5 digits for each of easting and northing, as 30VVJ 12345 67890",
        )
    if zone and not 1 <= int(zone) <= 60:
        raise _refused("MGRS zone", zone, "allowed: 1 to 60")
    half = len(digits) // 2
    middle = mgrs_square(zone + band if zone else polar, letters, digits[:half], digits[half:])
    if middle is None:
        raise _refused("MGRS reference", shown(text), "no such square on the grid; allowed: as 30VVJ 12345 67890")
    side_m = 10 ** (5 - half)
    side = f"{side_m // 1000} km" if side_m >= 1000 else f"{side_m} m"
    yield Reading(middle, f"MGRS, the middle of a square of {side}")


def _far(match: re.Match[str]) -> bool:
    """Whether the numbers are large enough for metres on a grid, and their letters say which is which."""
    axes = [_axis(match, name) for name in "ab"]
    east = match["b"] if axes[0] == "N" or axes[1] == "E" else match["a"]
    return len(east.partition(".")[0]) >= 5 and not (axes[0] and axes[0] == axes[1])


def _axis(match: re.Match[str], name: str) -> str:
    return match[f"{name}label"] or match[f"{name}unit"].strip("M ")


def _east_north(match: re.Match[str]) -> tuple[str, str]:
    swapped = _axis(match, "a") == "N" or _axis(match, "b") == "E"
    return (match["b"], match["a"]) if swapped else (match["a"], match["b"])


def _utm(match: re.Match[str], text: str) -> Iterator[Reading]:
    zone, letter = int(match["zone"]), match["letter"]
    hemisphere, band = meaning_of(letter) if letter else None, latin(letter)
    if len(letter) > 1 and hemisphere not in ("N", "S"):
        return
    east, north = _east_north(match)
    easting, northing = float(east), float(north)
    if not 1 <= zone <= 60:
        raise _refused("UTM zone", match["zone"], "allowed: 1 to 60")
    turned = (
        not (_axis(match, "a") or _axis(match, "b"))
        and not _EASTING[0] <= easting < _EASTING[1]
        and (_EASTING[0] <= northing < _EASTING[1] and easting <= 10_000_000)
    )
    if turned:
        easting, northing = northing, easting
    if not _EASTING[0] <= easting < _EASTING[1]:
        raise _refused("UTM easting", east, "allowed: 100000 to 900000 m")
    if not 0 <= northing <= 10_000_000:
        raise _refused("UTM northing", north, "allowed: 0 to 10000000 m")
    if letter and hemisphere not in ("N", "S") and band not in BANDS:
        raise _refused("UTM zone", f"{zone}{letter}", f"allowed: a band C to X without I and O; or {UTM_HINT}")
    found: list[Reading] = []
    for south, name in ((True, "southern"), (False, "northern")):
        if not letter or hemisphere == "NS"[south]:
            position = position_of(Grid(zone, south, easting, northing))
            if position is not None:
                found.append(Reading(position, f"UTM zone {zone}, {name} hemisphere", sure=bool(letter)))
    # N is the band north of the equator too, and then the same place.
    if len(band) == 1 and band in BANDS and band != "N":
        position = position_of(Grid(zone, band < "N", easting, northing))
        south_deg, north_deg = band_edges_deg(band)
        # A tenth of a degree of grace: references near the edge of a band are often given with the neighbour's.
        if position is not None and south_deg - 0.1 <= position.lat_deg <= north_deg + 0.1:
            found.append(Reading(position, f"UTM zone {zone}, band {band}"))
    if not found:
        raise _refused(
            "UTM reference",
            shown(text),
            f"no place of zone {zone}{letter} has this northing; allowed: as 33 north 500000 6000000",
        )
    yield from (
        (replace(reading, sure=False, meaning=f"{reading.meaning}, northing first") for reading in found)
        if turned
        else found
    )


def _ups(match: re.Match[str], text: str, *, certain: bool) -> Iterator[Reading]:
    word = match["letter"]
    hemisphere, letter = meaning_of(word), latin(word)
    if hemisphere in ("N", "S"):
        south = hemisphere == "S"
    elif letter in ("A", "B", "Y", "Z"):
        south = letter in "AB"
    else:
        return
    east, north = _east_north(match)
    position = position_of(Grid(0, south, float(east), float(north)))
    name = "southern" if south else "northern"
    if position is None:
        if certain or letter in ("A", "B", "Y", "Z"):
            raise _refused(
                "UPS reference",
                shown(text),
                f"no place of the {name} polar grid is there; allowed: as UPS north 2000000 1600000",
            )
        return
    if (
        letter in ("A", "B", "Y", "Z")
        and hemisphere not in ("N", "S")
        and abs(float(east) - POLE_M) > 1.0
        and ((float(east) > POLE_M) != (letter in "BZ"))
    ):
        raise _refused(
            "UPS reference",
            shown(text),
            f"zone {letter} lies {'east' if letter in 'BZ' else 'west'} of easting 2000000",
        )
    yield Reading(position, f"UPS, {name} polar grid")
