"""Paints the pages of a report: as PDF, on a printer, or as pictures for a preview; on any thread."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter

from subrescue.desktop.paper.letters import TENTHS
from subrescue.desktop.paper.marks import Page, paint_marks
from subrescue.desktop.paper.pages import STEPS, Bound, Tick
from subrescue.desktop.parts.words import product_in
from subrescue.domain.errors import InputError, Problem

_DOTS = 1200
PREVIEW_DPI = 110


def to_pdf(bound: Bound, tick: Tick) -> bytes:
    """The report as PDF: text as text with its letters embedded, lines as lines, the land of the map as a picture."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    writer.setTitle(bound.title)
    writer.setAuthor(bound.report.originator)
    writer.setCreator("Subrescue")
    paint_on(writer, _DOTS, bound, tick)
    buffer.close()
    return bytes(content.data())


def paint_on(device: QPagedPaintDevice, dots: int, bound: Bound, tick: Tick) -> None:
    """Paint all pages on a device of so many dots an inch. Raises InputError where it takes none."""
    painter = QPainter()
    try:
        for number, page in enumerate(bound.pages):
            tick(STEPS - 2, STEPS)
            device.setPageLayout(_layout(bound, page))
            if number == 0 and not painter.begin(device):
                raise InputError(Problem("report", "a printer that takes no pages", "one that is ready"))
            if number:
                device.newPage()
            _paint(painter, bound, page, dots)
    finally:
        painter.end()
    tick(STEPS, STEPS)


def to_pictures(bound: Bound, tick: Tick, dots: int = PREVIEW_DPI) -> list[QImage]:
    """Each page as a picture of so many dots an inch."""
    found = []
    for page in bound.pages:
        tick(STEPS - 2, STEPS)
        width, height = bound.frame.paper.size(page.landscape)
        image = QImage(round(width * dots / 72), round(height * dots / 72), QImage.Format.Format_RGB32)
        image.fill("white")
        painter = QPainter(image)
        _paint(painter, bound, page, dots)
        painter.end()
        found.append(image)
    tick(STEPS, STEPS)
    return found


def _layout(bound: Bound, page: Page) -> QPageLayout:
    way = QPageLayout.Orientation.Landscape if page.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(bound.frame.paper.qt(), way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint(painter: QPainter, bound: Bound, page: Page, dots: int) -> None:
    painter.save()
    painter.scale(dots / 72 / TENTHS, dots / 72 / TENTHS)
    with product_in(bound.language):  # the map puts its words in when it is painted
        bound.frame.paint_watermark(painter, page)
        paint_marks(painter, page)
    painter.restore()
