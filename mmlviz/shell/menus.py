"""Menus, keys and the buttons beside the menus, all from the action table."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QMenuBar, QToolButton, QWidget

from mmlviz.core.actions import ACTIONS, Action
from mmlviz.qt.look import Look

IN_CORNER = ("undo", "redo", "snap", "theme", "projector", "help", "panel")
WITH_WORDS = ("panel",)

Done = Mapping[str, Callable[..., object]]


class Menus:
    """The actions of a window by id, and its menus by title."""

    def __init__(self, window: QMainWindow, done: Done) -> None:
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {t: window.menuBar().addMenu(f"&{t}") for t in ("File", "Edit", "View", "Help")}
        for action in ACTIONS:
            made = self.actions[action.id] = _made(action, done[action.id], window)
            menu = self.menus[action.menu]
            if action.begins_part:
                menu.addSeparator()
            menu.addAction(_listed(action, made, window))
            if action.scope == "window":
                window.addAction(made)  # keys work in full screen too, where the menu bar is hidden
        for menu in self.menus.values():
            menu.setToolTipsVisible(True)

    def add_tabs(self, window: QMainWindow, names: list[str], go: Callable[[int], object]) -> None:
        """Tabs by name at the end of the View menu, and by Ctrl and number."""
        menu = self.menus["View"]
        group = QActionGroup(window)
        menu.addSeparator()
        for k, name in enumerate(names):
            key = f"Ctrl+{k + 1}"
            listed = QAction(f"{name}\t{_native(key)}", group)
            listed.triggered.connect(lambda checked=False, k=k: go(k))
            menu.addAction(listed)
            QShortcut(QKeySequence(key), window, lambda k=k: go(k))

    def submenu(self, title: str, menu: str, after: str) -> QMenu:
        """A further menu within one, below an action."""
        made = QMenu(title, self.menus[menu])
        listed = self.menus[menu].actions()
        self.menus[menu].insertMenu(listed[listed.index(self.actions[after]) + 1], made)
        return made


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _made(action: Action, done: Callable[..., object], window: QMainWindow) -> QAction:
    made = QAction(action.title, window)
    made.setObjectName(action.id)
    made.setShortcuts([QKeySequence(k) for k in action.keys])
    keys = f" ({', '.join(map(_native, action.keys))})" if action.keys else ""
    made.setToolTip(f"{action.title}{keys}: {action.help}")
    made.setStatusTip(action.help)
    made.setCheckable(action.is_checkable)
    made.setIconVisibleInMenu(not action.is_checkable)  # an icon would take the place of the tick
    if action.scope == "canvas":
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    # triggered also says whether it is checked, which most of what is done does not want to hear
    made.triggered.connect(done if action.is_checkable else lambda checked=False: done())
    return made


def _listed(action: Action, made: QAction, window: QMainWindow) -> QAction:
    """What stands in the menu: a menu would make the keys of a canvas work all over the window."""
    if action.scope == "window":
        return made
    listed = QAction(f"{action.title}\t{', '.join(map(_native, action.keys))}", window)
    listed.setToolTip(made.toolTip())
    listed.triggered.connect(made.trigger)
    return listed


class Corner(QWidget):
    """The buttons in the corner of the menu bar: beside the tabs they would take their room."""

    def __init__(self, menu_bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
        super().__init__(menu_bar)
        self.setObjectName("corner")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 10, 2)
        row.setSpacing(2)
        self._buttons: list[tuple[CornerButton, str]] = []
        icons = {a.id: a.icon for a in ACTIONS}
        for name in IN_CORNER:
            button = CornerButton(actions[name], has_words=name in WITH_WORDS)
            row.addWidget(button)
            self._buttons.append((button, icons[name]))
        menu_bar.setCornerWidget(self)

    def show_look(self, look: Look) -> None:
        """Icons in the colours and sizes of this look."""
        for button, icon in self._buttons:
            button.action.setIcon(look.icon("sun" if icon == "moon" and look.theme.is_dark else icon))
            button.setIconSize(QSize(look.px(19), look.px(19)))


class CornerButton(QToolButton):
    """Shows an action and triggers it.

    Qt's own way, setDefaultAction, connects to the action once more whenever that changes (Qt 6.10: 144 bytes
    each time, and each change takes longer than the one before).
    """

    def __init__(self, action: QAction, has_words: bool) -> None:
        super().__init__()
        self.action = action
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(action.isCheckable())
        if has_words:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.setText(action.iconText())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def nextCheckState(self) -> None:
        """The action decides whether it is on."""

    def _follow(self) -> None:
        action = self.action
        self.setAccessibleName(action.iconText())
        self.setToolTip(action.toolTip())
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())
