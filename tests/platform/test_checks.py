"""Options that are each fine, but not together."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from cryptopulse.checks import refuse_wrong_settings, store_opens, wrong_mixes

MIXES: list[tuple[dict[str, Any], str, str]] = [
    ({"ORDER_LEAST": Decimal(20), "ORDER_MOST": Decimal(10)}, "cryptopulse.E001", "ORDER_LEAST is 20"),
    ({"REDIS_URL": "redis://localhost", "DATASTORE_URL": "memory://"}, "cryptopulse.E002", "DATASTORE_URL is memory"),
    ({"REDIS_URL": "redis://localhost", "DATASTORE_URL": "sqlite:////x"}, "cryptopulse.W001", "one machine only"),
    ({"PUBLIC_URL": "http://pulse.example.com"}, "cryptopulse.E003", "ALLOWED_HOSTS lacks pulse.example.com"),
    ({"SECURE_COOKIES": True}, "cryptopulse.E004", "nobody could sign in over http"),
    ({"PUBLIC_URL": "https://localhost"}, "cryptopulse.W002", "set SECURE_COOKIES=true"),
    (
        {"DEBUG": True, "PUBLIC_URL": "http://pulse.example.com", "ALLOWED_HOSTS": ["pulse.example.com"]},
        "cryptopulse.E005",
        "set DEBUG=false",
    ),
]


def test_the_defaults_go_together(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    assert wrong_mixes() == []


@pytest.mark.parametrize(("options", "identifier", "sentence"), MIXES)
def test_a_wrong_mix_is_reported(settings: Settings, options: dict[str, Any], identifier: str, sentence: str) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    for name, value in options.items():
        setattr(settings, name, value)

    [message] = wrong_mixes()

    assert message.id == identifier
    assert sentence in message.msg


def test_an_error_stops_a_server_that_runs_no_checks(settings: Settings) -> None:
    settings.ORDER_LEAST, settings.ORDER_MOST = Decimal(20), Decimal(10)
    with pytest.raises(ImproperlyConfigured, match=r"ORDER_LEAST is 20 .*\(cryptopulse\.E001\)"):
        refuse_wrong_settings()


def test_a_caution_stops_nothing(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.PUBLIC_URL = "https://localhost"
    refuse_wrong_settings()
    assert [message.id for message in wrong_mixes()] == ["cryptopulse.W002"]


@pytest.mark.parametrize("address", ["postgres://db", "sqlite://var/x", "sqlite:////proc/no/x.sqlite3", "dynamodb://"])
def test_a_store_that_cannot_be_opened_is_reported(settings: Settings, address: str) -> None:
    settings.DATASTORE_URL = address
    [message] = store_opens()
    assert message.id == "cryptopulse.E006"
    assert message.msg.startswith(f"DATASTORE_URL is '{address}': ")


def test_a_store_that_can_be_opened_is_fine(settings: Settings, tmp_path: Path) -> None:
    settings.DATASTORE_URL = f"sqlite:///{tmp_path}/new/folder/x.sqlite3"
    assert store_opens() == []
