"""`manage.py buildassets`: the charts' script, from npm."""

import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cryptopulse.npm import npm

PATIENCE = 300
"""Seconds that npm may take."""


class Command(BaseCommand):
    help = "Build static/build/ with the machine's npm, or the one that came with the requirements."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        self.stdout.write("Building the charts; this takes a moment, once ...")
        command, environment = npm()
        try:
            for step in (["ci", "--no-audit", "--no-fund", "--fetch-retries=1"], ["run", "build"]):
                subprocess.run(  # noqa: S603 - npm's own path and fixed words
                    [*command, *step, "--loglevel=error"],
                    cwd=root,
                    env=environment,
                    check=True,
                    capture_output=True,
                    timeout=PATIENCE,
                )
        except (OSError, subprocess.SubprocessError) as error:
            self.stderr.write(
                f"Note: the charts could not be built ({_reason(error)}). Pages show tables in their place; "
                "`make assets` tries again."
            )


def _reason(error: Exception) -> str:
    """The first line that npm said, or what kept it from starting."""
    if isinstance(error, subprocess.CalledProcessError):
        said = error.stderr.decode(errors="replace").strip().splitlines()
        return said[0] if said else f"npm ended with {error.returncode}"
    return str(error)
