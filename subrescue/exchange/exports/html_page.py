"""A product as one HTML page: title block, marking above and below, map as SVG, tables; no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from subrescue.exchange.declarations.headings import kind_word, word
from subrescue.exchange.declarations.sheets import Sheet
from subrescue.exchange.exports import world_map
from subrescue.exchange.exports.people import table
from subrescue.exchange.exports.product import Product

_STYLE = """
@page { size: A4 landscape; margin: 16mm 12mm;
  @top-center { content: MARKING; font: bold 9pt sans-serif; }
  @bottom-center { content: MARKING "   " counter(page) " / " counter(pages); font: 9pt sans-serif; } }
body { font: 13px/1.35 "DejaVu Sans", "Segoe UI", sans-serif; color: #111; background: #fff; margin: 1.5em; }
h1 { font-size: 1.5em; margin: .4em 0; } h2 { font-size: 1.15em; margin: 1.4em 0 .4em; break-after: avoid; }
.marking { text-align: center; font-weight: bold; border: 1px solid #111; padding: .25em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1em; }
dt { font-weight: bold; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; }
th, td { border: 1px solid #9aa5b1; padding: .2em .45em; text-align: left; vertical-align: top; }
th { background: #dce6f0; } tr:nth-child(even) td { background: #f5f7fa; } tr { break-inside: avoid; }
td.n { text-align: right; font-variant-numeric: tabular-nums; } td.u { color: #5f6b76; font-style: italic; }
svg { width: 100%; max-width: 1000px; height: auto; border: 1px solid #9aa5b1; }
.wm { position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none; z-index: 9;
  font: bold 14vw sans-serif; color: rgba(176, 0, 32, .09); transform: rotate(-25deg); }
"""


def to_html(product: Product) -> str:
    """The page. All texts of entries are escaped, and a policy in the page forbids it to load or run anything."""
    language = product.language
    marking = escape(product.marking)
    quoted = '"' + "".join(f"\\{ord(sign):x} " for sign in product.marking) + '"'
    unknown = word("unknown", language)
    parts = [
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(product.title)}</title><style>{_STYLE.replace('MARKING', quoted)}</style></head><body>",
        f'<div class="wm" aria-hidden="true">{escape(product.watermark)}</div>' if product.watermark else "",
        f'<div class="marking">{marking}</div><h1>{escape(product.title)}</h1><dl>',
        *(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in product.block()),
        "</dl>",
        *_map(product),
    ]
    for sheet in (*product.sheets, product.sources):
        if sheet.rows:
            parts += _table(sheet, product, unknown)
    parts.append(f'<div class="marking">{marking}</div></body></html>\n')
    return "\n".join(part for part in parts if part)


def _map(product: Product) -> Iterable[str]:
    found = world_map.points(product)
    if not found:
        return
    yield f"<h2>{escape(word('map', product.language))}</h2>"
    yield f'<svg viewBox="0 0 360 180" role="img" aria-label="{escape(word("map", product.language))}">'
    yield '<rect width="360" height="180" fill="#eaf1f7"/>'
    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in world_map.land())
    yield f'<path d="{path}" fill="#d8d3c4" stroke="#8a8674" stroke-width=".3"/>'
    for x, y, kind, name in found:
        corners = " ".join(f"{px:.2f},{py:.2f}" for px, py in world_map.shape(kind, x, y, 1.3))
        colour = world_map.COLOURS.get(kind, "#111")
        yield f'<polygon points="{corners}" fill="{colour}" stroke="#fff" stroke-width=".3">'
        yield f"<title>{escape(name)}</title></polygon>"
    for place, kind in enumerate(dict.fromkeys(kind for _, _, kind, _ in found)):
        y = 176 - 6 * place
        corners = " ".join(f"{px:.2f},{py:.2f}" for px, py in world_map.shape(kind, 5, y - 1.3, 1.5))
        yield f'<polygon points="{corners}" fill="{world_map.COLOURS.get(kind, "#111")}"/>'
        yield f'<text x="9" y="{y}" font-size="4.5">{escape(kind_word(kind, product.language))}</text>'
    yield "</svg>"


def _table(sheet: Sheet, product: Product, unknown: str) -> Iterable[str]:
    language = product.language
    headings, rows, _ = table(sheet, language, product.names)
    yield f"<h2>{escape(kind_word(sheet.kind, language))} ({len(rows)})</h2><table><thead><tr>"
    yield "".join(f"<th>{escape(text)}</th>" for text in headings) + "</tr></thead><tbody>"
    of_numbers = [all(text == unknown or _is_number(text) for text in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, of_numbers, strict=True)
        yield "<tr>" + "".join(_cell(text, unknown, numbers) for text, numbers in cells) + "</tr>"
    yield "</tbody></table>"


def _is_number(text: str) -> bool:
    return not text.strip("0123456789,.\u00a0\u202f /")


def _cell(text: str, unknown: str, numbers: bool) -> str:
    kind = ' class="u"' if text == unknown else ' class="n"' if numbers else ""
    return f"<td{kind}>{escape(text)}</td>"
