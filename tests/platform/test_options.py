"""Every option: what it accepts, and how it refuses a value that cannot be used."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cryptopulse.options import ALL, Options
from tests.platform.processes import ROOT

REFUSED = [
    ("PORT", "http", "whole number"),
    ("PORT", "0", "1"),
    ("PORT", "70000", "65535"),
    ("HOST", " ", "127.0.0.1"),
    ("PUBLIC_URL", "pulse.example.com", "https://HOST"),
    ("PUBLIC_URL", "https://host:port", "https://HOST"),
    ("ALLOWED_HOSTS", ",", "localhost,127.0.0.1,[::1]"),
    ("CSRF_TRUSTED_ORIGINS", "pulse.example.com", "https://pulse.example.com"),
    ("SECURE_COOKIES", "maybe", "true or false"),
    ("SECRET_KEY", "short", "32 characters"),
    ("DEBUG", "2", "true or false"),
    ("STORE_RETRY_SECONDS", "-1", "0"),
    ("STORE_RETRY_SECONDS", "ten", "number"),
    ("PRIVATE_FILES_URL", "ftp://host/files", "s3://BUCKET/PREFIX?region=REGION"),
    ("PRIVATE_FILES_URL", "file://var/files", "file:////var/files"),
    ("PRIVATE_FILES_URL", "s3://A_Bucket", "s3://my-receipts"),
    ("PRIVATE_FILES_URL", "s3://receipts?acl=public", "region and endpoint"),
    ("PRIVATE_FILES_URL", "s3://receipts?endpoint=localhost", "http://localhost:9000"),
    ("REDIS_URL", "localhost", "redis://HOST"),
    ("MARKET_FEED", "", "simulated"),
    ("MARKET_POLL_SECONDS", "0", "0.2"),
    ("MARKET_POLL_SECONDS", "NaN", "number"),
    ("COINGECKO_URL", "api.coingecko.com", "https://HOST"),
    ("COINGECKO_KEY", "my key", "-._~+/="),
    ("COINGECKO_SECONDS", "0", "1"),
    ("BINANCE_URL", "https://host", "wss://HOST"),
    ("BINANCE_REST_URL", "wss://host", "https://HOST"),
    ("OPENING_BALANCE", "Infinity", "number"),
    ("REQUIRE_APPROVAL", "perhaps", "true or false"),
    ("ORDER_FEE_BASIS_POINTS", "-5", "0"),
    ("ORDER_LEAST", "0", "0.01"),
    ("ORDER_MOST", "much", "number"),
    ("DEPOSIT_DAILY_LIMIT", "-1", "0"),
    ("WITHDRAWAL_DAILY_LIMIT", "-1", "0"),
    ("ALERTS_PER_USER", "1.5", "whole number"),
    ("STORAGE_PER_USER", "1 GB", "whole number"),
    ("FILES_PER_USER", "-1", "0"),
    ("ROWS_PER_USER", "many", "whole number"),
    ("OPEN_IMPORTS_PER_USER", "-1", "0"),
    ("API_REQUESTS_PER_MINUTE", "0", "1"),
    ("API_VISITOR_REQUESTS_PER_MINUTE", "few", "whole number"),
    ("API_SIGN_INS_PER_MINUTE", "-1", "1"),
    ("CONNECTIONS", "9", "10"),
    ("REQUESTS_AT_ONCE", "0", "1"),
    ("REQUEST_HEAD_SECONDS", "0", "0.1"),
    ("REQUEST_BODY_SECONDS", "soon", "number"),
    ("PASSWORD_HASHES_AT_ONCE", "0", "1"),
    ("STREAM_CONNECTIONS_PER_USER", "0", "1"),
    ("STREAM_CONNECTIONS_PER_ADDRESS", "all", "whole number"),
    ("STREAM_CHECK_SECONDS", "0", "0.1"),
    ("FILES_AT_ONCE", "0", "1"),
    ("FILE_PROCESSOR_SECONDS", "0", "1"),
    ("FILE_MEMORY_MB", "64", "128"),
    ("FILE_WAIT_SECONDS", "-1", "0"),
    ("EMAIL_URL", "pigeon://roof", "smtp+tls://USER:PASSWORD@HOST:587"),
    ("DEFAULT_FROM_EMAIL", "CryptoPulse", "CryptoPulse <pulse@localhost>"),
    ("DELIVERY_LEASE_SECONDS", "0", "1"),
    ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR"),
    ("LOG_FORMAT", "xml", "auto, json, text"),
    ("METRICS_TOKEN", "open sesame", "32 characters"),
    ("WORKER_METRICS_PORT", "70000", "65535"),
]
"""Option, value, and what the sentence that refuses it names: the limit, or what to write."""
SECRETS = {"SECRET_KEY", "COINGECKO_KEY", "EMAIL_URL", "METRICS_TOKEN"}
"""Options whose value is not repeated."""

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


@pytest.mark.parametrize(("name", "value", "named"), REFUSED)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str, named: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(**{name: value})
    shown = "not usable" if name in SECRETS else repr(value.strip())
    option, _, what_to_do = str(refused.value).partition(f" is {shown}: ")
    assert option == name
    assert named in what_to_do


def test_every_option_refuses_some_value() -> None:
    refused_by_a_check = {"DATASTORE_URL"}
    assert {name for name, _, _ in REFUSED} | refused_by_a_check == {option.name for option in ALL}


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
        assert "MARKET_POLL_SECOND," in str(refused.value)
        assert "MARKET_POLL_SECONDS?" in str(refused.value)

    def test_an_unknown_name_leads_to_the_documentation(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("COLOUR=red\n")
        with pytest.raises(ImproperlyConfigured, match=r"COLOUR.*docs/settings\.md"):
            Options(ALL, tmp_path / ".env")
