"""Tasks that the schedule repeats; each app brings its own as `SCHEDULE` of its `tasks`."""

from dataclasses import dataclass
from typing import Any

from core import wiring


@dataclass(frozen=True, slots=True)
class Periodic:
    """What it does, the dotted name of the task, and the seconds between two starts."""

    name: str
    task: str
    seconds: float


def schedule() -> dict[str, dict[str, Any]]:
    """Every such task by name, as Celery's beat takes it; one that is not begun before its next start is dropped."""
    every = [each for some in wiring.listed("SCHEDULE") for each in some]
    return {
        each.name: {
            "task": each.task,
            "schedule": each.seconds,
            "options": {"expires": each.seconds, "queue": "schedule"},
        }
        for each in every
    }
