"""The end of a process that was asked to stop: in time, even when a thread hangs."""

import logging
import os
import sys
import threading
import traceback
from concurrent.futures import thread as futures

CALLS_NAMED = 6

logger = logging.getLogger(__name__)

_begun = threading.Event()


def within(seconds: float) -> None:
    """End this process within this time, with status 1; the first call counts.

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
    """The views and tasks that are under way, each by the innermost calls that it is in."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    busy = []
    for ident, frame in sys._current_frames().items():
        calls = traceback.extract_stack(frame)
        if any(call.name == "run" and call.filename == futures.__file__ for call in calls):
            where = " > ".join(f"{call.name} ({call.filename}:{call.lineno})" for call in calls[-CALLS_NAMED:])
            busy.append(f"{names.get(ident)} in {where}")
    return "; ".join(busy) or "no view and no task"
