"""Colours of the map by day, at dusk and at night, named for what they paint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MapPalette:
    """Named colours as #rrggbb or #aarrggbb text. Colour never carries a meaning alone: shapes and words do too.

    depth_stops: (metres, colour) from the surface down; between two stops the tint runs from one to the other.
    """

    space: str
    sea: str
    depth_stops: tuple[tuple[float, str], ...]
    land: str
    coast: str
    border: str
    graticule: str
    graticule_label: str
    text: str
    text_quiet: str
    halo: str
    dissub: str
    error_ring: str
    error_fill: str
    air_leg: str
    road_leg: str
    sea_leg: str
    casing: str
    green: str
    amber: str
    red: str
    unknown: str
    symbol_fill: str
    symbol_line: str
    selection: str
    airfield: str
    port: str
    watermark: str
    banner: str
    banner_text: str
    panel: str
    panel_line: str
    sea_name: str
    country_name: str
    contour: str
    contour_label: str
    isochrone: str


DAY = MapPalette(
    space="#dfe3e6",
    sea="#d3e2ea",
    depth_stops=(
        (0, "#dcebf1"),
        (50, "#cfe2ec"),
        (200, "#c1d9e6"),
        (600, "#b3cddd"),
        (2000, "#a4c1d4"),
        (4000, "#96b4ca"),
        (6000, "#88a6be"),
        (10000, "#7793ad"),
    ),
    land="#e9e3d5",
    coast="#7d7768",
    border="#b3a692",
    graticule="#405a7488",
    graticule_label="#4d6273",
    text="#20282f",
    text_quiet="#56616b",
    halo="#d8fffffe",
    dissub="#b3004b",
    error_ring="#b3004b",
    error_fill="#1cd0005a",
    air_leg="#5b3fc4",
    road_leg="#8a4b12",
    sea_leg="#0b3d7a",
    casing="#e6ffffff",
    green="#1a7037",
    amber="#8f5000",
    red="#b3261e",
    unknown="#59646e",
    symbol_fill="#ffffff",
    symbol_line="#20282f",
    selection="#ffb300",
    airfield="#6a5a8c",
    port="#2f5f85",
    watermark="#12803000",
    banner="#7a4b00",
    banner_text="#ffffff",
    panel="#e8f7f8f8",
    panel_line="#8a959e",
    sea_name="#2c5a7d",
    country_name="#655b4a",
    contour="#9048708f",
    contour_label="#3a5f7c",
    isochrone="#00503f",
)
DUSK = MapPalette(
    space="#12171c",
    sea="#1e2d38",
    depth_stops=(
        (0, "#2b3f4b"),
        (50, "#263946"),
        (200, "#213340"),
        (600, "#1d2d39"),
        (2000, "#192833"),
        (4000, "#16232d"),
        (6000, "#131f28"),
        (10000, "#101a22"),
    ),
    land="#3a3a36",
    coast="#7b7b70",
    border="#55554e",
    graticule="#407f97a8",
    graticule_label="#8da2b0",
    text="#e3e8ec",
    text_quiet="#a3afb8",
    halo="#c0141a20",
    dissub="#ff6aa2",
    error_ring="#ff6aa2",
    error_fill="#22ff4f93",
    air_leg="#a795ff",
    road_leg="#d69a5c",
    sea_leg="#6fb2ff",
    casing="#c0101418",
    green="#55c27a",
    amber="#f0a63a",
    red="#ff6b60",
    unknown="#9aa6b0",
    symbol_fill="#1a2026",
    symbol_line="#e3e8ec",
    selection="#ffca45",
    airfield="#a493cf",
    port="#7fb0d8",
    watermark="#1effc766",
    banner="#7a4b00",
    banner_text="#ffffff",
    panel="#e01a2128",
    panel_line="#5d6a75",
    sea_name="#86a9c0",
    country_name="#aaa693",
    contour="#8067869c",
    contour_label="#8ea8b8",
    isochrone="#63d9bd",
)
NIGHT = MapPalette(
    space="#050000",
    sea="#0d0202",
    depth_stops=(
        (0, "#1f0606"),
        (50, "#1a0505"),
        (200, "#160404"),
        (600, "#120303"),
        (2000, "#0f0303"),
        (4000, "#0c0202"),
        (6000, "#0a0202"),
        (10000, "#080101"),
    ),
    land="#2a0b0b",
    coast="#7a1f1f",
    border="#4a1414",
    graticule="#40902020",
    graticule_label="#9a3030",
    text="#ff6a5a",
    text_quiet="#b03a34",
    halo="#c0080000",
    dissub="#ff8a7a",
    error_ring="#ff8a7a",
    error_fill="#28ff2020",
    air_leg="#e0554a",
    road_leg="#a8402a",
    sea_leg="#ff7a5a",
    casing="#d0080000",
    green="#d8584a",
    amber="#ff8a66",
    red="#ff3b30",
    unknown="#b4503f",
    symbol_fill="#160404",
    symbol_line="#ff6a5a",
    selection="#ffb0a0",
    airfield="#a83a44",
    port="#b04a34",
    watermark="#18ff3020",
    banner="#5a0a0a",
    banner_text="#ff8a7a",
    panel="#e0120303",
    panel_line="#6a1c1c",
    sea_name="#a53c36",
    country_name="#a84a42",
    contour="#60902a26",
    contour_label="#a84a42",
    isochrone="#f08070",
)
