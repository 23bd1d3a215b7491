"""`manage.py buildfactors FOLDER`: make carbon/data/factors.csv again from the published tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from carbon.data import factors
from carbon.data.files import FOLDER
from carbon.data.published_tables import factors_from


class Command(BaseCommand):
    """Makes the data file again."""

    help = "Make carbon/data/factors.csv from a folder with activity-factors.csv, food-ghg.csv and grid-intensity.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the published tables are")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            made = factors_from(folder)
        except OSError as error:
            raise CommandError(f"Cannot read the tables in {folder}: {error}") from error
        factors.write(FOLDER / factors.FILE, made)
        self.stdout.write(f"{len(made)} factors")
