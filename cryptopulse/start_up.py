"""What must be there before the site answers: tables, and what the apps prepare."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core import wiring
from core.storage import TableMissing, administration


def prepare() -> None:
    """Make the tables of an embedded store and run the apps' START_UPS; safe to repeat.

    Tables of a server are made by `manage.py createtables`, under rights that the site need not have. Raises
    ImproperlyConfigured when they are missing.
    """
    if urlsplit(settings.DATASTORE_URL).scheme != "dynamodb":
        administration().create_tables(wiring.tables())
    try:
        for start_up in wiring.listed("START_UPS"):
            start_up()
    except TableMissing as error:
        raise ImproperlyConfigured(f"{error}: run `manage.py createtables` first.") from error
