"""The parts of a site as processes that are started again when they die."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.platform.processes import ROOT
from tests.waiting import PATIENCE


@dataclass
class Part:
    """One process: its command, and how often it was killed."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0
    deaths: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=dict(self.env), stdout=log, stderr=log)

    def kill(self) -> None:
        """End it where it stands."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.kills += 1

    def start_if_dead(self) -> None:
        """Start it again; remembers how it ended where nobody killed it."""
        if self.process is not None and (status := self.process.poll()) is not None:
            if status != -9:
                self.deaths.append(status)
            self.start()


class Supervisor:
    """Starts parts, and starts them again within moments when they die, as systemd or a container runtime does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: dict[str, Part] = {}
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def add(self, name: str, command: Sequence[str], env: Mapping[str, str] = os.environ) -> None:
        """Start a part and keep it running."""
        part = Part(name, command, env, self._folder / f"{name}.log")
        with self._lock:
            part.start()
            self._parts[name] = part

    def add_python(self, name: str, *arguments: str, env: Mapping[str, str]) -> None:
        """The same for a module of Python and its arguments."""
        self.add(name, [sys.executable, "-m", *arguments], env)

    def kill(self, name: str) -> None:
        """End a part where it stands; it starts again."""
        with self._lock:
            self._parts[name].kill()

    @property
    def kills(self) -> dict[str, int]:
        """How often each part was killed."""
        return {name: part.kills for name, part in self._parts.items()}

    @property
    def deaths(self) -> dict[str, list[int]]:
        """With which status parts ended that nobody had killed."""
        return {name: part.deaths for name, part in self._parts.items() if part.deaths}

    def stop(self, *names: str) -> None:
        """Have parts end in good order, and see that they do."""
        for name in names:
            with self._lock:
                process = self._parts.pop(name).process
            assert process is not None
            process.terminate()
            assert process.wait(PATIENCE) in (0, -15), f"{name} ended with {process.returncode}"

    def said(self, lines: int = 20) -> str:
        """The end of each part's log, for the message of a test that failed."""
        logs = sorted(self._folder.glob("*.log"))
        return "\n".join(f"== {log.name}\n" + "\n".join(log.read_text().splitlines()[-lines:]) for log in logs)

    def _watch(self) -> None:
        while not self._stopping.wait(0.05):
            with self._lock:
                for part in self._parts.values():
                    part.start_if_dead()

    def __enter__(self) -> Supervisor:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        for part in reversed(self._parts.values()):
            if part.process is not None and part.process.poll() is None:
                part.process.kill()
            if part.process is not None:
                part.process.wait()


@contextmanager
def killing(
    supervisor: Supervisor,
    names: Sequence[str],
    *,
    seed: int,
    pauses: tuple[float, float],
    is_up: Callable[[], bool],
) -> Iterator[None]:
    """Parts are killed at random until the end, one at a time, so many seconds (least, most) after the site was up.

    A round goes through all of them in an order of its own, so that every part is killed.
    """
    random, stopping = Random(seed), threading.Event()

    def kill() -> None:
        while True:
            for name in random.sample(names, len(names)):
                while not is_up():
                    if stopping.wait(0.1):
                        return
                if stopping.wait(random.uniform(*pauses)):
                    return
                supervisor.kill(name)

    thread = threading.Thread(target=kill)
    with ExitStack() as stack:
        stack.callback(thread.join)
        stack.callback(stopping.set)
        thread.start()
        yield
