"""The template: a process that has the parsers loaded and forks a child for each file.

Started as `python -m core.sandbox SOCKET MODULE...`. Each byte on the socket comes with two file descriptors:
where a child finds its request, and where the template writes how the child ended. It ends with the socket.
"""

import contextlib
import gc
import importlib
import logging
import os
import select
import signal
import socket
import struct
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from core.sandbox import job, limits

STATUS = struct.Struct(">i")
"""How a child ended, as `os.waitstatus_to_exitcode` has it: below 0 for a signal."""
NO_ROOM = -signal.SIGALRM
"""Written of a child that could not be started, as of one for which the machine had no time."""


def main(arguments: Sequence[str]) -> None:
    """Fork children until the other end of the socket is closed; then end those that are left."""
    # a terminal and systemd signal every process of the site: requests under way still need theirs
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    logging.disable()  # parsers log what a file is like
    control, modules = socket.socket(fileno=int(arguments[0])), tuple(arguments[1:])
    for module in map(importlib.import_module, modules):
        getattr(module, "warm_up", lambda: None)()
    gc.collect()
    gc.freeze()  # so that children share these pages
    _Template(control, modules).serve()


class _Template:
    def __init__(self, control: socket.socket, modules: Sequence[str]) -> None:
        self._control = control
        self._modules = modules
        self._process = os.getpid()
        self._children: dict[int, int] = {}
        self._ended, write_end = os.pipe()
        for descriptor in (self._ended, write_end):
            os.set_blocking(descriptor, False)
        signal.signal(signal.SIGCHLD, _nothing)
        signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Until the site is gone."""
        while True:
            ready, _, _ = select.select([self._control.fileno(), self._ended], [], [])
            if self._ended in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._ended, 4096)
                self._reap()
            if self._control.fileno() in ready and not self._fork():
                break
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _fork(self) -> bool:
        """Whether there was a request; False at the end of the site."""
        try:
            byte, descriptors, _, _ = socket.recv_fds(self._control, 1, 2)
        except ConnectionError:
            return False
        if not byte:
            return False
        request, status = descriptors
        try:
            child = os.fork()
        except OSError:  # the system has no room for another process at the moment
            os.write(status, STATUS.pack(NO_ROOM))
            os.close(status)
        else:
            if child == 0:
                self._become_child(request)
            self._children[child] = status
        os.close(request)
        return True

    def _become_child(self, request: int) -> NoReturn:
        limits.end_with(self._process)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        job.work(request, self._modules)

    def _reap(self) -> None:
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            descriptor = self._children.pop(child)
            with contextlib.suppress(BrokenPipeError):
                os.write(descriptor, STATUS.pack(os.waitstatus_to_exitcode(status)))
            os.close(descriptor)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """SIGCHLD must have a handler to be written to the wakeup descriptor."""
