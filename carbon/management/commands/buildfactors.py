"""`manage.py buildfactors FOLDER`: make carbon/data/factors.csv anew from the published tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from carbon.data import building, factors
from carbon.data.files import FOLDER


class Command(BaseCommand):
    """Makes the data file anew."""

    help = "Make carbon/data/factors.csv from a folder with activity-factors.csv, food-ghg.csv and grid-intensity.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the published tables lie")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            made = building.factors_from(folder)
        except OSError as error:
            raise CommandError(f"Cannot read the tables in {folder}: {error}") from error
        factors.write(FOLDER / factors.FILE, made)
        self.stdout.write(f"{len(made)} factors")
