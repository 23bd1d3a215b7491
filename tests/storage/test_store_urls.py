"""Addresses of stores: the good ones open, the wrong ones say what is wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from core.storage import open_store
from tests.storage.tables import NAMES

WRONG = {
    "": "write sqlite:///PATH",
    "postgres://localhost/db": "write sqlite:///PATH",
    "var/store.sqlite3": "write sqlite:///PATH",
    "sqlite://var/store.sqlite3": "write sqlite:///var/name.sqlite3",
    "sqlite:///": "write sqlite:///var/name.sqlite3",
    "sqlite:///var/?mode=ro": "write sqlite:///var/name.sqlite3",
    "sqlite:///var/store.sqlite3?mode=ro": "mode is not an option",
    "sqlite:///var/store.sqlite3?index_lag": "a number of writes",
    "sqlite:///var/store.sqlite3#lag": "nothing but the option index_lag",
    "memory://other": "nothing but the option index_lag",
    "memory://?lag=3": "lag is not an option",
    "memory://?index_lag=-1": "a number of writes",
    "memory://?index_lag=ten": "a number of writes",
    "dynamodb://": "a region",
    "dynamodb://EU Central": "a region",
    "dynamodb://eu-central-1/table": "a region",
    "dynamodb://eu-central-1?prefx=A_": "prefx is not an option",
    "dynamodb://eu-central-1?prefix=A B": "letters, digits",
    "dynamodb://eu-central-1?endpoint=localhost:8000": "an address such as",
}


@pytest.mark.parametrize(("url", "why"), WRONG.items())
def test_a_wrong_address_is_named_with_what_is_wrong(url: str, why: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        open_store(url)

    assert f"DATASTORE_URL is {url!r}" in str(caught.value)
    assert why in str(caught.value)


def test_a_relative_path_starts_at_the_projects_folder(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path

    opened = open_store("sqlite:///var/a%20b.sqlite3")
    opened.close()

    assert (tmp_path / "var" / "a b.sqlite3").exists()


def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    first = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    first.create_tables([NAMES])
    first.put(NAMES, {"name": "a"})
    first.close()

    second = open_store(f"sqlite:///{tmp_path}/store.sqlite3")

    assert second.get(NAMES, {"name": "a"}) == {"name": "a"}
    second.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Alice, " * 100)

    with pytest.raises(ImproperlyConfigured, match="not a database"):
        open_store(f"sqlite:///{tmp_path}/letter.txt")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ImproperlyConfigured, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}/file/store.sqlite3")


def test_dynamodb_without_credentials_says_which_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    with pytest.raises(ImproperlyConfigured, match="AWS_ACCESS_KEY_ID"):
        open_store("dynamodb://eu-central-1")
