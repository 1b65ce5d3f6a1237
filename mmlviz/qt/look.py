"""A theme at a size: colours as Qt has them, widths, fonts."""

from dataclasses import dataclass
from functools import cache, cached_property

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from mmlviz.core.theme import Theme, load
from mmlviz.data import resource

FAMILY = "Inter"


@dataclass(frozen=True, eq=False)
class Look:
    """A theme, as large as it is to be seen. Sizes are in pixels."""

    theme: Theme
    is_projector: bool = False
    has_big_cursor: bool = False

    @property
    def scale(self) -> float:
        """How much larger than at a desk everything is."""
        return 1.6 if self.is_projector else 1.0

    @property
    def widths(self) -> dict[str, float]:
        """Line widths by the names that marks use."""
        if self.is_projector:
            return {"hair": 1.6, "line": 3.0, "vector": 7.0, "glow": 22.0}
        return {"hair": 1.0, "line": 2.0, "vector": 4.0, "glow": 14.0}

    def px(self, size: float) -> int:
        """So many pixels at a desk, scaled."""
        return round(size * self.scale)

    @cache  # noqa: B019  the looks that look_of makes, eight at most, live as long as the program
    def colour(self, role: str) -> QColor:
        """The colour of lines of a role."""
        return QColor(self.theme.line(role))

    @cache  # noqa: B019
    def text_colour(self, role: str) -> QColor:
        """The colour of words of a role."""
        return QColor(self.theme.text(role))

    @cache  # noqa: B019
    def thin_colour(self, role: str, share: float) -> QColor:
        """The role's colour thinned into the background, opaque: transparency would cost a frame."""
        return QColor(self.theme.mixed(role, share))

    @cached_property
    def classes(self) -> list[QColor]:
        """The ten colours of classes."""
        return [QColor(colour) for colour in self.theme.classes]

    @cache  # noqa: B019
    def font(self, size: float, is_italic: bool = False, is_heavy: bool = False) -> QFont:
        """The typeface at so many pixels at a desk."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setItalic(is_italic)
        font.setWeight(QFont.Weight.DemiBold if is_heavy else QFont.Weight.Normal)
        return font

    @cache  # noqa: B019
    def icon(self, name: str, role: str = "text") -> QIcon:
        """A shipped icon in the colour of a role."""
        svg = resource(f"icons/{name}.svg").read_text("utf-8")
        icon = QIcon()
        for mode, colour in (
            (QIcon.Mode.Normal, self.theme.text(role)),
            (QIcon.Mode.Disabled, self.theme.line("axis")),
        ):
            icon.addPixmap(_pixmap(svg.replace("currentColor", colour), self.px(20) * 2), mode)
        return icon

    def palette(self) -> QPalette:
        """The colours of the window's own widgets."""
        colours = self.theme.colours
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: colours["panel"],
            QPalette.ColorRole.WindowText: colours["text"],
            QPalette.ColorRole.Base: colours["field"],
            QPalette.ColorRole.AlternateBase: colours["panel"],
            QPalette.ColorRole.Text: colours["text"],
            QPalette.ColorRole.Button: colours["background"],
            QPalette.ColorRole.ButtonText: colours["text"],
            QPalette.ColorRole.BrightText: colours["negative"],
            QPalette.ColorRole.Highlight: colours["accent"],
            QPalette.ColorRole.HighlightedText: colours["on_accent"],
            QPalette.ColorRole.ToolTipBase: colours["background"],
            QPalette.ColorRole.ToolTipText: colours["text"],
            QPalette.ColorRole.PlaceholderText: colours["muted"],
            QPalette.ColorRole.Link: colours["accent"],
            QPalette.ColorRole.Mid: colours["border"],
        }
        for role, colour in roles.items():
            palette.setColor(role, QColor(colour))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["axis"]))
        return palette


def _pixmap(svg: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    return pixmap


@cache
def look_of(theme_name: str, is_projector: bool, has_big_cursor: bool = False) -> Look:
    """The look of that theme and size, the same one each time: pictures are cached by it."""
    return Look(load(theme_name), is_projector, has_big_cursor)


@cache
def load_fonts() -> None:
    """Make the shipped typeface known to Qt, once."""
    for face in ("Regular", "Italic", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{face}.otf")))


def dress(look: Look) -> None:
    """Give the application the palette and the typeface of a look."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        if app.palette() != look.palette():  # Qt keeps some 10 kB of each that it was ever given
            app.setPalette(look.palette())
        app.setFont(look.font(15))


def style_sheet(look: Look) -> str:
    """The window's widgets in this look; small, since Qt matches it against every widget."""
    c, px = look.theme.colours, look.px
    return f"""
    QMainWindow, QDialog, #page, #panel, #panelBody {{ background: {c["panel"]}; }}
    #card, #strip {{ background: {c["background"]}; border: 1px solid {c["border"]}; border-radius: {px(6)}px; }}
    #strip QScrollBar:vertical {{ background: {c["background"]}; width: {px(7)}px; margin: 0; }}
    #strip QScrollBar::handle {{ background: {c["axis"]}; border-radius: {px(3)}px; min-height: {px(20)}px; }}
    #strip QScrollBar::handle:focus {{ background: {c["accent"]}; }}
    #strip QScrollBar::add-line, #strip QScrollBar::sub-line {{ height: 0; }}
    #heading {{ color: {c["muted"]}; font-weight: 600; font-size: {px(13)}px; }}
    #problem {{ color: {look.theme.text("negative")}; font-size: {px(13)}px; }}
    #overlay {{ background: {c["background"]}; color: {c["muted"]}; border-radius: {px(4)}px;
               padding: {px(2)}px {px(6)}px; font-size: {px(13)}px; }}
    #thumbnail {{ border: 2px solid {c["axis"]}; }}
    #toast {{ background: {c["text"]}; color: {c["background"]}; border-radius: {px(6)}px;
             padding: {px(8)}px {px(14)}px; font-family: {FAMILY}; font-size: {px(14)}px; }}
    #notice {{ background: {c["background"]}; border: 2px solid {c["accent"]}; border-radius: {px(6)}px; }}
    QLineEdit {{ background: {c["field"]}; border: 1px solid {c["border"]}; border-radius: {px(4)}px;
                padding: {px(2)}px {px(6)}px; selection-background-color: {c["accent"]};
                selection-color: {c["on_accent"]}; }}
    QLineEdit:focus {{ border: 2px solid {c["accent"]}; padding: {px(1)}px {px(5)}px; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {c["negative"]}; }}
    QPushButton {{ background: {c["background"]}; border: 1px solid {c["border"]}; border-radius: {px(5)}px;
                  padding: {px(5)}px {px(12)}px; }}
    QPushButton[shared="true"] {{ padding-left: {px(3)}px; padding-right: {px(3)}px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {c["accent"]}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {c["accent"]}; }}
    QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c["border"]}; }}
    QPushButton[primary="true"] {{ background: {c["accent"]}; color: {c["on_accent"]}; font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{ background: {c["background"]}; color: {c["axis"]}; }}
    QPushButton:checked {{ background: {c["border"]}; border-color: {c["accent"]}; }}
    QPushButton::menu-indicator {{ width: 0; }}
    QToolButton {{ background: {c["background"]}; border: 1px solid {c["border"]}; border-radius: {px(5)}px;
                  padding: {px(3)}px; }}
    #corner QToolButton {{ background: transparent; border-color: transparent; }}
    #corner QToolButton:hover, #corner QToolButton:focus {{ border-color: {c["accent"]}; }}
    #corner QToolButton:checked {{ background: {c["border"]}; }}
    QTabWidget::pane {{ border: 0; }}
    QMenuBar, QMenu, QTabBar, QToolButton, QToolTip {{ font-family: {FAMILY}; font-size: {px(14)}px; }}
    QTabBar {{ font-size: {px(15)}px; background: {c["panel"]}; }}
    QTabBar::tab {{ background: transparent; color: {c["muted"]}; padding: {px(9)}px {px(16)}px;
                   border: 0; border-bottom: {px(3)}px solid transparent; }}
    QTabBar::tab:selected {{ color: {c["text"]}; border-bottom-color: {c["accent"]}; }}
    QTabBar::tab:hover {{ color: {c["text"]}; }}
    QTabBar::tab:focus {{ color: {c["accent"]}; }}
    QMenuBar {{ background: {c["panel"]}; }}
    QMenuBar::item {{ padding: {px(4)}px {px(10)}px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {c["accent"]}; color: {c["on_accent"]}; }}
    QMenu {{ background: {c["background"]}; border: 1px solid {c["border"]}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(24)}px; }}
    QMenu::item:disabled {{ color: {c["axis"]}; }}
    QMenu::separator {{ height: 1px; background: {c["border"]}; margin: {px(4)}px; }}
    QTableView {{ background: {c["background"]}; border: 0; selection-background-color: {c["border"]};
                 selection-color: {c["text"]}; }}
    QTableView::indicator {{ width: {px(13)}px; height: {px(13)}px; border: 1px solid {c["axis"]};
                            border-radius: {px(3)}px; background: {c["field"]}; }}
    QTableView::indicator:checked {{ background: {c["accent"]}; border-color: {c["accent"]}; }}
    QTableView::item {{ padding: 0 {px(6)}px; }}
    QHeaderView, QHeaderView::section {{ background: {c["background"]}; color: {c["muted"]}; border: 0;
                                         padding: 0 {px(4)}px; }}
    QScrollArea {{ border: 0; background: transparent; }}
    QToolTip {{ background: {c["background"]}; color: {c["text"]}; border: 1px solid {c["border"]}; }}
    """
