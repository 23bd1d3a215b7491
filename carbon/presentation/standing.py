"""What to say of points, levels and achievements."""

from __future__ import annotations

from datetime import date

from carbon.domain.standing import Achieved, Standing


def latest(standing: Standing) -> Achieved | None:
    """What was reached last; of several on one day the one worth most. None where nothing was."""
    reached = [each for each in standing.achievements if each.is_reached]
    return max(reached, key=lambda each: (each.reached_on or date.min, each.achievement.points), default=None)


def nearest(standing: Standing) -> Achieved | None:
    """What is closest to being reached; None once all is."""
    ahead = [each for each in standing.achievements if not each.is_reached]
    return max(ahead, key=lambda each: (each.percent, -each.achievement.points), default=None)
