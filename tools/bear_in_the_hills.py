"""Draws resources/pictures/bear.png, the picture that is shown where nobody has opened one.

    python tools/bear_in_the_hills.py

Nothing in it is the same on the left as on the right, so that a mirror image is noticed.
"""

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter, QPen

from mmlviz.data import resource
from mmlviz.maths import figures

SIDE = 1000  # pixels
SKY, GLOW, SUN = ("#9fd3ee", "#fdf1d3"), "#fbe3a2", "#f6c445"
FAR, SNOW, MIDDLE, NEAR, PATH = "#8ea6bd", "#f4f7fa", "#8dbb6a", "#5f9c4c", "#ead9b0"
TRUNK, NEEDLES = "#6b4a2f", "#2f6b4a"
FUR, LIGHT, INK = "#9a6238", "#eed3ab", "#3a2314"


def main() -> None:
    """Paint and write it, with few colours, so that it stays small."""
    QGuiApplication(sys.argv)
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for paint in (sky, mountains, hills, trees, bear):
        paint(painter)
    painter.end()
    place = resource("pictures/bear.png")
    image.convertToFormat(QImage.Format.Format_RGB888).save(str(place), "png", 0)  # as small as can be
    print(f"{place}: {place.stat().st_size:,} bytes")


def sky(painter: QPainter) -> None:
    """From blue to light, with the sun on the left."""
    down = QLinearGradient(0, 0, 0, 640)
    down.setColorAt(0, QColor(SKY[0]))
    down.setColorAt(1, QColor(SKY[1]))
    painter.fillRect(0, 0, SIDE, SIDE, down)
    for radius, colour in ((125, GLOW), (80, SUN)):
        disc(painter, 190, 190, radius, colour)


def mountains(painter: QPainter) -> None:
    """Three peaks, the highest with snow."""
    left, right = [(0, 640), (0, 470), (120, 390), (300, 560)], [(470, 450), (714, 250), (930, 520), (1000, 470)]
    fill(painter, [*left, *right, (1000, 640)], FAR)
    fill(painter, [(714, 250), (641, 310), (690, 330), (714, 362), (740, 322), (780, 332)], SNOW)


def hills(painter: QPainter) -> None:
    """Two waves of meadows, and a path that bends to the right."""
    x = np.linspace(0, SIDE, 101)
    for y, colour in (
        (590 - 50 * np.sin(x / 170 + 0.6), MIDDLE),
        (760 + 45 * np.sin(x / 210 - 0.4), NEAR),
    ):
        fill(painter, [*zip(x, y), (SIDE, SIDE), (0, SIDE)], colour)
    t = np.linspace(0, 1, 41)
    middle, half = 900 - 330 * (1 - t) ** 2 + 60 * np.sin(5 * t), 10 + 85 * (1 - t) ** 1.5
    height = SIDE - 262 * t
    edge = [*zip(middle - half, height), *zip((middle + half)[::-1], height[::-1])]
    fill(painter, edge, PATH)


def trees(painter: QPainter) -> None:
    """Firs on the left and a small one on the right."""
    for x, foot, size in ((95, 800, 1.25), (225, 740, 0.8), (935, 735, 0.6)):
        left, right, top = x - 14 * size, x + 14 * size, foot - 70 * size
        fill(painter, [(left, foot), (left, top), (right, top), (right, foot)], TRUNK)
        for k in range(3):
            half, low = (85 - 18 * k) * size, foot - (45 + 75 * k) * size
            fill(painter, [(x - half, low), (x, low - 130 * size), (x + half, low)], NEEDLES)


def bear(painter: QPainter) -> None:
    """The bear of maths/figures, in fur."""
    figure = figures.bear()
    line = QPen(QColor(INK), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for k, part in enumerate((*figure.areas, *figure.ink)):
        is_closed = np.array_equal(part[0], part[-1])
        colour = FUR if k == 0 else LIGHT if k < len(figure.areas) else INK
        painter.setPen(line if k == 0 or not is_closed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour) if is_closed else Qt.BrushStyle.NoBrush)
        at = np.array([515.0, 545.0]) + part * np.array([212.0, -212.0])
        (painter.drawPolygon if is_closed else painter.drawPolyline)(arrayToQPolygonF(*at.T.copy()))


def fill(painter: QPainter, corners: list[tuple[float, float]], colour: str) -> None:
    """A polygon without an edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon([QPointF(x, y) for x, y in corners])


def disc(painter: QPainter, x: float, y: float, radius: float, colour: str) -> None:
    """A round spot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(x, y), radius, radius)


if __name__ == "__main__":
    main()
