"""`manage.py writedocs`: the generated pages of docs/."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cryptopulse.documentation import PAGES


class Command(BaseCommand):
    help = "Write the generated pages of docs/ again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is not up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        texts = {folder / name: make() for name, make in PAGES.items()}
        old = [path for path, text in texts.items() if not path.exists() or path.read_text() != text]
        if options["check"]:
            if old:
                names = ", ".join(f"docs/{path.name}" for path in old)
                raise CommandError(f"{names} fell behind the code: run `make docs`.")
            return
        for path in old:
            path.write_text(texts[path])
            self.stdout.write(f"wrote docs/{path.name}")
