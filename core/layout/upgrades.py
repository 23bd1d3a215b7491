"""Upgrading a store to the layout of this release.

A step is safe to repeat and to stop anywhere, and the stamp is written after the last: a run that was killed is
repeated from its first step.
"""

from collections.abc import Callable

from django.utils.module_loading import import_string

from core import clock, wiring
from core.layout.compatibility import LayoutRefused, refusal_of_newer, stored
from core.layout.stamp import OLDEST_STORES, Stamp, Step, current, pending, stamp_put
from core.storage import ConditionFailed, administration, journey, store
from core.tables import SITE


def upgrade(report: Callable[[str], None], *, repeat: bool = False) -> None:
    """Run the steps that the store needs and stamp it; a store that is up to date or newer stays as it is.

    `report` is called with a sentence for each step and at the end. With `repeat` the steps of the present layout run
    again, for rows that an older release wrote meanwhile. Nobody else may use the store. Raises LayoutRefused for a
    store that this release must not open, and whatever a step raises.
    """
    before = stored()
    if reason := refusal_of_newer(before):
        raise LayoutRefused(reason)
    if before is None and stamp_if_empty():
        return
    if repeat and before is not None and before.layout == current().layout:
        _run(tuple(step for step in wiring.upgrades() if step[0] == before.layout), report)
    elif (before or OLDEST_STORES).layout < current().layout:
        _run(pending(before or OLDEST_STORES), report)
        _write(before)
        report(f"The store has layout {current().layout} now.")


def stamp_if_empty() -> bool:
    """Give a store without rows the stamp of this release; whether it has no rows."""
    if not is_empty():
        return False
    _write(None)
    return True


def is_empty() -> bool:
    """Whether no table but that of the stamp holds a row; a request for each table."""
    tables = (table for table in wiring.tables() if table is not SITE)
    return all(next(iter(administration().dump(table)), None) is None for table in tables)


def _run(steps: tuple[Step, ...], report: Callable[[str], None]) -> None:
    for layout, path in steps:
        report(f"Upgrading the store to layout {layout}: {path} ...")
        with journey("upgrade"):
            import_string(path)()


def _write(before: Stamp | None) -> None:
    try:
        store().write(stamp_put(current(), before, clock.now()))
    except ConditionFailed as error:
        # another process was faster, which is fine where it wrote the same
        if stored() != current():
            raise LayoutRefused("Another process changed the layout of the store meanwhile: start again.") from error
