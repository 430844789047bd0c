"""The title block of a printed map: banner, title and lines of the scene, in a corner where they hide no chain."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.parts.words import tr

_BANNER_PX = 24.0
_INNER_PX = 14.0
_WIDEST_SHARE = 0.4
"""Share of the map's width that the lines take at most; longer ones are folded at a space."""
_TITLE_SHARE = 0.65
"""The title may take so much; then it is cut."""


@dataclass(frozen=True)
class TitleBlock:
    """A block laid out: where it stands, its lines folded to its width, and what it has above them."""

    box: QRectF
    title: str
    lines: tuple[str, ...]
    banner: bool


def title_block(scene: MapScene, width: float, height: float, keep_clear: tuple[FloatArray, FloatArray]) -> TitleBlock:
    """Lay the block out on a map of that size. keep_clear: pixels x and y that it should not cover."""
    bold, plain = (QFontMetricsF(font) for font in _fonts())
    head = min(bold.horizontalAdvance(scene.title) + 2 * _INNER_PX + 1, width * _TITLE_SHARE)
    widest = max(width * _WIDEST_SHARE, head, 200.0)
    folded = tuple(part for line in scene.lines for part in _folded(line, plain, widest - 2 * _INNER_PX))
    title = bold.elidedText(scene.title, Qt.TextElideMode.ElideRight, widest - 2 * _INNER_PX)
    wide = max([bold.horizontalAdvance(title)] + [plain.horizontalAdvance(line) for line in folded]) + 2 * _INNER_PX
    banner = _BANNER_PX if scene.exercise else 0.0
    high = banner + _INNER_PX + bold.height() + len(folded) * (plain.height() + 2)
    left, right, top, bottom = 40.0, width - 64.0 - wide, 28.0, height - 48.0 - high
    spots = [QRectF(x, y, wide, high) for x, y in ((left, top), (right, bottom), (right, top), (left, bottom))]
    box = min(spots, key=lambda spot: _covered(spot, keep_clear))  # the first of those that cover least
    return TitleBlock(box, title, folded, scene.exercise)


def _covered(box: QRectF, points: tuple[FloatArray, FloatArray]) -> int:
    x, y = points
    inside = (x > box.left() - 20) & (x < box.right() + 20) & (y > box.top() - 20) & (y < box.bottom() + 20)
    return int(inside.sum())


def _folded(line: str, metrics: QFontMetricsF, widest: float) -> list[str]:
    folded: list[str] = []
    for word in line.split(" "):
        longer = f"{folded[-1]} {word}" if folded else word
        if folded and metrics.horizontalAdvance(longer) > widest:
            folded.append(f"   {word}")
        else:
            folded[-1:] = [longer]
    return folded


def _fonts() -> tuple[QFont, QFont]:
    bold, plain = QFont(), QFont()
    bold.setPixelSize(17)
    bold.setBold(True)
    plain.setPixelSize(12)
    return bold, plain


def paint_title_block(painter: QPainter, block: TitleBlock, palette: MapPalette) -> None:
    """Paint the block, the exercise banner above its title."""
    bold, plain = _fonts()
    bold_metrics, metrics = QFontMetricsF(bold), QFontMetricsF(plain)
    box = block.box
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, QColor(palette.panel))
    y = box.top()
    if block.banner:
        strip = QRectF(box.left(), y, box.width(), _BANNER_PX)
        painter.fillRect(strip, QColor(palette.banner))
        font = QFont(bold)
        font.setPixelSize(13)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)
        painter.setFont(font)
        painter.setPen(QColor(palette.banner_text))
        words = "  ".join([tr("EXERCISE")] * (3 if box.width() > 320 else 1))
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)
        y += _BANNER_PX
    painter.setFont(bold)
    painter.setPen(QColor(palette.text))
    y += _INNER_PX / 2
    painter.drawText(QPointF(box.left() + _INNER_PX, y + bold_metrics.ascent()), block.title)
    y += bold_metrics.height()
    painter.setFont(plain)
    for line in block.lines:
        y += 2
        painter.drawText(QPointF(box.left() + _INNER_PX, y + metrics.ascent()), line)
        y += metrics.height()
    painter.setPen(QPen(QColor(palette.panel_line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
