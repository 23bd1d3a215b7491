"""An event loop in a thread of its own, for processes that run none: a worker announces from it."""

from __future__ import annotations

import asyncio
import os
import threading


class BackgroundLoop:
    """Starts its thread when it is first asked for, once in each process, also after a fork."""

    _loop: asyncio.AbstractEventLoop | None

    def __init__(self) -> None:
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def get(self) -> asyncio.AbstractEventLoop:
        """The loop, running."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="announcer", daemon=True).start()
            return self._loop

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._loop = None
