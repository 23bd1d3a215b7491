"""`manage.py web`: one web process of several; workers and schedule are processes of their own."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cryptopulse import web


class Command(BaseCommand):
    help = "Run one web process, until SIGTERM; `serve` runs the whole site in one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (default: HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (default: PORT)")

    def handle(self, *args: Any, **options: Any) -> None:
        web.allow_connections()
        config = web.configuration(
            requests_end_within=web.REQUESTS_END_WITHIN, host=options["host"], port=options["port"]
        )
        web.Server(config).run()
