"""The end of a process that was asked to stop: in time, whatever its threads are still at."""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback

CALLS_TOLD = 6

logger = logging.getLogger(__name__)

_begun = threading.Event()


def within(seconds: float) -> None:
    """End this process so many seconds from now at the latest, with status 1; the first call counts.

    A thread that hangs, in a view or a task, would otherwise keep the process from ending. What it was writing is whole
    or not there: a transaction that was not committed is undone, as after a kill.
    """
    if _begun.is_set():
        return
    _begun.set()
    threading.Thread(target=_end, args=(seconds,), name="end", daemon=True).start()


def _end(seconds: float) -> None:
    threading.Event().wait(seconds)
    logger.error("%g seconds after it was asked to stop the process ends by force; still at work: %s", seconds, _busy())
    logging.shutdown()
    os._exit(1)


def _busy() -> str:
    """The threads that keep the process, each with the innermost calls that it is in."""
    frames = sys._current_frames()
    busy = []
    for thread in threading.enumerate():
        frame = frames.get(thread.ident or 0)
        if frame is not None and not thread.daemon:
            calls = traceback.extract_stack(frame)[-CALLS_TOLD:]
            busy.append(f"{thread.name} in " + " > ".join(f"{at.name} ({at.filename}:{at.lineno})" for at in calls))
    return "; ".join(busy) or "nothing"
