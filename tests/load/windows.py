"""Windows of load on one site, by turns of polite and of hostile clients, beside a visitor who does no harm."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from core import outbox
from tests.load.abuse import Behaviour
from tests.load.sending import GIVES_UP_AFTER, Client, paced, send_all
from tests.load.watching import Visitor, Watch, percentile

SECONDS = 7.0
"""Of one window on a machine that does nothing else."""
CALM_WITHIN = 40.0
"""Seconds that the site is given after a window to be done with it."""


@dataclass(repr=False)
class Side:
    """What was seen in the windows of one mood."""

    p95: list[float] = field(default_factory=list)
    """Seconds of the visitor's pages, of each window."""
    slowest: float = 0
    pages: int = 0
    ages: list[float] = field(default_factory=list)
    memory: int = 0
    answers: dict[str, Counter[int]] = field(default_factory=dict)

    @property
    def requests(self) -> dict[str, int]:
        """How many requests each of the eight sent."""
        return {name: answers.total() for name, answers in self.answers.items()}

    @property
    def typical(self) -> float:
        """The p95 of the window in the middle."""
        return median(self.p95)

    def __repr__(self) -> str:
        windows = ", ".join(f"{1_000 * each:.0f}" for each in self.p95)
        ages = f"{max(self.ages):.1f}" if self.ages else "none"
        answers = {name: dict(found) for name, found in self.answers.items()}
        return (
            f"{self.pages} pages, p95 of windows {windows} ms, slowest {self.slowest:.1f} s, oldest price {ages} s, "
            f"memory {self.memory / 1e6:.0f} MB, answers {answers}"
        )


def window(
    visitor: Visitor,
    watch: Watch,
    clients: Sequence[tuple[Behaviour, Client]],
    side: Side,
    *,
    hostile: bool,
    seconds: float = SECONDS,
) -> None:
    """One window, added to what was seen of its side; returns when the site has calmed down.

    The store of the site must be this process's too.
    """
    watch.taken()
    ended = threading.Event()
    found: list[float] = []
    browsing = threading.Thread(target=lambda: found.extend(visitor.look_around(ended.is_set)))
    sends = []
    for behaviour, client in clients:
        client.answers = side.answers.setdefault(behaviour.name, Counter())
        make = behaviour.hostile if hostile else behaviour.polite
        times = paced(behaviour.count, seconds, bursts=behaviour.bursts if hostile else 0)
        sends += [(at, partial(client.send, make(number))) for number, at in enumerate(times)]
    started = time.monotonic()
    browsing.start()
    threads = send_all(sends)
    time.sleep(max(0.0, started + seconds - time.monotonic()))
    ended.set()
    browsing.join()
    memory, ages = watch.taken()
    _calm(threads)
    late, later = watch.taken()
    side.p95.append(percentile(found, 0.95))
    side.slowest = max([side.slowest, *found])
    side.pages += len(found)
    side.ages += ages + later
    side.memory = max([side.memory, *memory, *late])


def _calm(threads: Sequence[threading.Thread]) -> None:
    """Wait for all answers, and for the events that the writes caused, but not for ever."""
    deadline = time.monotonic() + GIVES_UP_AFTER + 1
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    deadline = time.monotonic() + CALM_WITHIN
    while time.monotonic() < deadline and outbox.depth().waiting:
        time.sleep(0.3)
