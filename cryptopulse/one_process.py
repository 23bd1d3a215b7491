"""One process that is web server, worker and schedule: what `manage.py serve` runs."""

import errno
import os
import signal
import socket
import threading
import time
import warnings
from collections.abc import Callable

import uvicorn
from celery.signals import worker_shutting_down
from celery.worker import state as worker_state

from core import periodic
from cryptopulse import shutdown, web
from cryptopulse.celery import app
from cryptopulse.schedule import Schedule

WORKER_THREADS = 4
REQUESTS_END_WITHIN = 5
"""Seconds that requests under way are given when the process is asked to stop."""
ENDS_WITHIN = 15
"""Seconds after which the process ends though a request or a task hangs."""


class AddressInUse(Exception):
    """Another program listens there."""


class WebServer:
    """uvicorn in a thread of its own."""

    def __init__(self, listener: socket.socket) -> None:
        config = web.configuration(requests_end_within=REQUESTS_END_WITHIN)
        self._server = uvicorn.Server(config)
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._asked_to_stop = False

    def start(self) -> bool:
        """Whether it answers now."""
        self._thread.start()
        while self._thread.is_alive() and not self._server.started:
            time.sleep(0.02)
        return self._server.started

    def ask_to_stop(self) -> None:
        """Take nothing new, and answer what is under way."""
        self._asked_to_stop = True
        self._server.should_exit = True

    def stop(self) -> None:
        """The same, and return once it has ended."""
        self.ask_to_stop()
        self._thread.join(REQUESTS_END_WITHIN + 2)

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._listener])
        finally:
            if not self._asked_to_stop:
                os.kill(os.getpid(), signal.SIGTERM)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises AddressInUse, and OSError when the host is not one of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressInUse(f"{host}:{port}") from error
        raise
    return listener


def serve(listener: socket.socket, *, on_ready: Callable[[], None]) -> None:
    """Run web server, schedule and worker until SIGTERM or Ctrl-C; `on_ready` is called once the site answers.

    Then it ends within `ENDS_WITHIN` seconds.
    """
    # It warns of pickled tasks run by root; ours are JSON, and the site runs under the same user.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser")
    web.allow_connections()
    server = WebServer(listener)
    worker = app.Worker(
        hostname="worker@localhost",
        pool="threads",
        concurrency=WORKER_THREADS,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    schedule = Schedule(periodic.schedule())

    def stop(*_signal: object, **_sent: object) -> None:
        shutdown.within(ENDS_WITHIN)
        server.ask_to_stop()

    def stop_early(*_signal: object) -> None:
        stop()
        worker_state.should_stop = os.EX_OK  # type: ignore[assignment]  # its stub knows the first value alone

    worker_shutting_down.connect(stop)
    # Until the worker has handlers of its own, the signal is remembered, and the worker ends as soon as it starts.
    signal.signal(signal.SIGTERM, stop_early)
    if server.start():
        schedule.start()
        on_ready()
        worker.start()
        schedule.stop()
    server.stop()
