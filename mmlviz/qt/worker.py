"""Slow work in a thread of its own, so that the window goes on."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from concurrent.futures import Future

POLL = 4  # milliseconds between looks at what is being done
KEPT = 4  # keys that count as done; the caches of the models are no smaller


class Worker(QObject):
    """Does the newest piece of slow work; those that were wanted meanwhile and are not any more are left out."""

    def __init__(self, work: Callable[[Hashable], object], ready: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        from concurrent.futures import ThreadPoolExecutor  # not needed before a tab with slow work is seen

        self._work, self._ready = work, ready
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="slow work")
        self._done: list[Hashable] = []
        self._wanted: Hashable = None
        self._doing: tuple[Hashable, Future[object]] | None = None
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._look)
        pool = self._pool  # not self, which is going when this is called
        self.destroyed.connect(lambda *_: pool.shutdown(wait=False, cancel_futures=True))

    def defer(self, key: Hashable) -> bool:
        """Have the work of a key done; False where it has been done."""
        self._wanted = key  # in place of what was wanted before, also where it is done
        if key in self._done:
            self.did(key)  # again the newest, as in the caches of the models
            return False
        if self._doing is None:
            self._begin(key)
        return True

    def leave(self) -> None:
        """Nothing is wanted any more; what is being done is ended, and nothing begun after it."""
        self._wanted = None

    def did(self, key: Hashable) -> None:
        """The work of a key has been done here, without us."""
        self._done = [*(k for k in self._done if k != key), key][-KEPT:]

    def _begin(self, key: Hashable) -> None:
        self._doing = key, self._pool.submit(self._work, key)
        self._poll.start()

    def _look(self) -> None:
        if self._doing is None or not self._doing[1].done():
            return
        self._poll.stop()
        key, self._doing = self._doing[0], None
        self.did(key)  # where it failed, compute fails in its place, and says why
        if self._wanted not in (None, key, *self._done):
            self._begin(self._wanted)
        self._ready()
