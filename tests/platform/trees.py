"""A process and those that it started: which they are, and how much memory they take together."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from types import TracebackType


def tree(process: int) -> list[int]:
    """The process and all that come of it, zombies left out."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent, state = line.split()
        if not state.startswith("Z"):
            children.setdefault(int(parent), []).append(int(child))
    found = [process]
    for each in found:
        found += children.get(each, [])
    return found


def is_running(process: int) -> bool:
    """Whether the process is there, and not only waiting for its parent to take note of its end."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip()) and not listed.stdout.strip().startswith("Z")


def memory_mb(process: int) -> int:
    """Megabytes that the tree of the process takes, what is shared counted once (Linux: proportional set size)."""
    total = 0
    for each in tree(process):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total // 1024


class MemoryWatch:
    """Watches the memory of a tree of processes while a block lasts; `most` are megabytes."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.most = 0

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, memory_mb(self._process))
