"""Rules by which entries, their sums, goals, achievements and added factors agree."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from carbon.data.catalogue import catalogue
from carbon.domain.achievements import figures_of, reached_by
from carbon.domain.activity import newest
from carbon.domain.emission import emitted
from carbon.domain.entry import Entry
from carbon.domain.factor import Factor
from carbon.domain.goal import Goal
from carbon.domain.targets import Baseline, target_under
from carbon.domain.totals import CategoryTotal, PeriodTotals, contribution, periods_of
from carbon.events import ENTRY_CHANGED, GOAL_CHANGED
from carbon.repositories.achievements import record_from_items
from carbon.repositories.entries import entry_from_item, entry_item
from carbon.repositories.factors import current_from_item, factor_from_map, is_current
from carbon.repositories.goals import goal_from_item
from carbon.repositories.totals import totals_from_item
from carbon.tables import CARBON_ACHIEVEMENTS, CARBON_ENTRIES, CARBON_FACTORS, CARBON_GOALS, CARBON_TOTALS
from core.reconciling.rules import Account, Disagreement, Stream, compared
from core.tables import OUTBOX

FARTHEST_ZONE = timedelta(hours=14)
"""By how much local time differs from UTC at most."""
KEYS = ("timestamp", "user_category")


def entries_follow_from_factors(account: Account) -> Iterable[Disagreement]:
    """Every entry emits what its factor says for its amount, in its factor's category, and its indexes find it there.

    Its day is that of its time in some zone. An estimate has the id of its expense.
    """
    items = {item["entry_id"]: item for item in account.of(CARBON_ENTRIES)}
    for entry in _entries_of(account):
        yield from _emission(entry)
        if not entry.is_estimate and entry.category != entry.factor.category:
            yield _about_entry(entry, f"category is {entry.category}, its factor's is {entry.factor.category}")
        days = {(entry.timestamp + shift).date() for shift in (-FARTHEST_ZONE, FARTHEST_ZONE)}
        if not min(days) <= entry.day <= max(days):
            yield _about_entry(entry, f"day is {entry.day}, its time is {entry.timestamp}")
        if entry.is_estimate and entry.expense_id != entry.entry_id:
            yield _about_entry(entry, f"it is an estimate, and expense_id is {entry.expense_id}")
        wanted = entry_item(entry)
        for name in KEYS:
            if items[entry.entry_id][name] != wanted[name]:
                yield _about_entry(entry, f"{name} is {items[entry.entry_id][name]}, the rest says {wanted[name]}")


def footprint_totals_are_sums_of_entries(account: Account) -> Iterable[Disagreement]:
    """The sums of every day and month are those of the entries that count there, by category."""
    sums: defaultdict[str, defaultdict[str, CategoryTotal]] = defaultdict(lambda: defaultdict(CategoryTotal))
    for entry in _entries_of(account):
        for period in periods_of(entry.day):
            sums[period][entry.category] += contribution(entry)
    stored = {item["period"]: totals_from_item(item["period"], item) for item in account.of(CARBON_TOTALS)}
    for period in sorted({*sums, *stored}):
        said, found = stored.get(period, PeriodTotals(period)), PeriodTotals(period, sums[period])
        for category in sorted({*said.categories, *found.categories}):
            one, other = said.of(category), found.of(category)
            for name in ("kg", "count", "estimated_kg", "estimated_count"):
                figure, mine, theirs = f"{name} of {category}", getattr(one, name), getattr(other, name)
                yield from compared(
                    account.username, f"CarbonTotals {period}", figure, mine, "its entries add up to", theirs
                )


def targets_follow_from_baselines(account: Account) -> Iterable[Disagreement]:
    """A goal in percent has a baseline, and its target is that far under it."""
    for goal in _goals_of(account):
        if goal.percent is None:
            continue
        row = f"CarbonGoals {goal.goal_id}"
        if goal.baseline_kg is None:
            yield Disagreement(account.username, row, f"it is {goal.percent} % under a baseline that is not there")
            continue
        wanted = target_under(Baseline(goal.baseline_kg), goal.percent)
        if goal.target_kg != wanted:
            detail = f"target_kg is {goal.target_kg}, {goal.percent} % under {goal.baseline_kg} is {wanted}"
            yield Disagreement(account.username, row, detail)


def achievements_follow_from_entries(account: Account) -> Iterable[Disagreement]:
    """What is achieved is what the entries and goals make it, as of the day of the last judgement.

    While an event waits that will have it judged again, nothing is reported.
    """
    waiting = {item.get("name") for item in account.of(OUTBOX)}
    if waiting & {ENTRY_CHANGED, GOAL_CHANGED}:
        return
    record = record_from_items(account.of(CARBON_ACHIEVEMENTS))
    goals, entries = _goals_of(account), _entries_of(account)
    if record.judged_on is None:
        if entries or goals or record.kept:
            yield _about_achievement(account, "STANDING", "it was never judged what is achieved")
        return
    days: defaultdict[str, defaultdict[str, CategoryTotal]] = defaultdict(lambda: defaultdict(CategoryTotal))
    for entry in entries:
        days[entry.day.isoformat()][entry.category] += contribution(entry)
    sums = [PeriodTotals(day, categories) for day, categories in days.items()]
    wanted, stored = reached_by(catalogue(), figures_of(sums, goals, record.judged_on)), record.reached
    for name in sorted({*wanted, *stored}):
        if wanted.get(name) != stored.get(name):
            detail = f"reached_on is {stored.get(name)}, the entries say {wanted.get(name)}"
            yield _about_achievement(account, name, detail)


def newest_factors_are_current(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """The row `CURRENT` of every activity holds the newest added factor of each region and unit, and nothing else."""
    added: defaultdict[str, list[Factor]] = defaultdict(list)
    current: dict[str, set[Factor]] = {}
    for item in stream(CARBON_FACTORS):
        activity = item["activity"]
        if is_current(item):
            current[activity] = set(current_from_item(activity, item).factors)
        else:
            added[activity].append(factor_from_map(item))
    for activity in sorted({*added, *current}):
        wanted, held = set(newest(added[activity])), current.get(activity, set())
        for factor in sorted(wanted ^ held, key=lambda each: each.factor_id):
            detail = f"{factor.factor_id} is " + ("missing" if factor in wanted else "not the newest that was added")
            yield Disagreement("", f"CarbonFactors {activity} CURRENT", detail)


def _entries_of(account: Account) -> list[Entry]:
    return [entry_from_item(item) for item in account.of(CARBON_ENTRIES)]


def _goals_of(account: Account) -> list[Goal]:
    return [goal_from_item(item) for item in account.of(CARBON_GOALS)]


def _emission(entry: Entry) -> Iterable[Disagreement]:
    if entry.is_estimate:
        return
    kg, kg_with_fuel_supply = emitted(entry.factor, entry.amount, entry.unit, entry.occupancy)
    if (entry.kg, entry.kg_with_fuel_supply) != (kg, kg_with_fuel_supply):
        detail = f"kg_co2e is {entry.kg} ({entry.kg_with_fuel_supply}), its factor says {kg} ({kg_with_fuel_supply})"
        yield _about_entry(entry, detail)


def _about_entry(entry: Entry, detail: str) -> Disagreement:
    return Disagreement(entry.username, f"CarbonEntries {entry.entry_id}", detail)


def _about_achievement(account: Account, name: str, detail: str) -> Disagreement:
    return Disagreement(account.username, f"CarbonAchievements {name}", detail)


RULES = (
    entries_follow_from_factors,
    footprint_totals_are_sums_of_entries,
    targets_follow_from_baselines,
    achievements_follow_from_entries,
)
STORE_RULES = (newest_factors_are_current,)
