"""`manage.py reconcile`: whether all that is stored agrees."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from core.agreement import Report, reconcile
from core.management.base import StoreCommand
from core.storage import administration


class Command(StoreCommand):
    help = (
        "Check that all that is stored agrees: ledgers with balances, holdings with trades, firings with "
        "notifications, counts with what they count. Changes nothing. Ends with 1 where something disagrees."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", metavar="NAME", help="only the rows of this user")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each disagreement with its user, rule, row and figures, or a summary. Raises CommandError for any."""
        name = options["user"]
        with administration().snapshot() as store:
            report = reconcile(store, username=name.strip().lower() if name else None)
        for disagreement in report.disagreements:
            self.stdout.write(str(disagreement))
        if name and not report.rows.total():
            raise CommandError(f"There are no rows of a user {name}.")
        if report.disagreements:
            count = len(report.disagreements)
            raise CommandError(f"{count} disagreement{'' if count == 1 else 's'}. {_summary(report)}")
        self.stdout.write(f"All agrees. {_summary(report)}")


def _summary(report: Report) -> str:
    tables = ", ".join(f"{name} {count}" for name, count in report.rows.items() if count)
    accounts = f"{report.accounts} account{'' if report.accounts == 1 else 's'}"
    rows = f"{report.rows.total()} rows ({tables})" if tables else "no rows"
    return f"Checked by {report.rules} rules: {accounts}, {rows}."
