"""The machine in plain words."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path


def described() -> str:
    """One sentence: cores, memory, system, and the versions that matter. Names neither host nor folder."""
    cores = os.cpu_count() or 1
    return (
        f"{cores} {'core' if cores == 1 else 'cores'} ({_processor()}), {_memory()} of memory, "
        f"{platform.system()} on {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def load() -> str:
    """How many processes wanted a core in the last minute, as the system counts them."""
    return f"{os.getloadavg()[0]:.1f}"


def today() -> str:
    """The date in UTC, as `21 November 2026`."""
    return f"{datetime.now(UTC):%-d %B %Y}"


def _processor() -> str:
    names = _lines("/proc/cpuinfo", "model name")
    return " ".join(names[0].split()) if names else platform.processor() or "unknown"


def _memory() -> str:
    total = _lines("/proc/meminfo", "MemTotal")
    return f"{int(total[0].split()[0]) / 1024**2:.0f} GB" if total else "an unknown amount"


def _lines(path: str, name: str) -> list[str]:
    """The values of a name in one of the system's own files; none if there is no such file."""
    try:
        text = Path(path).read_text()
    except OSError:
        return []
    return [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith(name)]
