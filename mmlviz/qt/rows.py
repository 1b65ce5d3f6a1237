"""Rows of the panel: a slider with its entry, and a transport for what plays."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from mmlviz.core.controls import Play, Slider
from mmlviz.core.fields import Field, entry, with_entry
from mmlviz.core.frames import Run, run
from mmlviz.core.store import Store
from mmlviz.maths.number import Number, Problem
from mmlviz.qt.entry import Entry
from mmlviz.qt.look import Look
from mmlviz.qt.slider import LabSlider

PACES = (1.0, 2.0, 0.25, 0.5)  # speeds of a run, in the order in which they come
SETTLE = 500  # milliseconds without a key after which stepping a slider is one undo step


class Row(QWidget):
    """A row of the panel: it shows the state, and makes states."""

    control: Any

    def __init__(self) -> None:
        super().__init__()
        # What is done when a choice has put another picture in the place of the old one.
        self.turned: Callable[[], None] = lambda: None
        self.started: Callable[[], None] = lambda: None  # what starts the run of what a press has made

    @property
    def focusable(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        raise NotImplementedError

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Show the present state; while this happens no widget of the row is listened to."""
        raise NotImplementedError

    def drop_draft(self) -> None:
        """Forget what is being typed."""

    def take_draft(self) -> None:
        """Take what is being typed, if it can be read."""


class Gesture:
    """What a slider's moves belong to: a drag, or keys in quick succession; one undo step, whichever."""

    def __init__(self, store: Store, begin: Callable[[], None], slider: LabSlider) -> None:
        self.store, self._begin, self.slider = store, begin, slider
        self._mine = -1  # the number of the gesture that this slider is making
        self._pause = QTimer(slider, singleShot=True, interval=SETTLE)
        self._pause.timeout.connect(self._settle)
        slider.sliderPressed.connect(self.begin)
        slider.sliderReleased.connect(store.settle)
        slider.cancel = store.cancel  # type: ignore[method-assign]

    def begin(self) -> None:
        """End what was going on before."""
        self._begin()
        self._mine = self.store.gesture

    def move(self, state: Callable[[], object]) -> None:
        """Show the state of a move, made once the gesture has begun; without a hand on the knob it ends by itself."""
        if self._mine != self.store.gesture:
            self.begin()
        self.store.preview(state())
        if not self.slider.isSliderDown():
            self._pause.start()

    def _settle(self) -> None:
        """Some time after the last key; if no other gesture has begun."""
        if self._mine == self.store.gesture:
            self.store.settle()


class EntryRow(Row):
    """A row with an entry, and below it a line for what is wrong."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry, self.problem = entry, QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        entry.on_problem = self._show_problem
        self.parts = QHBoxLayout()
        self.parts.setSpacing(8)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addLayout(self.parts)
        self.column.addWidget(self.problem)

    def drop_draft(self) -> None:
        if self.entry.is_draft:
            self.entry.restore()

    def take_draft(self) -> None:
        self.entry.take()

    def _show_problem(self, problem: Problem | None) -> None:
        self.problem.setText("" if problem is None else str(problem))
        self.problem.setVisible(problem is not None)


class SliderRow(EntryRow):
    """Name, slider, entry."""

    def __init__(self, control: Slider, field: Field, store: Store) -> None:
        super().__init__(Entry(field.read_entry, self._set))
        self.control, self.field, self.store = control, field, store
        self._is_showing = False
        self._look: Look | None = None
        name = ".".join([store.lab.id, field.name, *map(str, control.index)])
        self.label = QLabel()
        self.slider = LabSlider(control.steps)
        self.slider.setObjectName(name)
        self.slider.fine = self._fine  # type: ignore[method-assign]
        self.entry.setObjectName(f"{name}.entry")
        self._name(control.label or field.label)
        for part in (self.label, self.slider, self.entry):
            self.parts.addWidget(part, part is self.slider)
        if field.unit:
            self.parts.addWidget(QLabel(field.unit))
        self._gesture = Gesture(store, store.begin, self.slider)
        self.slider.valueChanged.connect(self._slid)
        self.slider.on_double_click(self._reset)

    @property
    def focusable(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.slider, self.entry]

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self.slider.show_look(look)
        self.label.setFont(look.font(16, is_italic=True, is_heavy=True))
        palette = self.label.palette()
        palette.setColor(palette.ColorRole.WindowText, look.text_colour(self.control.role))
        self.label.setPalette(palette)
        self._fit_label(look)
        self.entry.setFixedWidth(look.px(78))
        self.entry.show_look(look)

    def _fit_label(self, look: Look) -> None:
        self._look = look
        width = self.label.fontMetrics().horizontalAdvance(self.label.text())
        self.label.setFixedWidth(max(look.px(16), width + look.px(4)))

    def _name(self, name: str) -> None:
        self.label.setText(name)
        self.slider.setAccessibleName(f"{name} of {self.field.label}")
        self.entry.setAccessibleName(f"{name} of {self.field.label}, exact")

    def _rename(self) -> None:
        """In states where the number has another name."""
        if self.control.named is not None and self.control.named(self.store.state) != self.label.text():
            self._name(self.control.named(self.store.state))
            if self._look is not None:
                self._fit_label(self._look)

    def show_state(self) -> None:
        """Show the state's number; while this happens the slider is not listened to."""
        self._rename()
        number = entry(getattr(self.store.state, self.field.name), self.control.index)
        self.entry.show_value(number)
        steps = self.control.steps_to(number)
        if steps != self.slider.value():
            self._is_showing = True
            self.slider.setValue(steps)
            self._is_showing = False

    def _slid(self, steps: int) -> None:
        if self._is_showing:
            return
        self.drop_draft()
        self._gesture.move(lambda: self._with(self.control.at(steps)))

    def _fine(self, direction: int) -> None:
        """A tenth of a step, beyond what the slider itself can tell apart; a step where only whole numbers are."""
        if self.field.is_whole:
            self.slider.setValue(self.slider.value() + direction)
            return
        number = entry(getattr(self.store.state, self.field.name), self.control.index)
        moved = self.control.finer(number, direction)
        if self.field.allows(moved):
            self._gesture.move(lambda: self._with(moved))

    def _set(self, number: Number) -> None:
        self.store.act(lambda state: self._with(number))

    def _reset(self, has_jumped: bool) -> None:
        self.drop_draft()
        if has_jumped:
            self.store.undo()  # the first click of the two moved the knob
        home = self.control.home
        self._set(entry(getattr(self.store.lab.opening, self.field.name), self.control.index) if home is None else home)

    def _with(self, number: Number) -> object:
        if self.control.taken is not None:
            return self.control.taken(self.store.state, number)
        value = getattr(self.store.state, self.field.name)
        return replace(self.store.state, **{self.field.name: with_entry(value, self.control.index, number)})


class PlayRow(Row):
    """A transport: backwards, play or pause, and a slider to scrub."""

    FRAME = 16  # milliseconds

    def __init__(self, control: Play, field: Field, store: Store) -> None:
        super().__init__()
        self.control, self.field, self.store = control, field, store
        self._is_showing = False
        self._run: Run | None = None
        self._pace = 1.0
        self._began = 0.0
        self._made: object = None  # the state of the last frame: another one means that a hand took over
        self._timer = QTimer(self, interval=self.FRAME)
        self._timer.timeout.connect(self._frame)
        self.back, self.play = QToolButton(), QPushButton("Play")
        self.back.setToolTip("Play backwards")
        self.back.setAccessibleName("Play backwards")
        self.play.setObjectName(f"{store.lab.id}.{field.name}.play")
        self.play.setProperty("primary", True)
        self.slider = LabSlider(round((control.high - control.low) / control.step))
        self.slider.setObjectName(f"{store.lab.id}.{field.name}")
        self.slider.setAccessibleName(field.label)
        self.slider.fine = lambda direction: self.slider.setValue(self.slider.value() + direction)  # type: ignore[method-assign]
        self.slider.on_double_click(lambda has_jumped: self._jump(control.high))
        self._gesture = Gesture(store, store.settle, self.slider)
        self.pace = QToolButton()
        self.pace.setObjectName(f"{store.lab.id}.{field.name}.pace")
        self.pace.setToolTip("Speed: faster, slower")
        self.pace.clicked.connect(self._turn_pace)
        self._show_pace()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addWidget(self.play)
        row.addWidget(self.pace)
        row.addWidget(QLabel(control.ends[0]))
        row.addWidget(self.slider, 1)
        row.addWidget(QLabel(control.ends[1]))
        self.play.clicked.connect(lambda: self.toggle())
        self.back.clicked.connect(lambda: self.toggle(is_backwards=True))
        self.slider.valueChanged.connect(self._slid)

    @property
    def now(self) -> Number:
        """Where the state stands."""
        number: Number = getattr(self.store.state, self.field.name)
        return number

    @property
    def focusable(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.back, self.play, self.pace, self.slider]

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.slider.show_look(look)
        self.back.setIcon(look.icon("rewind"))
        self.back.setIconSize(QSize(look.px(18), look.px(18)))
        self.play.setIconSize(QSize(look.px(16), look.px(16)))
        self.pace.setVisible(not look.is_projector)  # there is no room for it
        self._show_running()

    def show_state(self) -> None:
        """Show where the run is."""
        steps = round((self.now - self.control.low) / self.control.step)
        if steps != self.slider.value():
            self._is_showing = True
            self.slider.setValue(steps)
            self._is_showing = False

    def toggle(self, is_backwards: bool = False) -> None:
        """Start a run, turn the one that is going, or stop it."""
        if self._run is not None:
            is_turn = is_backwards and self._run.end != self.control.low
            self._stop()
            if not is_turn:
                return
        self.store.settle()
        c = self.control
        seconds = c.seconds / self._pace
        self._run, self._began = run(self.now, c.low, c.high, seconds, is_backwards), perf_counter()
        self._made = self.store.state
        self._timer.start()
        self._show_running()

    def _frame(self) -> None:
        if self._run is None or self.store.state is not self._made:
            self._stop()
            return
        elapsed = perf_counter() - self._began
        self.store.preview(self._at(self._run.at(elapsed), self.control.step / 10))
        self._made = self.store.state
        if self._run.is_over(elapsed):
            self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        mine = self._run is not None and self.store.state is self._made
        self._run = None
        if mine:
            self.store.settle()
        self._show_running()

    def _turn_pace(self) -> None:
        """The next speed; a run that is going takes it from where it is."""
        self._pace = PACES[(PACES.index(self._pace) + 1) % len(PACES)]
        self._show_pace()
        if self._run is not None:
            end, c = self._run.end, self.control
            self._run = run(self.now, c.low, c.high, c.seconds / self._pace, end == c.low)
            self._began = perf_counter()

    def _show_pace(self) -> None:
        said = {0.25: "¼×", 0.5: "½×"}.get(self._pace, f"{self._pace:.0f}×")
        self.pace.setText(said)
        self.pace.setAccessibleName(f"Speed {said}")

    def _show_running(self) -> None:
        running = self._run is not None
        self.play.setText("Pause" if running else "Play")
        self.play.setIcon(self._look.icon("pause" if running else "play", "on_accent"))

    def _slid(self, steps: int) -> None:
        if self._is_showing:
            return
        self._gesture.move(lambda: self._at(self.control.low + steps * self.control.step, self.control.step))

    def _jump(self, value: float) -> None:
        self.store.preview(self._at(value, self.control.step))
        self.store.settle()

    def _at(self, value: float, step: float) -> object:
        return replace(self.store.state, **{self.field.name: Number.rounded(value, step)})
