"""The achievements that there are, and the levels."""

from functools import cache
from typing import cast

from carbon.data.files import rows_of
from carbon.domain.achievements import Achievement, AchievementKind, Tier
from carbon.domain.score import Level


@cache
def catalogue() -> tuple[Achievement, ...]:
    """Every achievement, in the order in which they are shown."""
    return tuple(
        Achievement(
            achievement_id=row["achievement_id"],
            kind=cast(AchievementKind, row["kind"]),
            needs=int(row["needs"]),
            points=int(row["points"]),
            tier=cast(Tier, row["tier"]),
            label=row["label"],
            about=row["about"],
        )
        for row in rows_of("achievements.csv")
    )


@cache
def levels() -> tuple[Level, ...]:
    """Every level, the lowest first."""
    return tuple(Level(int(row["level"]), row["name"], int(row["points"])) for row in rows_of("levels.csv"))
