"""The engine and a plain walk through all prices fire the same, whatever happens on the way."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from alerts import selectors
from alerts import subscriber as alerts_subscriber
from alerts.domain.conditions import PriceCondition, PriceType
from alerts.domain.history import Outcome
from alerts.domain.terms import AlertDraft, Frequency, Terms
from alerts.repositories import notifications
from alerts.services import alert_change, alert_create, alert_delete, alert_pause, alert_resume
from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from core.storage import Store, store, using
from market.domain import Asset, Tick
from market.selectors import asset_get
from market.services import assets_add, ticks_record
from market.triggers import engine
from market.triggers.crossing import Operator
from market.triggers.engine import catch_up
from market.triggers.repository import LEASE
from market.triggers.selectors import series_by_asset
from tests.alerts.brute_force import Fired, Judge, Prices
from tests.alerts.builders import BOTH, history_of
from tests.alerts.disturbances import Disturbed, Killed
from tests.builders import there

SEEDS = range(200)
START = datetime(2026, 1, 31, 7, 0, 3, tzinfo=UTC)
ALERTS = 12
TICKS = 70
CLAIMED_IN_A_LOOK = (200, 1, 3)
MOST_AT_ONCE = (20, 2)
"""Few, so that looks end unfinished, and the rest of their claims waits for the next."""


@pytest.mark.parametrize(
    "block", [*range(2), *(pytest.param(block, marks=pytest.mark.services) for block in range(2, 10))]
)  # the latter need no server, but take long
def test_the_engine_fires_what_brute_force_fires(block: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fired = 0
    for seed in SEEDS[block::10]:
        monkeypatch.setattr(engine, "CLAIMED_IN_A_LOOK", CLAIMED_IN_A_LOOK[seed % 3])
        monkeypatch.setattr(alerts_subscriber, "MOST_AT_ONCE", MOST_AT_ONCE[seed % 2])
        with time_machine.travel(START, tick=False) as traveller:
            world = World(seed, f"user_{seed}", store, traveller)
            world.run()
        assert world.history() == world.expected(), f"seed {seed}"
        assert world.notified() == world.fired(), f"seed {seed}"
        assert world.counted() == world.armed(), f"seed {seed}"
        fired += world.fired()
    assert fired > 100


class World:
    """A market, a user's alerts in the engine and in brute force, and bad luck."""

    def __init__(self, seed: int, username: str, whole: Store, traveller: time_machine.Traveller) -> None:
        self.random = random.Random(seed)
        self.user = there(User(username, f"{username}@example.com"))
        self.asset_id = f"coin-{seed}"
        self.traveller = traveller
        self.disturbed = Disturbed(whole, self.happen)
        self.prices = Prices()
        self.at = START
        self.close = Decimal(100)
        self.judges: dict[str, Judge] = {}
        self.is_looking = False

    def run(self) -> None:
        make_asset(self.asset_id)
        self.tick(1)
        with using(self.disturbed):
            done = 1
            while done < TICKS:
                count = self.random.choice((1, 1, 2, 3, 8))
                self.tick(count)
                done += count
                for _ in range(self.random.choice((0, 1, 1, 2))):
                    self.look()
                if self.random.random() < 0.5:
                    self.act()
            self.look_at_last()

    def tick(self, count: int) -> None:
        ticks = [self.next_tick() for _ in range(count)]
        ticks_record(ticks)
        for tick in ticks:
            self.prices.take(tick)
        self.traveller.shift(self.random.choice((0, 1, 7)))

    def next_tick(self) -> Tick:
        self.at += timedelta(seconds=self.random.choice((5, 5, 5, 20, 61, 400)))
        step = self.random.choice((0, 1, -1, 2, -2, 3, -3, 9, -9)) + Decimal(self.random.randint(-50, 50)) / 100
        opened = self.close + self.random.choice((0, 0, 0, 4, -4))
        self.close = min(max(self.close + step, Decimal(82)), Decimal(118))
        if self.random.random() < 0.5:
            return Tick.lone(self.asset_id, self.at, self.close, "replay:test")
        high = max(opened, self.close) + self.random.choice((0, 1, 6))
        low = min(opened, self.close) - self.random.choice((0, 1, 6))
        seconds = self.random.choice((20, 60))
        return Tick(self.asset_id, self.at, opened, high, low, self.close, "replay:test", bar_seconds=seconds)

    def look(self) -> None:
        """A nudge: late or repeated, and the worker may be killed."""
        self.is_looking = True
        try:
            engine.look(self.asset_id)
        except Killed:
            self.traveller.shift(LEASE.total_seconds())
        finally:
            self.is_looking = False

    def look_at_last(self) -> None:
        self.traveller.shift(LEASE.total_seconds())
        catch_up(self.asset_id)

    def happen(self) -> None:
        """Between two calls of an evaluator: another comes, because the lease has run out, or the process ends."""
        if not self.is_looking:
            return
        luck = self.random.random()
        if luck < 0.02:
            self.traveller.shift(LEASE.total_seconds())
            engine.look(self.asset_id)
        elif luck < 0.03:
            raise Killed

    def act(self) -> None:
        """Something that the user does, while no look is under way."""
        self.traveller.shift(LEASE.total_seconds())
        if len(self.judges) < ALERTS:
            self.create()
            return
        alert_id = self.random.choice(list(self.prices.judges))
        self.random.choice((self.pause, self.resume, self.resume, self.edit, self.edit, self.delete))(alert_id)

    def create(self) -> None:
        alert_id = derived_id(clock.now(), self.asset_id, str(len(self.judges)))
        terms, expires_at = self.terms()
        alert_create(self.user, alert_id=alert_id, draft=AlertDraft(self.asset_id, terms))
        judge = self.judges[alert_id] = self.prices.judges[alert_id] = Judge(terms, expires_at)
        judge.begin(terms, expires_at, self.prices, fire_if_true=terms.fire_if_true)

    def pause(self, alert_id: str) -> None:
        catch_up(self.asset_id)
        alert_pause(self.user, alert_id)
        self.judges[alert_id].state = "off"

    def resume(self, alert_id: str) -> None:
        catch_up(self.asset_id)
        judge = self.judges[alert_id]
        if judge.state == "off" and judge.expires_at is None:
            alert_resume(self.user, alert_id)
            judge.begin(judge.terms, None, self.prices, fire_if_true=False)

    def edit(self, alert_id: str) -> None:
        catch_up(self.asset_id)
        terms, expires_at = self.terms()
        judge = self.judges[alert_id]
        if not terms.judged_like(judge.terms):
            alert_change(self.user, alert_id, terms=terms, enabled=True)
            judge.begin(terms, expires_at, self.prices, fire_if_true=terms.fire_if_true)

    def delete(self, alert_id: str) -> None:
        catch_up(self.asset_id)
        if len(self.prices.judges) > ALERTS // 2:
            alert_delete(self.user, alert_id)
            del self.prices.judges[alert_id]

    def terms(self) -> tuple[Terms, datetime | None]:
        """Anything that a user may set, and its expiry on the feed's clock."""
        offset = timedelta(milliseconds=asset_get(self.asset_id).clock_offset_ms)
        expires_at = self.at + timedelta(minutes=self.random.randint(20, 60)) if self.random.random() < 0.3 else None
        threshold = Decimal(self.random.randint(170, 230)) / 2
        return (
            Terms(
                PriceCondition(self.random.choice(list(Operator)), threshold, self.random.choice(list(PriceType))),
                frequency=self.random.choice((Frequency.ONCE, Frequency.EVERY, Frequency.EVERY)),
                cooldown=timedelta(seconds=self.random.choice((0, 60, 300, 3000))),
                hysteresis=Decimal(self.random.choice((0, 0, 1, 5))),
                expires_at=None if expires_at is None else expires_at + offset,
                channels=BOTH,
                fire_if_true=self.random.random() < 0.3,
            ),
            expires_at,
        )

    def history(self) -> dict[str, list[Fired]]:
        """What the engine fired, by alert, in the order of time; what has one time has no order."""
        found: dict[str, list[Fired]] = {}
        for entry in history_of(self.user):
            found.setdefault(entry.alert_id, []).append(Fired(entry.at, entry.price, entry.outcome))
        return {alert_id: sorted(fired) for alert_id, fired in found.items()}

    def expected(self) -> dict[str, list[Fired]]:
        """What brute force fired, by alert, likewise."""
        return {alert_id: sorted(judge.fired) for alert_id, judge in self.judges.items() if judge.fired}

    def fired(self) -> int:
        return sum(each.outcome == Outcome.FIRED for judge in self.judges.values() for each in judge.fired)

    def notified(self) -> int:
        return len(store().query(notifications.notifications_query(self.user.username)).items)

    def counted(self) -> dict[str, int]:
        """The counts on the series row that are not zero."""
        row = series_by_asset([self.asset_id])[self.asset_id]
        return {name: count for name, count in row.counts.items() if count}

    def armed(self) -> dict[str, int]:
        """The same, counted on the alerts."""
        partitions = [alert.partition for alert in selectors.alerts_of(self.user.username)]
        return Counter(partition.count_name("alerts") for partition in partitions if partition is not None)


def make_asset(asset_id: str) -> None:
    assets_add([Asset(asset_id, "COIN", "A coin")])
