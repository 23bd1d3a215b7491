"""The page of the architecture names every module of core on the floor that the import contract gives it."""

import re
import tomllib

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text()


def declared() -> list[set[str]]:
    """The modules of each floor of core, from the top, as `make lint` checks them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [floors] = [each["layers"] for each in contracts if each["name"] == "Floors of core"]
    return [set(re.findall(r"\w+", floor)) for floor in floors]


def described() -> list[set[str]]:
    """The same as the table shows them; what a module is for is in brackets."""
    table = PAGE.partition("| Floor | What is on it |\n|---|---|\n")[2].partition("\n\n")[0]
    return [set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)|; .*", "", row))) for row in table.splitlines()]


def test_the_floors_of_core_are_those_of_the_contract() -> None:
    assert described() == declared()


def test_every_app_is_in_the_table_of_folders() -> None:
    apps = [path.parent.name for path in ROOT.glob("*/tables.py")]
    assert len(apps) > 4
    assert all(f"| `{app}/` |" in PAGE for app in apps)
