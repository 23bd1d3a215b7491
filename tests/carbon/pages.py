"""What the tests of the pages of the carbon diary have in common."""

import re
from html import unescape
from typing import Any

from django.test import Client

from carbon.domain.entry import Entry
from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from tests.carbon.builders import entries_of

ACCOUNT_TABLES = ("Users", "Sessions", "ApiKeys", "Throttle")
"""Tables that every request reads to know who asks."""


def words(response: Any) -> str:
    """The text of a page's main part as it is read, without marks of markup and with single spaces."""
    html = response.content.decode()
    main = html[html.find("<main") : html.find("</main>")] if "<main" in html else html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ").split())


def shown(client: Client, path: str, **query: str) -> str:
    """The words of a page below /carbon/ that is there."""
    response = client.get(f"/carbon/{path}", query)
    assert response.status_code == 200, path
    return words(response)


def toasts(response: Any) -> list[str]:
    """What kind of messages a page shows: `success`, `warning` or `error`."""
    return [each.level_tag for each in response.context["messages"]]


def a_form(activity: str = "car_petrol", **more: str) -> dict[str, str]:
    """100 km by petrol car, as a browser sends it, without the id."""
    return {
        "activity": activity,
        "amount": "100",
        "unit": "km",
        "occupancy": "1",
        "timestamp": "2026-11-20T09:30",
        "description": "",
        **more,
    }


def an_id(*parts: str) -> str:
    """An id of the time that the tests live in."""
    return derived_id(clock.now(), *parts)


def the_entry(alice: User) -> Entry:
    """The one entry that she has."""
    (entry,) = entries_of(alice)
    return entry
