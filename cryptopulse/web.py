"""The web server of a process: uvicorn with the limits of this site."""

import logging
import resource
from types import FrameType

import uvicorn
from django.conf import settings

from core.websocket.client_messages import LONGEST_MESSAGE
from cryptopulse import shutdown
from cryptopulse.connections import LimitedConnection

OTHER_FILES = 200
"""File descriptors that a process needs beside those of its connections."""
REQUESTS_END_WITHIN = 20
"""Seconds that requests under way are given when a web process is asked to stop."""
ENDS_WITHIN = 25
"""Seconds after which it ends though one of them hangs."""

logger = logging.getLogger(__name__)


def configuration(*, requests_end_within: int, host: str = "127.0.0.1", port: int = 8000) -> uvicorn.Config:
    """How uvicorn serves the site."""
    return uvicorn.Config(
        settings.ASGI_APPLICATION.replace(".application", ":application"),
        host=host,
        port=port,
        http=LimitedConnection,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=requests_end_within,
    )


class Server(uvicorn.Server):
    """A web process by itself. Asked to stop, it answers what is under way, and ends in any case."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM or Ctrl-C has come."""
        shutdown.within(ENDS_WITHIN)
        super().handle_exit(sig, frame)


def allow_connections() -> None:
    """See that there are file descriptors for settings.CONNECTIONS, as far as the machine grants them."""
    needed = settings.CONNECTIONS + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < needed:
        granted = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, hard))
        if granted < needed:
            logger.warning(
                "CONNECTIONS is %d, but only %d files may be open in this process: raise LimitNOFILE or `ulimit -n`",
                settings.CONNECTIONS,
                granted,
            )
