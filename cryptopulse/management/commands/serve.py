"""`manage.py serve`: the whole product in one process."""

import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cryptopulse import one_process
from cryptopulse.start_up import prepare


class Command(BaseCommand):
    help = "Run the site, its worker and its schedule in this one process, until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (default: HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (default: PORT)")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if settings.REDIS_URL:
            raise CommandError(
                "REDIS_URL is set, so web, worker and beat are processes of their own. Start `manage.py web`, "
                "`celery -A cryptopulse worker` and `celery -A cryptopulse beat`: "
                "docs/operations.md has their whole commands. Or unset REDIS_URL."
            )
        try:
            listener = one_process.listen(host, port)
        except one_process.AddressInUse as error:
            raise CommandError(f"Port {port} is in use by another program: choose one with PORT=8001.") from error
        except (OSError, OverflowError) as error:
            raise CommandError(f"HOST is {host} and PORT {port}: cannot listen there ({error}).") from error
        prepare(self.stdout.write)
        one_process.serve(listener, on_ready=lambda: self._announce(host, port))

    def _announce(self, host: str, port: int) -> None:
        self.stdout.write(
            f"\n  CryptoPulse is at http://{_shown(host)}:{port}/\n\n"
            "  Sign up there, or look around with sample data.\n"
            f"  The first administrator: {_python()} manage.py grantrole NAME admin\n"
            "  Ctrl-C stops it; the data stays.\n"
        )
        self.stdout.flush()


def _shown(host: str) -> str:
    """The host in an address that one can open on this machine."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.is_loopback or address.is_unspecified:
        return "localhost"
    return f"[{host}]" if address.version == 6 else host


def _python() -> str:
    """The interpreter as one would type it here."""
    python = Path(sys.executable)
    return str(python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python)
