"""The site's side of the template: starting it, and handing it one request after the other."""

import atexit
import contextlib
import io
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.sandbox.job import SIZES, Request
from core.sandbox.template import STATUS

PIECE = 65_536
LARGEST_ANSWER = 64 * 1024 * 1024
GRACE = 5
"""Seconds beyond a child's own limit by the clock that the site waits for the end of it."""
ENDS_WITHIN = 10
"""Seconds after which a template that does not end is killed."""
_ROOT = Path(__file__).resolve().parent.parent.parent
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
"""Of the site's environment what Python needs to start; its secrets stay behind."""


class TemplateLost(Exception):
    """The template has ended before it could be asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended: its exit status, below 0 the number of a signal, None where it is unknown; and its answer."""

    status: int | None
    answer: bytes


class Template:
    """A template process; `ask` may be called from many threads at once."""

    def __init__(self, modules: Sequence[str]) -> None:
        """Start it. It loads the modules meanwhile, and takes requests at once. Raises OSError."""
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            try:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "core.sandbox", str(theirs.fileno()), *modules],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env={name: os.environ[name] for name in _KEPT if name in os.environ},
                    cwd=_ROOT,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError:
                self._control.close()
                raise

    def ask(self, request: Request, file: IO[bytes]) -> Outcome:
        """Have a child work on the request, with the file from its start. Raises TemplateLost."""
        ours, theirs = socket.socketpair()
        status_end, their_status = os.pipe()
        with ours, os.fdopen(status_end, "rb") as status:
            try:
                with self._lock:
                    socket.send_fds(self._control, [b"+"], [theirs.fileno(), their_status])
            except OSError as error:
                raise TemplateLost from error
            finally:
                theirs.close()
                os.close(their_status)
            ends = time.monotonic() + request.limits.wall_seconds + GRACE
            answer = _exchange(ours, request, file, ends)
            ours.close()
            if not _is_readable(status, ends):  # a child that its file took over may have switched its clock off
                self.close()
                return Outcome(-signal.SIGALRM, b"")
            ended = status.read(STATUS.size)  # complete with the end of the child, or cut off with the template's
        return Outcome(STATUS.unpack(ended)[0] if len(ended) == STATUS.size else None, answer)

    def close(self) -> None:
        """End it, and the children that are left."""
        self._control.close()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def disown(self) -> None:
        """In a fork of the site: it is the parent's, and must end with the parent alone."""
        self._control.close()
        self.process.returncode = 0


class Keeper:
    """The template of this process: started when it is first needed, and again when it was lost."""

    def __init__(self, modules: Callable[[], Sequence[str]]) -> None:
        self._modules = modules
        self._lock = threading.Lock()
        self._template: Template | None = None
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def ask(self, request: Request, file: IO[bytes]) -> Outcome:
        """As `Template.ask`, once more where the template was lost. Raises TemplateLost when it is lost again."""
        for _ in range(2):
            template = self.start()
            with contextlib.suppress(TemplateLost):
                outcome = template.ask(request, file)
                if outcome.status is not None:
                    return outcome
            self._drop(template)
        raise TemplateLost

    def start(self) -> Template:
        """The template, which runs as far as this process knows. Raises TemplateLost where none can be started."""
        with self._lock:
            if self._template is None:
                try:
                    self._template = Template(self._modules())
                except OSError as error:
                    raise TemplateLost(f"it cannot be started: {error}") from error
            return self._template

    def close(self) -> None:
        """End the template, if there is one."""
        with self._lock:
            template, self._template = self._template, None
        if template is not None:
            template.close()

    def _drop(self, lost: Template) -> None:
        with self._lock:
            if self._template is lost:
                self._template = None
        lost.close()

    def _forget(self) -> None:
        """In a fork of the site."""
        self._lock = threading.Lock()
        if self._template is not None:
            self._template.disown()
        self._template = None


def _exchange(ours: socket.socket, request: Request, file: IO[bytes], ends: float) -> bytes:
    """Send the request and read the answer, as much of it as comes before the child ends or the time is over.

    `ends`: a moment of the monotonic clock.
    """
    answer = bytearray()
    with contextlib.suppress(OSError):
        ours.settimeout(_left(ends))
        _send(ours, request, file)
        while len(answer) <= LARGEST_ANSWER and (piece := ours.recv(PIECE)):
            answer += piece
            ours.settimeout(_left(ends))
    return bytes(answer)


def _is_readable(pipe: IO[bytes], ends: float) -> bool:
    """Whether something can be read by then, even if only the end of the pipe."""
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN)
    return bool(waiting.poll(_left(ends) * 1000))


def _left(ends: float) -> float:
    """Seconds until then; never 0, with which a socket would not wait at all."""
    return max(ends - time.monotonic(), 0.001)


def _send(ours: socket.socket, request: Request, file: IO[bytes]) -> None:
    packed = pickle.dumps(request)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    ours.sendall(SIZES.pack(len(packed), size) + packed)
    while piece := file.read(PIECE):
        ours.sendall(piece)
