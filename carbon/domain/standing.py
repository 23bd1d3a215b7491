"""Where somebody stands: achievements, points, level, streak."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

AchievementKind = Literal["entries", "streak_days", "reduction_percent", "goals_set", "goals_met", "kg_saved"]
Tier = Literal["bronze", "silver", "gold", "platinum", "diamond"]


@dataclass(frozen=True, slots=True)
class Achievement:
    """One of the catalogue: reached when the figure of its kind comes to `needs`."""

    achievement_id: str
    kind: AchievementKind
    needs: int
    points: int
    tier: Tier
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the points from which it is held."""

    level: int
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Achieved:
    """An achievement of the catalogue as somebody stands with it.

    reached_on: the user's day on which it was reached; None while it is not. so_far: the figure of its kind now, at
    most what it needs once it is reached.
    """

    achievement: Achievement
    reached_on: date | None
    so_far: Decimal

    @property
    def is_reached(self) -> bool:
        """Whether it is held."""
        return self.reached_on is not None

    @property
    def percent(self) -> Decimal:
        """How far it is, from 0 to 100."""
        return min(Decimal(100), self.so_far / self.achievement.needs * 100)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything somebody achieved, in the order of the catalogue. next_level: None at the highest.

    streak_days: days in a row with an entry of the user's own; 0 unless the last is today or yesterday.
    """

    achievements: tuple[Achieved, ...]
    points: int
    level: Level
    next_level: Level | None
    streak_days: int

    @property
    def points_to_next(self) -> int:
        """Points that the next level still needs; 0 at the highest."""
        return 0 if self.next_level is None else self.next_level.points - self.points
