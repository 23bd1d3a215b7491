"""The charts are built by npm, from wherever it comes; without it the site still runs."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Path:
    """A folder in place of the project's own."""
    settings.BASE_DIR = tmp_path
    return tmp_path


def build() -> tuple[str, str]:
    """What the command says, and what it notes."""
    said, noted = StringIO(), StringIO()
    call_command("buildassets", stdout=said, stderr=noted)
    return said.getvalue(), noted.getvalue()


def with_script(project: Path, script: str) -> None:
    """A package without dependencies, whose build is this script."""
    (project / "package.json").write_text(json.dumps({"name": "x", "version": "1.0.0", "scripts": {"build": script}}))
    lock = {"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "x", "version": "1.0.0"}}}
    (project / "package-lock.json").write_text(json.dumps(lock))


def test_the_build_script_is_run_with_the_npm_of_the_requirements(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/bin/none")
    with_script(project, "node -e \"require('fs').writeFileSync('built', 'yes')\"")
    monkeypatch.setenv("npm_config_script_shell", "/bin/sh")

    _, noted = build()

    assert noted == ""
    assert (project / "built").read_text() == "yes"


def test_a_build_that_fails_is_noted_and_stops_nothing(project: Path) -> None:
    with_script(project, "exit 3")
    _, noted = build()
    assert noted.startswith("Note: ")
    assert "`make assets`" in noted


def test_without_a_package_npm_says_why(project: Path) -> None:
    _, noted = build()
    assert "(npm error" in noted
