"""Make the file of the plain project, with one user and rows: `python -m bench.orm_site.filling NAME PASSWORD ROWS`."""

import sys
from datetime import timedelta
from decimal import Decimal

import django
from django.core.management import call_command
from django.utils import timezone


def fill(username: str, password: str, rows: int) -> None:
    """Tables, the user and this many alerts of theirs."""
    from django.contrib.auth.models import User

    from bench.orm_site.models import Alert

    call_command("migrate", run_syncdb=True, verbosity=0)
    user = User.objects.create_user(username, password=password)
    now = timezone.now()
    Alert.objects.bulk_create(
        Alert(
            user=user,
            ticker="BTC",
            asset_name="Bitcoin",
            operator=">",
            threshold=Decimal(90_000 + number),
            status="armed",
            trigger_count=number % 3,
            last_triggered=now - timedelta(hours=number) if number % 3 else None,
            created_at=now - timedelta(days=number),
        )
        for number in range(rows)
    )


if __name__ == "__main__":
    django.setup()
    fill(sys.argv[1], sys.argv[2], int(sys.argv[3]))
