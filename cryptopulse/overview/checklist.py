"""What to do first, worked out from what is there already."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the getting-started list: what to do, where, and whether the data says it is done."""

    label: str
    url_name: str
    done: bool


def steps(
    *, funded: bool, traded: bool, alerted: bool, budgeted: bool, spent: bool, footprint: bool
) -> tuple[Step, ...]:
    """The list; empty once all of it is done. `footprint`: whether there is an entry in the carbon diary."""
    listed = (
        Step("Put money in", "portfolio:deposit", funded),
        Step("Place an order", "portfolio:trade", traded),
        Step("Set a budget", "budgets:budget", budgeted),
        Step("Add an expense", "budgets:expense-add", spent),
        Step("Create an alert", "alerts:add", alerted),
        Step("Enter what you emitted", "carbon:entry-add", footprint),
    )
    return () if all(step.done for step in listed) else listed
