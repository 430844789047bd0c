"""Writes a product in the kind of file that its name asks for."""

from __future__ import annotations

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations import templates
from subrescue.exchange.exports.product import Product

SUFFIXES = (*templates.SUFFIXES, ".kml", ".pdf", ".html")


def to_file(product: Product, suffix: str) -> bytes:
    """The content of the file. Raises InputError for a kind of file that is not written."""
    sheets = (*product.sheets, product.sources) if product.sources.rows else product.sheets
    if suffix in templates.SUFFIXES:
        lines, mark = product.lines(), product.watermark
        return templates.tables(sheets, suffix, product.language, lines, mark, product.properties)
    if suffix == ".kml":
        from subrescue.exchange.exports.kml_places import to_kml

        return to_kml(product).encode("utf-8")
    if suffix == ".pdf":
        from subrescue.exchange.exports.pdf_pages import to_pdf

        return to_pdf(product)
    if suffix == ".html":
        from subrescue.exchange.exports.html_page import to_html

        return to_html(product).encode("utf-8")
    raise InputError(Problem("", f"the ending '{suffix}'", f"allowed are {', '.join(SUFFIXES)}"))
