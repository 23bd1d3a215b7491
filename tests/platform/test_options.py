"""Every option: what it accepts, and the sentence with which it refuses what makes no sense."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cryptopulse.options import ALL, Options
from tests.platform.processes import ROOT

REFUSED = [
    ("PORT", "http", "PORT is 'http': write a whole number."),
    ("PORT", "0", "PORT is '0': the least is 1."),
    ("PORT", "70000", "PORT is '70000': the most is 65535."),
    ("HOST", " ", "HOST is '': write an address such as 127.0.0.1."),
    ("PUBLIC_URL", "pulse.example.com", "PUBLIC_URL is 'pulse.example.com': write an address such as https://HOST."),
    ("PUBLIC_URL", "https://host:port", "PUBLIC_URL is 'https://host:port': write an address such as https://HOST."),
    ("ALLOWED_HOSTS", ",", "ALLOWED_HOSTS is ',': name at least one, for example localhost,127.0.0.1,[::1]."),
    (
        "CSRF_TRUSTED_ORIGINS",
        "pulse.example.com",
        "CSRF_TRUSTED_ORIGINS is 'pulse.example.com': 'pulse.example.com' lacks its scheme; "
        "write for example https://pulse.example.com.",
    ),
    ("SECURE_COOKIES", "maybe", "SECURE_COOKIES is 'maybe': write true or false."),
    ("SECRET_KEY", "short", "SECRET_KEY is not usable: it needs 32 characters or more."),
    ("DEBUG", "2", "DEBUG is '2': write true or false."),
    ("STORE_RETRY_SECONDS", "-1", "STORE_RETRY_SECONDS is '-1': the least is 0."),
    ("STORE_RETRY_SECONDS", "ten", "STORE_RETRY_SECONDS is 'ten': write a number."),
    (
        "PRIVATE_FILES_URL",
        "ftp://host/files",
        "PRIVATE_FILES_URL is 'ftp://host/files': write file:///PATH, s3://BUCKET/PREFIX?region=REGION or memory://.",
    ),
    (
        "PRIVATE_FILES_URL",
        "file://var/files",
        "PRIVATE_FILES_URL is 'file://var/files': write file:///var/files, or file:////var/files for an absolute path.",
    ),
    (
        "PRIVATE_FILES_URL",
        "s3://A_Bucket",
        "PRIVATE_FILES_URL is 's3://A_Bucket': the name of a bucket follows the two slashes, as in s3://my-receipts.",
    ),
    (
        "PRIVATE_FILES_URL",
        "s3://receipts?acl=public",
        "PRIVATE_FILES_URL is 's3://receipts?acl=public': acl is no option of it; those are region, endpoint.",
    ),
    (
        "PRIVATE_FILES_URL",
        "s3://receipts?endpoint=localhost",
        "PRIVATE_FILES_URL is 's3://receipts?endpoint=localhost': "
        "an endpoint is an address such as http://localhost:9000.",
    ),
    ("REDIS_URL", "localhost", "REDIS_URL is 'localhost': write an address such as redis://HOST."),
    (
        "MARKET_FEED",
        "",
        "MARKET_FEED is '': name at least one, for example simulated.",
    ),
    ("MARKET_POLL_SECONDS", "0", "MARKET_POLL_SECONDS is '0': the least is 0.2."),
    ("MARKET_POLL_SECONDS", "NaN", "MARKET_POLL_SECONDS is 'NaN': write a number."),
    (
        "COINGECKO_URL",
        "api.coingecko.com",
        "COINGECKO_URL is 'api.coingecko.com': write an address such as https://HOST.",
    ),
    ("COINGECKO_KEY", "my key", "COINGECKO_KEY is not usable: it needs letters, digits and -._~+/= alone."),
    ("COINGECKO_SECONDS", "0", "COINGECKO_SECONDS is '0': the least is 1."),
    ("BINANCE_URL", "https://host", "BINANCE_URL is 'https://host': write an address such as wss://HOST."),
    ("BINANCE_REST_URL", "wss://host", "BINANCE_REST_URL is 'wss://host': write an address such as https://HOST."),
    ("OPENING_BALANCE", "Infinity", "OPENING_BALANCE is 'Infinity': write a number."),
    ("REQUIRE_APPROVAL", "perhaps", "REQUIRE_APPROVAL is 'perhaps': write true or false."),
    ("ORDER_FEE_BASIS_POINTS", "-5", "ORDER_FEE_BASIS_POINTS is '-5': the least is 0."),
    ("ORDER_LEAST", "0", "ORDER_LEAST is '0': the least is 0.01."),
    ("ORDER_MOST", "much", "ORDER_MOST is 'much': write a number."),
    ("DEPOSIT_DAILY_LIMIT", "-1", "DEPOSIT_DAILY_LIMIT is '-1': the least is 0."),
    ("WITHDRAWAL_DAILY_LIMIT", "-1", "WITHDRAWAL_DAILY_LIMIT is '-1': the least is 0."),
    ("ALERTS_PER_USER", "1.5", "ALERTS_PER_USER is '1.5': write a whole number."),
    ("STORAGE_PER_USER", "1 GB", "STORAGE_PER_USER is '1 GB': write a whole number."),
    ("FILES_PER_USER", "-1", "FILES_PER_USER is '-1': the least is 0."),
    ("ROWS_PER_USER", "many", "ROWS_PER_USER is 'many': write a whole number."),
    ("OPEN_IMPORTS_PER_USER", "-1", "OPEN_IMPORTS_PER_USER is '-1': the least is 0."),
    ("API_REQUESTS_PER_MINUTE", "0", "API_REQUESTS_PER_MINUTE is '0': the least is 1."),
    ("API_VISITOR_REQUESTS_PER_MINUTE", "few", "API_VISITOR_REQUESTS_PER_MINUTE is 'few': write a whole number."),
    ("API_SIGN_INS_PER_MINUTE", "-1", "API_SIGN_INS_PER_MINUTE is '-1': the least is 1."),
    ("CONNECTIONS", "9", "CONNECTIONS is '9': the least is 10."),
    ("REQUESTS_AT_ONCE", "0", "REQUESTS_AT_ONCE is '0': the least is 1."),
    ("REQUEST_HEAD_SECONDS", "0", "REQUEST_HEAD_SECONDS is '0': the least is 0.1."),
    ("REQUEST_BODY_SECONDS", "soon", "REQUEST_BODY_SECONDS is 'soon': write a number."),
    ("PASSWORD_HASHES_AT_ONCE", "0", "PASSWORD_HASHES_AT_ONCE is '0': the least is 1."),
    ("STREAM_CONNECTIONS_PER_USER", "0", "STREAM_CONNECTIONS_PER_USER is '0': the least is 1."),
    ("STREAM_CONNECTIONS_PER_ADDRESS", "all", "STREAM_CONNECTIONS_PER_ADDRESS is 'all': write a whole number."),
    ("STREAM_CHECK_SECONDS", "0", "STREAM_CHECK_SECONDS is '0': the least is 0.1."),
    ("FILES_AT_ONCE", "0", "FILES_AT_ONCE is '0': the least is 1."),
    ("FILE_PROCESSOR_SECONDS", "0", "FILE_PROCESSOR_SECONDS is '0': the least is 1."),
    ("FILE_MEMORY_MB", "64", "FILE_MEMORY_MB is '64': the least is 128."),
    ("FILE_WAIT_SECONDS", "-1", "FILE_WAIT_SECONDS is '-1': the least is 0."),
    (
        "EMAIL_URL",
        "pigeon://roof",
        "EMAIL_URL is not usable: write consolemail://, filemail:///FOLDER or smtp+tls://USER:PASSWORD@HOST:587.",
    ),
    (
        "DEFAULT_FROM_EMAIL",
        "CryptoPulse",
        "DEFAULT_FROM_EMAIL is 'CryptoPulse': write an address such as CryptoPulse <pulse@localhost>.",
    ),
    ("DELIVERY_LEASE_SECONDS", "0", "DELIVERY_LEASE_SECONDS is '0': the least is 1."),
    ("LOG_LEVEL", "LOUD", "LOG_LEVEL is 'LOUD': write one of DEBUG, INFO, WARNING, ERROR."),
    ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml': write one of auto, json, text."),
    (
        "METRICS_TOKEN",
        "open sesame",
        "METRICS_TOKEN is not usable: it needs 32 characters or more, letters, digits and -._~+/= alone.",
    ),
    ("WORKER_METRICS_PORT", "70000", "WORKER_METRICS_PORT is '70000': the most is 65535."),
]

ACCEPTED = [
    ("PORT", "8001", "PORT", 8001),
    ("PUBLIC_URL", "https://pulse.example.com/", "PUBLIC_URL", "https://pulse.example.com"),
    ("PUBLIC_URL", "", "PUBLIC_URL", "http://localhost:8000"),
    ("ALLOWED_HOSTS", "a.example, b.example", "ALLOWED_HOSTS", ["a.example", "b.example"]),
    ("DEBUG", "Yes", "DEBUG", True),
    ("SECURE_COOKIES", "off", "SESSION_COOKIE_SECURE", False),
    ("DATASTORE_URL", "sqlite:////data/pulse.sqlite3", "DATASTORE_URL", "sqlite:////data/pulse.sqlite3"),
    ("DATASTORE_URL", "dynamodb://eu-central-1?prefix=P_", "DATASTORE_URL", "dynamodb://eu-central-1?prefix=P_"),
    ("REDIS_URL", "redis://localhost:6379/0", "CELERY_BROKER_URL", "redis://localhost:6379/0"),
    ("METRICS_TOKEN", "t" * 32, "METRICS_TOKEN", "t" * 32),
    ("METRICS_TOKEN", "", "METRICS_TOKEN", ""),
    ("COINGECKO_KEY", "CG-abc123", "COINGECKO_KEY", "CG-abc123"),
    ("BINANCE_URL", "ws://localhost:9000", "BINANCE_URL", "ws://localhost:9000"),
    ("EMAIL_URL", "smtp+tls://me:secret@mail.example.com:587", "EMAIL_HOST", "mail.example.com"),
]


def settings_with(**options: str) -> dict[str, Any]:
    """What settings.py makes of these options and the defaults of all others."""
    with pytest.MonkeyPatch.context() as patch:
        for option in ALL:
            patch.setenv(option.name, option.default)
        patch.setenv("SECRET_KEY", "x" * 40)
        for name, value in options.items():
            patch.setenv(name, value)
        return runpy.run_path(str(ROOT / "cryptopulse" / "settings.py"))


@pytest.mark.parametrize(("name", "value", "sentence"), REFUSED)
def test_nonsense_is_refused_with_a_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(**{name: value})
    assert str(refused.value) == sentence


def test_every_option_refuses_some_nonsense() -> None:
    told_by_a_check = {"DATASTORE_URL"}
    assert {name for name, _, _ in REFUSED} | told_by_a_check == {option.name for option in ALL}


@pytest.mark.parametrize(("name", "value", "setting", "expected"), ACCEPTED)
def test_sensible_values_reach_the_settings(name: str, value: str, setting: str, expected: object) -> None:
    assert settings_with(**{name: value})[setting] == expected


def test_the_port_alone_moves_the_public_address() -> None:
    assert settings_with(PORT="8001")["PUBLIC_URL"] == "http://localhost:8001"


def test_secrets_are_not_repeated_in_the_sentence() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(EMAIL_URL="pigeon://me:letmein@roof")
    assert "letmein" not in str(refused.value)


class TestSecretKey:
    def test_is_made_once_and_kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEY", "")
        path = tmp_path / "var" / "secret_key"
        first = Options(ALL, tmp_path / ".env").secret("SECRET_KEY", path)
        assert len(first) >= 50
        assert Options(ALL, tmp_path / ".env").secret("SECRET_KEY", path) == first
        assert path.stat().st_mode & 0o777 == 0o600
        assert [file.name for file in path.parent.iterdir()] == ["secret_key"]

    def test_a_folder_that_cannot_be_written_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEY", "")
        (tmp_path / "var").write_text("a file where a folder should be")
        with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set and .*secret_key cannot be used"):
            Options(ALL, tmp_path / ".env").secret("SECRET_KEY", tmp_path / "var" / "secret_key")


class TestEnvFile:
    @pytest.fixture(autouse=True)
    def restored_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Reading the file writes to the environment; monkeypatch takes back what it knows of."""
        for option in ALL:
            monkeypatch.setenv(option.name, "")
            monkeypatch.delenv(option.name)
        monkeypatch.setenv("AWS_REGION", "")
        monkeypatch.delenv("AWS_REGION")

    def test_gives_values(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("# mine\nPORT=8123\nexport DEBUG=true\nAWS_REGION=eu-central-1\n")
        options = Options(ALL, tmp_path / ".env")
        assert options.number("PORT") == 8123
        assert options.flag("DEBUG") is True
        assert os.environ["AWS_REGION"] == "eu-central-1"

    def test_the_environment_wins(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "9000")
        (tmp_path / ".env").write_text("PORT=8123\n")
        assert Options(ALL, tmp_path / ".env").number("PORT") == 9000

    def test_a_misspelt_name_is_refused_with_the_near_one(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("MARKET_POLL_SECOND=1\n")
        with pytest.raises(ImproperlyConfigured) as refused:
            Options(ALL, tmp_path / ".env")
        sentence = ".env sets MARKET_POLL_SECOND, which is no option: did you mean MARKET_POLL_SECONDS?"
        assert str(refused.value) == sentence

    def test_an_unknown_name_leads_to_the_documentation(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("COLOUR=red\n")
        with pytest.raises(ImproperlyConfigured, match=r"COLOUR, which is no option: see docs/settings\.md\."):
            Options(ALL, tmp_path / ".env")
