"""The systemd units that come with the product, and their commands."""

import configparser
import shlex
import sys
from pathlib import Path

from tests.platform.processes import ROOT

FOLDER = ROOT / "deploy" / "systemd"
INSTALLED = "/srv/cryptopulse/.venv/bin/"


def unit(name: str) -> configparser.RawConfigParser:
    """A unit file, by its name."""
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((FOLDER / name).read_text())
    return parser


def command(name: str, instance: str = "") -> list[str]:
    """The command by which a unit starts its process, with the programs of these tests' environment."""
    line = unit(name)["Service"]["ExecStart"].replace("%i", instance).replace("%%", "%")
    program, *arguments = shlex.split(line)
    assert program.startswith(INSTALLED)
    return [str(Path(sys.executable).parent / program.removeprefix(INSTALLED)), *arguments]
