"""Shares of a bar, columns of a chart, and the tables beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from carbon.domain.entry import CATEGORY_LABELS
from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.presentation.months import years_first
from core.money import ZERO
from core.periods import Month

HEIGHT = 120
STEP = 10
GAP = Decimal(2)
HEADROOM = Decimal(4)
TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column shows, in kg."""

    measured: Decimal = ZERO
    estimated: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Bar:
    """One column in the box of the chart: lengths of its two parts, and how far from the top each begins."""

    x: Decimal
    width: Decimal
    measured: Decimal
    measured_top: Decimal
    estimated: Decimal
    estimated_top: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns in a box of `width` by `height`; `line` is how far from the top the level to compare with is."""

    label: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    line: Decimal | None


def chart_of(columns: Sequence[Column], label: str, *, level: Decimal | None = None) -> Chart:
    """The columns, the highest of them or the level reaching almost to the top; `label` says in words what it shows."""
    sums = [each.measured + each.estimated for each in columns]
    highest = max([*sums, level or ZERO], default=ZERO)
    room = HEIGHT - HEADROOM

    def length(value: Decimal) -> Decimal:
        return (room * value / highest).quantize(TENTH, ROUND_HALF_UP) if highest else ZERO

    bars = []
    for place, each in enumerate(columns):
        measured, estimated = length(each.measured), length(each.estimated)
        bars.append(
            Bar(
                x=place * STEP + GAP / 2,
                width=STEP - GAP,
                measured=measured,
                measured_top=HEIGHT - measured,
                estimated=estimated,
                estimated_top=HEIGHT - measured - estimated,
            )
        )
    return Chart(
        label=label,
        width=len(columns) * STEP,
        height=HEIGHT,
        bars=tuple(bars),
        line=None if level is None else HEIGHT - length(level),
    )


@dataclass(frozen=True, slots=True)
class Share:
    """One category: its sums, its part in percent, and where its piece begins in a bar of 100."""

    category: str
    label: str
    total: CategoryTotal
    percent: Decimal
    start: Decimal
    width: Decimal


def shares_of(totals: PeriodTotals, order: Sequence[str]) -> list[Share]:
    """Those with entries, in this order; percentages of kg, all of them 0 where nothing was emitted."""
    whole = totals.total.kg
    found = []
    start = ZERO
    for category in order:
        total = totals.of(category)
        if not total.count:
            continue
        percent = total.kg / whole * 100 if whole else ZERO
        width = percent.quantize(HUNDREDTH, ROUND_HALF_UP)
        found.append(Share(category, CATEGORY_LABELS[category], total, percent, start, width))
        start += width
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table beside a chart: what it is of, its first and last day, its sums."""

    label: str
    first: date
    last: date
    total: CategoryTotal


@dataclass(frozen=True, slots=True)
class Series:
    """A chart, its summary in one sentence, and its table without the empty rows, the latest first."""

    chart: Chart
    summary: str
    lines: Sequence[Line]


def days_of(month: Month, days: Iterable[PeriodTotals], category: str = "all", *, level: Decimal | None) -> Series:
    """Every day of a month; `level` is what a day may have."""
    found = {each.period: each.of(category) for each in days}
    lines = [Line(f"{day.day} {day:%b}", day, day, found.get(day.isoformat(), CategoryTotal())) for day in month.days()]
    return _series(lines, f"kg CO₂e by day in {month.label}", "day", level)


def year_until(month: Month, months: Iterable[PeriodTotals], category: str = "all", *, level: Decimal | None) -> Series:
    """The twelve months that end with this one; `level` is what a month may have."""
    found = {each.period: each.of(category) for each in months}
    lines = [
        Line(f"{each.first_day:%b %Y}", each.first_day, each.last_day, found.get(str(each), CategoryTotal()))
        for each in years_first(month).until(month)
    ]
    return _series(lines, f"kg CO₂e by month until {month.label}", "month", level)


def _series(lines: Sequence[Line], label: str, name: str, level: Decimal | None) -> Series:
    columns = [Column(each.total.measured_kg, each.total.estimated_kg) for each in lines]
    filled = [each for each in lines if each.total.count]
    return Series(chart_of(columns, label, level=level), _summary(filled, len(lines), name), filled[::-1])


def _summary(filled: Sequence[Line], count: int, name: str) -> str:
    """`Most on 14 Nov: 86.20 kg. 12 of 30 days have entries.`, without the figure where amounts may be hidden."""
    if not filled:
        return f"No {name} has an entry."
    most = max(filled, key=lambda each: each.total.kg)
    verb = "has" if len(filled) == 1 else "have"
    return f"Most {'on' if name == 'day' else 'in'} {most.label}. {len(filled)} of {count} {name}s {verb} entries."
