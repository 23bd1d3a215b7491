"""Commands that the documentation names exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.docs.pages import PAGES, ROOT, code, everything, name_of
from tests.platform.processes import make


def targets() -> set[str]:
    """Targets of the Makefile that stand in its help."""
    return set(re.findall(r"^([a-z0-9-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_exist(page: Path) -> None:
    for text in code(page):
        for target in re.findall(r"(?:^|\s)make ([a-z0-9-]+)", text):
            assert target in targets(), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_management_commands_exist(page: Path) -> None:
    for text in code(page):
        for command in re.findall(r"manage\.py ([a-z]+)", text):
            assert command in get_commands(), command


def test_make_help_lists_every_target() -> None:
    said = make(ROOT, "help").stdout
    assert {line.split()[1] for line in said.splitlines()} == targets()


def test_the_targets_that_people_look_for_exist() -> None:
    assert {"help", "setup", "run", "test", "lint", "e2e", "ci", "demo-replay", "docs", "clean"} <= targets()


def test_every_command_of_ours_is_documented() -> None:
    ours = {
        name for name, app in get_commands().items() if app in ("core", "market", "portfolio", "alerts", "cryptopulse")
    }
    documented = set(re.findall(r"manage\.py ([a-z]+)", everything()))
    shown_by_make = set(re.findall(r"manage\.py ([a-z]+)", (ROOT / "Makefile").read_text()))
    assert ours - documented - shown_by_make == set()
