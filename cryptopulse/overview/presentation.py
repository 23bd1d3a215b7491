"""How figures of the overview are put into words and rows."""

from core.presentation.series import SeriesRow
from core.templatetags.cryptopulse import money
from portfolio.selectors import Worth


def worth_rows(worth: Worth) -> list[SeriesRow]:
    """Net worth and what had been paid in, day by day, for a table."""
    return [
        SeriesRow(
            point.day.isoformat(),
            f"{point.day.day} {point.day:%b}",
            tuple((f"{value:f}", money(value)) for value in (point.value, point.paid_in)),
        )
        for point in worth.days
    ]
