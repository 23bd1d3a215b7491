"""Options that are each fine, but not together."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from cryptopulse.checks import files_can_be_kept, mail_goes_out, refuse_wrong_settings, store_opens, wrong_mixes

MIXES: list[tuple[dict[str, Any], str, str]] = [
    ({"ORDER_LEAST": Decimal(20), "ORDER_MOST": Decimal(10)}, "cryptopulse.E001", "ORDER_LEAST is 20"),
    ({"REDIS_URL": "redis://localhost", "DATASTORE_URL": "memory://"}, "cryptopulse.E002", "DATASTORE_URL is memory"),
    ({"REDIS_URL": "redis://localhost", "DATASTORE_URL": "sqlite:////x"}, "cryptopulse.W001", "SQLite file"),
    (
        {"REDIS_URL": "redis://h", "DATASTORE_URL": "dynamodb://eu-central-1", "PRIVATE_FILES_URL": "memory://"},
        "cryptopulse.E007",
        "PRIVATE_FILES_URL is memory",
    ),
    (
        {"REDIS_URL": "redis://h", "DATASTORE_URL": "dynamodb://eu-central-1", "PRIVATE_FILES_URL": "file:////x"},
        "cryptopulse.W003",
        "s3://BUCKET",
    ),
    ({"PUBLIC_URL": "http://pulse.example.com"}, "cryptopulse.E003", "ALLOWED_HOSTS lacks pulse.example.com"),
    ({"SECURE_COOKIES": True}, "cryptopulse.E004", "SECURE_COOKIES=false"),
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
    settings.ALLOWED_HOSTS, settings.PRIVATE_FILES_URL = ["localhost"], "file:////files"
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


def test_the_folder_of_private_files_is_made_for_the_site_alone(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "files"
    settings.STORAGES = {
        "private": {"BACKEND": "core.private_files.folder.PrivateFolder", "OPTIONS": {"location": folder}}
    }
    assert files_can_be_kept() == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_private_files_that_cannot_be_made_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    settings.PRIVATE_FILES_URL = f"file:///{tmp_path}/taken/files"
    location = {"location": tmp_path / "taken" / "files"}
    settings.STORAGES = {"private": {"BACKEND": "core.private_files.folder.PrivateFolder", "OPTIONS": location}}
    [message] = files_can_be_kept()
    assert message.id == "cryptopulse.E008"
    assert message.msg.startswith(f"PRIVATE_FILES_URL is {settings.PRIVATE_FILES_URL!r}: it cannot be made")


@pytest.mark.parametrize("backend", ["console", "filebased"])
def test_mail_that_stays_here_is_reported_where_others_use_the_site(settings: Settings, backend: str) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.PUBLIC_URL = "https://pulse.example.com"
    [message] = mail_goes_out()
    assert message.id == "cryptopulse.W004"
    settings.PUBLIC_URL = "http://localhost:8000"
    assert mail_goes_out() == []


def test_mail_that_is_sent_is_fine(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.PUBLIC_URL = "https://pulse.example.com"
    assert mail_goes_out() == []


def test_console_mail_is_a_matter_of_the_deployment_alone(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "http://pulse.example.com", ["pulse.example.com"]
    assert "cryptopulse.W004" in {message.id for message in run_checks(include_deployment_checks=True)}
    assert "cryptopulse.W004" not in {message.id for message in run_checks()}
