"""`run`: a pure function of a file, called in a child with limits, and what it returned or which limit it broke."""

import json
import logging
import signal
from collections.abc import Callable
from functools import cache
from typing import IO, Any, TypeVarTuple

from django.conf import settings

from core import wiring
from core.errors import Busy, InvalidInput, LimitReached
from core.sandbox import gate, job
from core.sandbox.job import Request
from core.sandbox.limits import Limits
from core.sandbox.process import Keeper, Outcome, TemplateLost

Arguments = TypeVarTuple("Arguments")

FIELD = "file"
RETRY_AFTER = 10
"""Seconds after which an upload that found no room may be sent again."""
WALL_FACTOR = 10
"""A child has this many times its processor seconds by the clock; then the machine, not the file, is at fault."""
_OF_TIME = {-signal.SIGXCPU}
_OF_MEMORY = {job.OUT_OF_MEMORY, -signal.SIGKILL}
"""A system that is short of memory kills."""

_keeper = Keeper(wiring.sandboxed)

logger = logging.getLogger(__name__)


class Crashed(Exception):
    """The function has a defect, or the child ended for a reason that is not a limit."""


def run(
    function: Callable[[IO[bytes], *Arguments], Any],
    file: IO[bytes],
    *arguments: *Arguments,
    whose: str,
    processor_seconds: int | None = None,
) -> Any:
    """What `function(file, *arguments)` returns, called in a process of its own.

    The function is one of a module of the wiring's SANDBOXED; it gets the file from its start, and what it returns is
    plain as JSON is. `whose` is the user: at most FILES_AT_ONCE files are read at once, and first those of users who
    used the least lately.

    Raises InvalidInput as the function does; LimitReached `file` where it takes more than `processor_seconds`, by
    default FILE_PROCESSOR_SECONDS, or FILE_MEMORY_MB; Busy after FILE_WAIT_SECONDS without a turn, and where no process
    can be started; Crashed.
    """
    seconds = processor_seconds or settings.FILE_PROCESSOR_SECONDS
    limits = Limits(seconds, settings.FILE_MEMORY_MB, WALL_FACTOR * seconds)
    request = Request(function.__module__, function.__qualname__, arguments, limits)
    try:
        with gate_now().turn(whose, float(settings.FILE_WAIT_SECONDS)):
            outcome = _keeper.ask(request, file)
    except gate.Full as error:
        raise _busy() from error
    except TemplateLost as error:
        logger.exception("the template of the sandbox is lost")
        raise _busy() from error
    return _value(outcome, limits)


def gate_now() -> gate.Gate:
    """The gate of this process, under the settings of now."""
    return _gate(settings.FILES_AT_ONCE, settings.FILE_PROCESSOR_SECONDS / 2)


@cache
def _gate(places: int, heavy: float) -> gate.Gate:
    return gate.Gate(places, heavy)


def _value(outcome: Outcome, limits: Limits) -> Any:
    if outcome.status == 0:
        answer = json.loads(outcome.answer)
        if "value" in answer:
            return answer["value"]
        if "failed" in answer:
            raise Crashed(answer["failed"])
        if answer["code"] == InvalidInput.code:
            raise InvalidInput(answer["errors"], answer["detail"])
        raise LimitReached(answer["code"], answer["errors"])
    if outcome.status in _OF_TIME:
        raise _limit("limit_processor_time", f"more than {limits.processor_seconds} s of processor time")
    if outcome.status in _OF_MEMORY:
        raise _limit("limit_memory", f"more than {limits.memory_mb} MB of memory")
    if outcome.status == -signal.SIGALRM:  # the machine had no time for it
        raise _busy()
    raise Crashed(f"a child of the sandbox ended with {outcome.status}")


def _limit(code: str, how_much: str) -> LimitReached:
    sentence = f"Working on this takes {how_much}. Send a simpler file, or ask for less at once."
    return LimitReached(code, {FIELD: [sentence]})


def _busy() -> Busy:
    return Busy("Too many files are being read at the moment.", retry_after=RETRY_AFTER)
