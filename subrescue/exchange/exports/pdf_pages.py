"""A product as PDF: marking and page number on every page, title block, map, tables; the watermark of an exercise."""

from __future__ import annotations

from typing import Any

from subrescue.exchange.declarations.headings import kind_word, word
from subrescue.exchange.declarations.sheets import Sheet
from subrescue.exchange.exports import world_map
from subrescue.exchange.exports.people import table
from subrescue.exchange.exports.product import Product
from subrescue.store.paths import resources_dir

_MARGIN_MM = 12.0
_LEGEND_MM = 46.0
_FONT = "DejaVu"
_TABLE_PT = 7
_PADDING_MM = 0.6
_LONGEST_WORD_MM = 30.0
"""A longer one is an address, which has no place to be broken at."""


def to_pdf(product: Product) -> bytes:
    """The pages, A4 landscape, with fonts embedded that have Latin, Cyrillic and Greek letters."""
    import logging

    from fpdf import FPDF
    from fpdf.fonts import FontFace

    logging.getLogger("fontTools").setLevel(logging.ERROR)

    class Pages(FPDF):  # the library calls header and footer of a subclass
        def header(self) -> None:
            self.set_font(_FONT, "B", 9)
            self.set_y(5)
            self.cell(0, 5, product.marking, align="C")
            self.set_y(_MARGIN_MM)

        def footer(self) -> None:
            self.set_y(-10)
            self.set_font(_FONT, "", 7.5)
            numbers = word("page", product.language).format(page=self.page_no(), pages="{nb}")
            self.cell(0, 5, f"{product.originator}   {product.as_of_text}   {numbers}", align="R")
            self.set_y(-10)
            self.set_font(_FONT, "B", 9)
            self.cell(0, 5, product.marking, align="C")
            if product.watermark:
                self.set_font(_FONT, "B", 90)
                with (
                    self.local_context(fill_opacity=0.12, text_color=(176, 0, 32)),
                    self.rotation(25, self.w / 2, self.h / 2),
                ):
                    width = self.get_string_width(product.watermark)
                    self.text((self.w - width) / 2, self.h / 2 + 12, product.watermark)

    pdf = Pages(orientation="landscape", format="A4")
    pdf.set_creation_date(product.as_of)
    pdf.set_title(product.title)
    pdf.set_lang(product.language)
    pdf.set_author(product.originator)
    pdf.set_keywords(product.marking)
    folder = resources_dir() / "fonts"
    pdf.add_font(_FONT, "", folder / "DejaVuSansCondensed.ttf")
    pdf.add_font(_FONT, "B", folder / "DejaVuSansCondensed-Bold.ttf")
    pdf.set_margins(_MARGIN_MM, _MARGIN_MM)
    pdf.set_auto_page_break(True, 13)
    pdf.add_page()
    pdf.set_font(_FONT, "B", 16)
    pdf.cell(0, 9, product.title, new_x="LMARGIN", new_y="NEXT")
    for name, text in product.block():
        pdf.set_font(_FONT, "B", 9)
        pdf.cell(42, 5, name)
        pdf.set_font(_FONT, "", 9)
        pdf.multi_cell(0, 5, text, new_x="LMARGIN", new_y="NEXT")
    _draw_map(pdf, product)
    for sheet in (*product.sheets, product.sources):
        if sheet.rows:
            pdf.add_page()
            _draw_table(pdf, sheet, product, FontFace)
    return bytes(pdf.output())


def _draw_map(pdf: Any, product: Product) -> None:
    found = world_map.points(product)
    if not found:
        return
    pdf.set_font(_FONT, "B", 10)
    pdf.ln(2)
    pdf.cell(0, 6, word("map", product.language), new_x="LMARGIN", new_y="NEXT")
    left, top = pdf.l_margin, pdf.get_y()
    scale = min((pdf.epw - _LEGEND_MM) / world_map.WIDTH, (pdf.h - top - 15) / world_map.HEIGHT)

    def placed(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(left + x * scale, top + y * scale) for x, y in ring]

    pdf.set_fill_color(234, 241, 247)
    pdf.rect(left, top, world_map.WIDTH * scale, world_map.HEIGHT * scale, style="F")
    pdf.set_fill_color(216, 211, 196)
    pdf.set_draw_color(138, 134, 116)
    pdf.set_line_width(0.1)
    for ring in world_map.land():
        pdf.polygon(placed(ring), style="DF")
    pdf.set_draw_color(255, 255, 255)
    for x, y, kind, _ in found:
        _sign(pdf, kind, placed(world_map.shape(kind, x, y, 1.3)))
    pdf.set_font(_FONT, "", 8)
    beside = left + world_map.WIDTH * scale + 4
    for place, kind in enumerate(dict.fromkeys(kind for _, _, kind, _ in found)):
        y = top + 4 + 6 * place
        _sign(pdf, kind, world_map.shape(kind, beside + 1, y, 1.2))
        pdf.text(beside + 4, y + 1, kind_word(kind, product.language))


def _sign(pdf: Any, kind: str, corners: list[tuple[float, float]]) -> None:
    colour = world_map.COLOURS.get(kind, "#111111").lstrip("#")
    pdf.set_fill_color(*(int(colour[place : place + 2], 16) for place in (0, 2, 4)))
    pdf.polygon(corners, style="DF")


def _draw_table(pdf: Any, sheet: Sheet, product: Product, face: Any) -> None:
    language = product.language
    headings, rows, widths = table(sheet, language, product.names)
    pdf.set_fill_color(255, 255, 255)
    pdf.set_font(_FONT, "B", 11)
    pdf.cell(0, 7, f"{kind_word(sheet.kind, language)} ({len(rows)})", new_x="LMARGIN", new_y="NEXT")
    pdf.set_draw_color(154, 165, 177)
    pdf.set_line_width(0.1)
    style = face(emphasis="BOLD", fill_color=(220, 230, 240))
    widths_mm = _wide_enough(pdf, headings, rows, widths)
    pdf.set_font(_FONT, "", _TABLE_PT)
    with pdf.table(
        col_widths=widths_mm, headings_style=style, line_height=3.6, padding=_PADDING_MM, text_align="LEFT",
        v_align="T",
    ) as grid:  # fmt: skip
        for cells in (headings, *rows):
            row = grid.row()
            for cell in cells:
                row.cell(cell)


def _wide_enough(pdf: Any, headings: list[str], rows: list[list[str]], widths: list[float]) -> tuple[float, ...]:
    """Widths in mm by the shares; a column too narrow for a word takes from the widest, so that no word is broken.

    Addresses are one long word and may be: the widest column, which they stand in, gives and never takes.
    """
    shares = [pdf.epw * width / sum(widths) for width in widths]
    widest = shares.index(max(shares))
    for place, share in enumerate(shares):
        pdf.set_font(_FONT, "B", _TABLE_PT)
        needed = max(pdf.get_string_width(word) for word in headings[place].split())
        pdf.set_font(_FONT, "", _TABLE_PT)
        words = {word for row in rows for word in row[place].split()}
        needed = max([needed, *(width for word in words if (width := pdf.get_string_width(word)) < _LONGEST_WORD_MM)])
        needed += 2 * (_PADDING_MM + pdf.c_margin) + 0.1
        if place != widest and needed > share:
            shares[widest] -= needed - share
            shares[place] = needed
    return tuple(shares)
