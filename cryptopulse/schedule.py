"""The schedule of `manage.py serve`: each task in a thread of its own, so that none waits."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from cryptopulse.celery import run_here

STOPS_WITHIN = 5.0
"""Seconds that tasks under way are given when the process is asked to stop."""


class Schedule:
    """Runs tasks again and again, between `start` and `stop`.

    `entries` are those of `core.periodic`: `task` is a name and `schedule` the seconds between two starts. A run
    that takes longer is followed by the next at once; those that it missed are left out. `run` takes the name of a
    task, and never raises.
    """

    def __init__(self, entries: Mapping[str, Mapping[str, Any]], run: Callable[[str], None] = run_here) -> None:
        self._run_task = run
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(entry["task"], entry["schedule"]), name=name, daemon=True)
            for name, entry in entries.items()
        ]

    def start(self) -> None:
        """Begin; each task runs first when its seconds are over."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin no more tasks, and wait for those under way. What one does not finish, the next start does."""
        self._stopped.set()
        ends = time.monotonic() + STOPS_WITHIN
        for thread in self._threads:
            thread.join(max(ends - time.monotonic(), 0))

    def _run(self, task_name: str, seconds: float) -> None:
        due = time.monotonic() + seconds
        while not self._stopped.wait(max(due - time.monotonic(), 0)):
            self._run_task(task_name)
            due = max(due + seconds, time.monotonic())
