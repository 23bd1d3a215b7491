"""How much something takes up, as figures that can be added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DAY = 86_400
LAPSE = "@"


@dataclass(frozen=True, slots=True)
class Use:
    """Amounts by name, none of them 0.

    A name is a figure such as `rows`, or `rows@<epoch seconds>`: how much of the figure expires with its rows at that
    time. Such a part is within the figure until then.
    """

    amounts: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Use) -> Use:
        names = self.amounts.keys() | other.amounts.keys()
        sums = {name: self.amounts.get(name, 0) + other.amounts.get(name, 0) for name in sorted(names)}
        return Use({name: amount for name, amount in sums.items() if amount})

    def __neg__(self) -> Use:
        return Use({name: -amount for name, amount in self.amounts.items()})

    def __sub__(self, other: Use) -> Use:
        return self + -other

    @property
    def figures(self) -> dict[str, int]:
        """What is kept now, by figure."""
        return {name: amount for name, amount in self.amounts.items() if LAPSE not in name}

    @property
    def lapses(self) -> dict[str, int]:
        """What of it expires, by figure and time."""
        return {name: amount for name, amount in self.amounts.items() if LAPSE in name}

    def lapsed(self, now: int) -> Use:
        """The parts whose time is over at `now`, epoch seconds."""
        return Use({name: amount for name, amount in self.lapses.items() if lapse_time(name) <= now})

    def folded(self, now: int) -> Use:
        """The same with the parts whose time is over taken out of their figures."""
        left = self - self.lapsed(now)
        for name, amount in self.lapsed(now).amounts.items():
            left -= Use({lapse_figure(name): amount})
        return left


def kept(**figures: int) -> Use:
    """These amounts, until they are deleted."""
    return Use({name: amount for name, amount in figures.items() if amount})


def expiring(ttl: int, **figures: int) -> Use:
    """These amounts, until the store expires the row at `ttl`, epoch seconds.

    They count until the start of that UTC day: one sum a day is kept, and on no day is a row counted that the store may
    have removed already.
    """
    until = ttl - ttl % DAY
    return kept(**figures) + Use({f"{name}{LAPSE}{until}": amount for name, amount in figures.items() if amount})


def lapse_time(name: str) -> int:
    """When a part expires, epoch seconds."""
    return int(name.partition(LAPSE)[2])


def lapse_figure(name: str) -> str:
    """The figure that it is a part of."""
    return name.partition(LAPSE)[0]
