"""One process that is web server, worker and beat: what `manage.py serve` runs."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
import time
import warnings
from collections.abc import Callable

import uvicorn
from celery.beat import Scheduler, Service
from celery.worker import state as worker_state
from django.conf import settings

from core.stream.wishes import LONGEST_MESSAGE
from cryptopulse.celery import app

WORKER_THREADS = 4
STOPS_WITHIN = 5
"""Seconds that requests under way are given when the process is told to stop."""


class AddressInUse(Exception):
    """Another program listens there."""


class WebServer:
    """uvicorn in a thread of its own."""

    def __init__(self, listener: socket.socket) -> None:
        config = uvicorn.Config(
            settings.ASGI_APPLICATION.replace(".application", ":application"),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
            ws_max_size=LONGEST_MESSAGE,
            server_header=False,
            timeout_graceful_shutdown=STOPS_WITHIN,
        )
        self._server = uvicorn.Server(config)
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._told_to_stop = False

    def start(self) -> bool:
        """Whether it answers now."""
        self._thread.start()
        while self._thread.is_alive() and not self._server.started:
            time.sleep(0.02)
        return self._server.started

    def stop(self) -> None:
        """Answer what is under way, then end."""
        self._told_to_stop = True
        self._server.should_exit = True
        self._thread.join(STOPS_WITHIN + 2)

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._listener])
        finally:
            if not self._told_to_stop:
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


def _stop_worker(*_signal: object) -> None:
    worker_state.should_stop = os.EX_OK  # type: ignore[assignment]  # its stub knows the first value alone


def serve(listener: socket.socket, *, on_ready: Callable[[], None]) -> None:
    """Run web server, beat and worker until SIGTERM or Ctrl-C; `on_ready` is called once the site answers."""
    # It warns of pickled tasks run by root; ours are JSON, and the site runs under the same user.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser")
    web = WebServer(listener)
    worker = app.Worker(
        hostname="worker@localhost",
        pool="threads",
        concurrency=WORKER_THREADS,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
    # Until the worker has handlers of its own, the signal is remembered, and the worker ends as soon as it starts.
    signal.signal(signal.SIGTERM, _stop_worker)
    if web.start():
        threading.Thread(target=beat.start, name="beat", daemon=True).start()
        on_ready()
        worker.start()
        beat.stop(wait=True)
    web.stop()
