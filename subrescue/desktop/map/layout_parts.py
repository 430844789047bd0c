"""What a layout is put together from: the DISSUB, assets, stops and legs of the chain, notes, airfields and ports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from subrescue.desktop.map.labels import TextStyle
from subrescue.desktop.map.layout_builder import Builder
from subrescue.desktop.map.lines import PlacedLine
from subrescue.desktop.map.marks import Hit
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.scene import MapLeg, MapScene
from subrescue.desktop.map.stacks import Crowd, asset_rank, members_words, stacks_of
from subrescue.desktop.map.symbols import DISSUB_UNITS, UNITS, asset_symbol, count_badge, dissub_symbol, place_symbol
from subrescue.desktop.parts.words import later, tr
from subrescue.domain.response import Verdict

# One place is shown in a square of one to two times this size.
PLACE_SPACING_PX = 40.0
# The clock is looked at after so many symbols.
_MARKS_A_STEP = 40
# Degrees a pixel from which on all assets, naval bases, and airfields and ports bear their names.
_ASSET_NAMES_DEG = 0.06
_BASE_NAMES_DEG = 0.026
_PLACE_NAMES_DEG = 0.016
_ROLE_WORDS = {"apoe": later("APOE"), "stop": later("Fuel stop"), "apod": later("APOD"), "spod": later("SPOD")}
# Who has the first right to room for a name; assets stand between the stops and the legs by their verdict.
_DISSUB_RANK, _STOP_RANK, _ASSET_RANK, _LEG_RANK, _NOTE_RANK, _PLACE_RANK = 0, 1, 2, 10, 11, 12


def add_dissub(builder: Builder, scene: MapScene) -> None:
    """Set the DISSUB and its name, which is shown in any case."""
    if scene.dissub is None:
        return
    palette = builder.palette
    x, y = (float(v) for v in builder.view.to_screen(scene.dissub.lat_deg, scene.dissub.lon_deg))
    if not builder.visible(x, y):
        return
    builder.symbol(x, y, dissub_symbol(palette, builder.ratio), DISSUB_UNITS / 2 - 3)
    style = TextStyle(14, palette.dissub, palette.halo, bold=True)
    builder.name(x, y, scene.label, style, 21, must=True, rank=_DISSUB_RANK)

    def words() -> str:
        told = tr("{name} (drag to move)", name=scene.label)
        if scene.error_radius_nm is not None:
            told += "\n" + tr("Error radius {radius:g} NM", radius=scene.error_radius_nm)
        return told

    builder.hit(Hit(x, y, DISSUB_UNITS / 2, words, is_dissub=True))


def add_stops(builder: Builder, scene: MapScene) -> None:
    """Set the airfields and ports of the chosen chain."""
    palette = builder.palette
    style = TextStyle(12, palette.text, palette.halo, bold=True)
    for place in scene.places:
        x, y = (float(v) for v in builder.view.to_screen(place.position.lat_deg, place.position.lon_deg))
        if not builder.visible(x, y):
            continue
        words = f"{tr(_ROLE_WORDS[place.role])} {place.name}"
        builder.symbol(x, y, place_symbol(place.role, palette, builder.ratio), 6)
        builder.name(x, y, words, style, 8, rank=_STOP_RANK)
        builder.hit(Hit(x, y, 8, words.__str__))


def add_assets(builder: Builder, crowd: Crowd) -> Iterator[None]:
    """Set the symbols of the assets and ask for the names of the uppermost of each stack, step by step."""
    view, palette = builder.view, builder.palette
    if not crowd.assets:
        return
    named = view.degrees_per_px <= _ASSET_NAMES_DEG
    px, py = (part.tolist() for part in view.to_screen(crowd.lat, crowd.lon))
    # Looking a symbol up by a palette takes as long as all else that is done for an asset.
    symbol = cache(lambda kind, verdict, selected: asset_symbol(kind, verdict, selected, palette, builder.ratio))
    badge = cache(lambda count: count_badge(count, palette, builder.ratio))
    for count, numbers in enumerate(stacks_of(px, py)):
        if count % _MARKS_A_STEP == 0:
            yield
        x, y, host = px[numbers[0]], py[numbers[0]], crowd.assets[numbers[0]]
        if not builder.visible(x, y):
            continue
        members = [crowd.assets[number] for number in numbers]
        if len(members) > 1:
            builder.symbol(x + 11, y - 10, badge(len(members) - 1), 8)
        builder.symbol(x, y, symbol(host.kind, host.verdict, host.selected), UNITS / 2 - 1)
        builder.hit(Hit(x, y, UNITS / 2, members_words(members), tuple(asset.id for asset in members)))
        if named or host.selected:
            quiet = host.verdict in (None, Verdict.RED) and not host.selected
            colour = palette.text_quiet if quiet else palette.text
            style = TextStyle(12 if host.selected else 11, colour, palette.halo, bold=host.selected)
            rank = _ASSET_RANK + asset_rank(host)
            builder.name(x, y, _short(host.name), style, UNITS / 2 + 2, must=host.selected, rank=rank, key=host.id)


def _short(name: str, longest: int = 28) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def add_leg_labels(builder: Builder, legs: list[tuple[MapLeg, PlacedLine]]) -> None:
    """Ask for the label of each leg at its middle."""
    palette = builder.palette
    colours = {"air": palette.air_leg, "road": palette.road_leg, "sea": palette.sea_leg}
    for leg, line in legs:
        if leg.label and line.middle is not None:
            style = TextStyle(11, colours[leg.kind], palette.halo, bold=True)
            builder.name(*line.middle, leg.label, style, 8, rank=_LEG_RANK)


def add_notes(builder: Builder, scene: MapScene) -> None:
    """Set the notes of the user."""
    palette = builder.palette
    style = TextStyle(11, palette.text, palette.halo, italic=True)
    for note in scene.notes:
        x, y = (float(v) for v in builder.view.to_screen(note.position.lat_deg, note.position.lon_deg))
        if builder.visible(x, y):
            builder.symbol(x, y, place_symbol("note", palette, builder.ratio), 6)
            builder.name(x, y, note.text, style, 8, rank=_NOTE_RANK)
            builder.hit(Hit(x, y, 8, note.text.__str__))


def add_places(builder: Builder, table: PlaceTable, number_of_table: int) -> Iterator[None]:
    """Set the airfields or ports of a table where nothing else stands, step by step."""
    view, palette = builder.view, builder.palette
    chosen = table.shown(view, PLACE_SPACING_PX)
    if not len(chosen):
        return
    pixmap = place_symbol(table.kind, palette, builder.ratio)
    colour = palette.airfield if table.kind == "airfield" else palette.port
    style = TextStyle(10, colour, palette.halo)
    px, py = (part.tolist() for part in view.to_screen(table.lat[chosen], table.lon[chosen]))
    named = view.degrees_per_px <= (_BASE_NAMES_DEG if table.kind == "naval_base" else _PLACE_NAMES_DEG)
    numbers = table.numbers[chosen].tolist()
    free = [builder.room.is_free(x - 4, y - 4, x + 4, y + 4) for x, y in zip(px, py, strict=True)]
    for count, (number, x, y, is_free) in enumerate(zip(numbers, px, py, free, strict=True)):
        if count % _MARKS_A_STEP == 0:
            yield
        if not is_free:
            continue
        builder.symbol(x, y, pixmap, 4)
        builder.hit(Hit(x, y, 7, partial(_place_words, table, number)))
        if named:
            rank = _PLACE_RANK + number_of_table
            builder.name(x, y, table.short_name(number), style, 6, rank=rank, key=(table.kind, number))


def _place_words(table: PlaceTable, number: int) -> str:
    return f"{table.name(number)}\n{table.detail(number)}"
