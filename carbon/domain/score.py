"""How a user is doing: achievements, points, level, streak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from carbon.domain.achievements import Achievement, Figures
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the points from which it is held."""

    level: int
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Achieved:
    """An achievement of the catalogue, and how far the user is with it.

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
class Score:
    """Everything that a user achieved, in the order of the catalogue. next_level: None at the highest.

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


def score_of(
    catalogue: Sequence[Achievement], levels: Sequence[Level], figures: Figures, reached: Mapping[str, date]
) -> Score:
    """Achievements, points and level of a user who reached these, and how far the others are."""
    points = sum(each.points for each in catalogue if each.achievement_id in reached)
    held = [level for level in levels if level.points <= points]
    following = [level for level in levels if level.points > points]
    return Score(
        achievements=tuple(
            Achieved(each, reached.get(each.achievement_id), _shown(each, figures, reached)) for each in catalogue
        ),
        points=points,
        level=held[-1],
        next_level=following[0] if following else None,
        streak_days=figures.streak_days,
    )


def _shown(achievement: Achievement, figures: Figures, reached: Mapping[str, date]) -> Decimal:
    needs = Decimal(achievement.needs)
    return needs if achievement.achievement_id in reached else min(needs, max(ZERO, figures.so_far(achievement)))
