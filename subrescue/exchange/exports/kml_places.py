"""A product as KML for a globe: a folder a kind, a placemark an entry with a known place, all known fields in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from subrescue.exchange.declarations.columns import EVIDENCE, Cell, columns_of
from subrescue.exchange.declarations.headings import kind_word
from subrescue.exchange.declarations.points import place_of
from subrescue.exchange.exports.people import title, told_cell
from subrescue.exchange.exports.product import Product
from subrescue.exchange.exports.world_map import COLOURS
from subrescue.exchange.languages import speaking, spoken

_PERT = re.compile(r"\.(min|mode|max)$")
_LEFT_OUT = (EVIDENCE, "kind")  # the folder says of what kind they are


def to_kml(product: Product) -> str:
    """KML 2.2 (OGC 07-147r2): longitude first. Entries without a place stand in the folder without a point."""
    lines = "\n".join(product.lines())
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
        f"<name>{_text(f'{product.marking} - {product.title}')}</name><description>{_text(lines)}</description>",
        *(_style(sheet.kind) for sheet in product.sheets),
    ]
    for sheet in product.sheets:
        parts.append(f"<Folder><name>{_text(kind_word(sheet.kind, product.language))}</name>")
        with speaking(product.language):
            parts += [_placemark(row, sheet.kind, product.names) for row in sheet.rows]
        parts.append("</Folder>")
    return "\n".join([*parts, "</Document></kml>\n"])


def _style(kind: str) -> str:
    """The pins of a kind in its colour, which KML writes as alpha, blue, green, red; no picture is fetched for them."""
    red, green, blue = (COLOURS.get(kind, "#111111")[place : place + 2].lower() for place in (1, 3, 5))
    return f'<Style id="{kind}"><IconStyle><color>ff{blue}{green}{red}</color></IconStyle></Style>'


def _placemark(row: Mapping[str, Cell], kind: str, ids: Mapping[str, str]) -> str:
    place = place_of(row)
    columns = {column.name: column for column in columns_of(kind)}
    known = [name for name in columns if row.get(name) is not None and name not in _LEFT_OUT]
    data = "".join(
        _datum(name, title(kind, columns, name, spoken()), told_cell(row, name, columns, spoken(), ids))
        for name in dict.fromkeys(_PERT.sub("", name) for name in known)
    )
    point = f"<Point><coordinates>{place[1]!r},{place[0]!r}</coordinates></Point>" if place is not None else ""
    name = str(row.get("name") or row.get("title") or row.get("id"))
    said = f"<name>{_text(name)}</name><styleUrl>#{kind}</styleUrl><ExtendedData>{data}</ExtendedData>"
    return f"<Placemark>{said}{point}</Placemark>"


def _datum(name: str, title: str, value: str) -> str:
    return f"<Data name={quoteattr(name)}><displayName>{_text(title)}</displayName><value>{_text(value)}</value></Data>"


def _text(text: str) -> str:
    """Escaped, without the signs that XML 1.0 cannot hold."""
    return escape("".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")))
