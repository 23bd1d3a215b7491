"""An alert: what the user set, and its state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from alerts.domain.history import HistoryEntry, Outcome
from alerts.domain.terms import AlertDraft, Frequency, Terms
from core import clock, ids
from market.triggers.crossing import Firing, Phase, Watch
from market.triggers.partitions import Partition

SUBSCRIBER = "alerts"
"""The name under which the series row counts armed alerts."""


class Status(StrEnum):
    """What a user sees of the state."""

    ARMED = "armed"
    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of a user.

    `market_expires_at` is the expiry on the clock of the asset's feed, by which firings are judged, as cooldown is.
    `ended_by` says what made it done. `version` is that of the stored row, 0 for one not stored yet.
    """

    username: str
    alert_id: str
    asset_id: str
    ticker: str
    asset_name: str
    terms: Terms
    created_at: datetime
    updated_at: datetime
    digest: str
    market_expires_at: datetime | None = None
    is_paused: bool = False
    phase: Phase = Phase.ARMED
    ended_by: Outcome | None = None
    arm_seq: int = 0
    trigger_count: int = 0
    last_triggered: datetime | None = None
    version: int = 0

    @property
    def watched_id(self) -> str:
        """The id by which the trigger engine's log names it."""
        return self.alert_id

    @property
    def judged(self) -> Watch:
        """What it compares, whether it is paused or not."""
        condition = self.terms.condition
        return Watch(
            asset_id=self.asset_id,
            series=condition.series,
            operator=condition.operator,
            threshold=condition.threshold,
            hysteresis=self.terms.hysteresis,
            once=self.terms.frequency is Frequency.ONCE,
            phase=self.phase,
            arm_seq=self.arm_seq,
        )

    @property
    def watch(self) -> Watch | None:
        """What the trigger engine watches for it; None while it is paused or done."""
        return None if self.is_paused or self.phase is Phase.DONE else self.judged

    @property
    def partition(self) -> Partition | None:
        """Where it is in the armed index, if it is there."""
        return None if self.watch is None else self.watch.partition

    @property
    def is_enabled(self) -> bool:
        return not self.is_paused

    @property
    def title(self) -> str:
        """The user's name for it, or the asset's."""
        return self.terms.name or self.asset_name

    @property
    def terms_version(self) -> str:
        """The same as long as nobody changes the terms, whatever its state."""
        return AlertDraft(self.asset_id, self.terms).digest()

    def status(self, now: datetime) -> Status:
        """The state at this wall time."""
        if self.ended_by is Outcome.EXPIRED or (self.terms.expires_at is not None and self.terms.expires_at <= now):
            return Status.EXPIRED
        if self.phase is Phase.DONE:
            return Status.DONE
        if self.is_paused:
            return Status.PAUSED
        return Status.ARMED if self.phase is Phase.ARMED else Status.WAITING

    def fire(self, watch: Watch, firing: Firing | None, now: datetime) -> Fired:
        """The alert with the state that the engine found, and its firing, judged here and nowhere else.

        now: wall time. The ids in the entry follow from the firing: the same again.
        """
        alert = replace(self, phase=watch.phase, arm_seq=watch.arm_seq, updated_at=now)
        if firing is None:
            return Fired(alert)
        outcome = self._judge(firing)
        if outcome is Outcome.FIRED:
            ended_by = outcome if watch.phase is Phase.DONE else None
            alert = replace(alert, trigger_count=self.trigger_count + 1, last_triggered=firing.at, ended_by=ended_by)
        elif outcome is Outcome.EXPIRED:
            alert = replace(alert, phase=Phase.DONE, ended_by=outcome)
        return Fired(alert, self._entry(firing, outcome, now))

    def _judge(self, firing: Firing) -> Outcome:
        if self.market_expires_at is not None and self.market_expires_at <= firing.at:
            return Outcome.EXPIRED
        last = self.last_triggered
        repeats = self.terms.frequency is Frequency.EVERY
        if repeats and last is not None and last <= firing.at < last + self.terms.cooldown:
            return Outcome.COOLDOWN
        return Outcome.FIRED

    def _entry(self, firing: Firing, outcome: Outcome, now: datetime) -> HistoryEntry:
        is_fired = outcome is Outcome.FIRED
        number = self.trigger_count + 1 if is_fired else 0
        made_at = clock.to_text(self.created_at)
        return HistoryEntry(
            username=self.username,
            alert_id=self.alert_id,
            entry_id=ids.derived_id(firing.at, "history", self.alert_id, str(self.arm_seq), str(firing.seq)),
            asset_id=self.asset_id,
            at=firing.at,
            outcome=outcome,
            price=firing.price,
            condition=self.terms.condition,
            source=firing.source,
            channels=tuple(self.terms.channels),
            recorded_at=now,
            number=number,
            notification_id=ids.derived_id(firing.at, "notification", self.alert_id, made_at, str(number))
            if is_fired
            else "",
            reference=f"{self.alert_id}.{number}" if is_fired else "",
        )


@dataclass(frozen=True, slots=True)
class Fired:
    """What a look of the engine makes of an alert: its next state, and the entry of its history where it fired.

    The writes and the announcement of a firing follow from this value.
    """

    alert: Alert
    entry: HistoryEntry | None = None

    @property
    def notifies(self) -> bool:
        """Whether the user is notified: it fired and was not suppressed."""
        return self.entry is not None and self.entry.notifies
