"""Names that are painted once and kept by hundreds take the memory of their pixels, not that of a painter each."""

from __future__ import annotations

import ctypes
import sys

import pytest
from PySide6.QtGui import QColor, QPainter, QPixmap

from subrescue.desktop.map.kept_pixmap import to_be_kept
from subrescue.desktop.map.labels import TextStyle, text_pixmap

NAMES = 200
STYLE = TextStyle(11, "#102030", "#f0f0f0")


class _Figures(ctypes.Structure):
    _fields_ = tuple((f"figure_{k}", ctypes.c_size_t) for k in range(10))


def used_bytes() -> int:
    """What the C library has given out: in its heaps, and in blocks that are mapped on their own."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Figures
    figures = ask()
    return int(figures.figure_7 + figures.figure_4)


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "mallinfo2"),
    reason="only glibc tells how much is given out",
)
def test_a_name_takes_little_more_than_its_pixels() -> None:
    text_pixmap("the first", STYLE)  # fonts are read for it
    before = used_bytes()
    kept = [text_pixmap(f"kept {number}", STYLE) for number in range(NAMES)]
    pixels = sum(4 * pixmap.width() * pixmap.height() for pixmap in kept)
    assert used_bytes() - before < 2 * pixels + NAMES * 2_000


@pytest.mark.usefixtures("qapp")
def test_the_kept_picture_is_the_painted_one() -> None:
    pixmap = QPixmap(9, 7)
    pixmap.setDevicePixelRatio(1.5)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.fillRect(2, 1, 3, 2, QColor("#a0b0c0"))
    painter.end()
    kept = to_be_kept(pixmap)
    assert kept.devicePixelRatio() == 1.5
    assert kept.toImage() == pixmap.toImage()
