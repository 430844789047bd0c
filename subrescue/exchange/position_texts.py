"""English texts of why a text is no position, or which it may be, which `problem_words` tells in other languages.

What a user has to type stays as it is: the letters N, S, E, W are read in every language.
"""

from __future__ import annotations

POSITION_FAULTS: tuple[str, ...] = (
    "allowed: as {example}, MGRS, UTM or UPS",
    "allowed: as {example}",
    "allowed: one letter N or S and one letter E or W",
    "write it with the letters N or S and E or W",
    "write it with the marks ° ' and \"",
    "write the zone with the word north or south",
    "or write the zone with the word north or south",
    "it can be read as: {reading}",
    "or {reading}",
    "one coordinate alone, latitude or longitude is missing",
    "one coordinate alone, the longitude is missing",
    "one coordinate alone, the latitude is missing",
    "a coordinate has no number",
    "a comma stands inside a coordinate",
    "the marks of the latitude are out of order",
    "the marks of the longitude are out of order",
    "the marks of the coordinate are out of order",
    "only the last number of the latitude may have decimals",
    "only the last number of the longitude may have decimals",
    "only the last number of the coordinate may have decimals",
    "the latitude has a sign and a letter: give one of them",
    "the longitude has a sign and a letter: give one of them",
    "a mark {mark} stands behind no number",
    "allowed: 0 up to but not including 60 minutes",
    "allowed: 0 up to but not including 60 seconds",
    "allowed: {low} to {high} ({least} to {most})",
    "allowed: {low} to {high}",
    "allowed: {low} to {high} m",
    "allowed: zone, band, square and up to 5 digits for each of easting and northing, as {example}",
    "no such square on the grid",
    "allowed: a band C to X without I and O",
    "no place of zone {zone} has this northing",
    "no place of the northern polar grid is there",
    "no place of the southern polar grid is there",
    "zone {zone} lies east of easting 2000000",
    "zone {zone} lies west of easting 2000000",
    "it names no position in numbers",
    "copy the coordinates instead",
)
"""Why a position was not taken. `{reading}`: a position, and in brackets one of `MEANINGS`."""

MEANINGS: tuple[str, ...] = (
    "east or west is missing",
    "north or south is missing",
    "degrees, minutes and seconds",
    "degrees and decimal minutes",
    "degrees and minutes",
    "decimal commas",
    "longitude first",
    "degrees and minutes run together, north and east",
    "a longitude without its leading zero",
    "{half}, one coordinate alone with a decimal comma",
    "{half}, one coordinate alone",
    "MGRS, the middle of a square of {side}",
    "UTM zone {zone}, southern hemisphere",
    "UTM zone {zone}, northern hemisphere",
    "UTM zone {zone}, band {band}",
    "UPS, southern polar grid",
    "UPS, northern polar grid",
    "northing first",
    "{one_half} and {other_half}",
    "a point for a space",
    "the place of the link",
    "the middle of the linked map",
)
"""How a position was understood; several stand with commas between them."""
