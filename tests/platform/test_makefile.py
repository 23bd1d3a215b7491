"""What `make` says on a machine that lacks something."""

import shutil
from pathlib import Path

import pytest

from tests.platform.processes import ROOT, make


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the Makefile and no virtual environment."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "constraints.txt"):
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.mark.parametrize("python", ["", "/no/such/python", "false"])
def test_without_a_python_that_is_new_enough(clone: Path, python: str) -> None:
    ended = make(clone, "setup", f"PYTHON={python}")
    assert ended.returncode != 0
    assert "Python 3.11 or later" in ended.stdout


def test_without_the_venv_module_it_names_the_package(clone: Path) -> None:
    python = clone / "python-without-venv"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *) echo python3.11-venv;; esac\n')
    python.chmod(0o755)
    ended = make(clone, "setup", f"PYTHON={python}")
    assert ended.returncode != 0
    assert "apt-get install python3.11-venv" in ended.stdout
    assert not (clone / ".venv").exists()


def test_a_second_setup_does_nothing(clone: Path) -> None:
    venv = clone / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").write_text("")
    (venv / ".site").write_text("")
    ended = make(clone, "setup", "PYTHON=/no/such/python")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_cleaning_leaves_the_data(clone: Path) -> None:
    for name in (".venv", "node_modules", "static/build", "var"):
        (clone / name).mkdir(parents=True)
    assert make(clone, "clean").returncode == 0
    assert sorted(path.name for path in clone.iterdir() if path.is_dir()) == ["static", "var"]
