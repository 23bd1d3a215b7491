"""System checks: options that are each fine, but not together, and a store that can be opened."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, run_checks
from django.core.checks import Warning as Caution
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from core.addresses import is_local
from core.storage import open_store
from cryptopulse.start_up import refuse_layout


def refuse_wrong_settings() -> None:
    """Raises ImproperlyConfigured with the first error that any check finds, or where the store has another layout.

    For servers that run no checks.
    """
    for message in run_checks():
        if message.level >= Error("").level:
            raise ImproperlyConfigured(f"{message.msg} ({message.id})")
    refuse_layout()


def store_opens(**_options: Any) -> list[CheckMessage]:
    """Whether DATASTORE_URL leads to a store; a server behind it is not asked."""
    try:
        open_store(settings.DATASTORE_URL).close()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="cryptopulse.E006")]
    return []


def files_can_be_kept(**_options: Any) -> list[CheckMessage]:
    """Whether the folder of private files is there, or can be made, and can be written to; S3 is not asked."""
    folder = settings.STORAGES["private"].get("OPTIONS", {}).get("location")
    if not isinstance(folder, Path):
        return []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
        why = "" if writable else "it may not be written to"
    except OSError as error:
        why = f"it cannot be made ({error.strerror})"
    if not why:
        return []
    return [Error(f"PRIVATE_FILES_URL is {settings.PRIVATE_FILES_URL!r}: {why}.", id="cryptopulse.E008")]


def wrong_mixes(**_options: Any) -> list[CheckMessage]:
    """Every wrong mix of options, as Django's checks want them."""
    return [*_orders(), *_processes(), *_public_address(), *_debug()]


def _orders() -> Iterator[CheckMessage]:
    if settings.ORDER_LEAST > settings.ORDER_MOST:
        yield Error(
            f"ORDER_LEAST is {settings.ORDER_LEAST} and ORDER_MOST {settings.ORDER_MOST}: "
            "no order could be placed; ORDER_LEAST must not be above ORDER_MOST.",
            id="cryptopulse.E001",
        )


def _processes() -> Iterator[CheckMessage]:
    scheme = urlsplit(settings.DATASTORE_URL).scheme
    if not settings.REDIS_URL:
        return
    if scheme == "memory":
        yield Error(
            "REDIS_URL is set, so several processes run, and DATASTORE_URL is memory://, which no two processes share: "
            "set DATASTORE_URL to dynamodb://REGION.",
            id="cryptopulse.E002",
        )
    elif scheme != "dynamodb":
        yield Caution(
            "REDIS_URL is set and DATASTORE_URL is a SQLite file: that works on one machine only, on a local disk.",
            id="cryptopulse.W001",
        )
    files = urlsplit(settings.PRIVATE_FILES_URL).scheme
    if files == "memory":
        yield Error(
            "REDIS_URL is set, so several processes run, and PRIVATE_FILES_URL is memory://, which no two processes "
            "share: set PRIVATE_FILES_URL to s3://BUCKET, or to a folder that all of them have.",
            id="cryptopulse.E007",
        )
    if files == "file" and scheme == "dynamodb":
        yield Caution(
            "REDIS_URL is set and PRIVATE_FILES_URL is a folder: every process needs this folder; on several machines "
            "set PRIVATE_FILES_URL to s3://BUCKET.",
            id="cryptopulse.W003",
        )


def _public_address() -> Iterator[CheckMessage]:
    address = urlsplit(settings.PUBLIC_URL)
    if not validate_host((address.hostname or "").lower(), settings.ALLOWED_HOSTS):
        yield Error(
            f"PUBLIC_URL is {settings.PUBLIC_URL}, and ALLOWED_HOSTS lacks {address.hostname}: "
            "links in mails would lead to an error; add it to ALLOWED_HOSTS.",
            id="cryptopulse.E003",
        )
    if settings.SECURE_COOKIES and address.scheme == "http":
        yield Error(
            f"SECURE_COOKIES is true, and PUBLIC_URL is {settings.PUBLIC_URL}: nobody could sign in over http; "
            "set SECURE_COOKIES=false, or PUBLIC_URL to an https:// address.",
            id="cryptopulse.E004",
        )
    if address.scheme == "https" and not settings.SECURE_COOKIES:
        yield Caution(
            f"PUBLIC_URL is {settings.PUBLIC_URL}, and SECURE_COOKIES is false: set SECURE_COOKIES=true.",
            id="cryptopulse.W002",
        )


def mail_goes_out(**_options: Any) -> list[CheckMessage]:
    """For `check --deploy`: whether mail leaves this machine where others use the site."""
    kept = {"console": "printed by the worker", "filebased": "written into files"}
    where = kept.get(settings.EMAIL_BACKEND.split(".")[-2])
    if where is None or is_local(settings.PUBLIC_URL):
        return []
    return [
        Caution(
            f"PUBLIC_URL is {settings.PUBLIC_URL}, and mail is only {where}: nobody gets alerts or a link to reset a "
            "password, and anyone who reads the log can use these links. Set EMAIL_URL to a mail server.",
            id="cryptopulse.W004",
        )
    ]


def _debug() -> Iterator[CheckMessage]:
    if settings.DEBUG and not is_local(settings.PUBLIC_URL):
        yield Error(
            f"DEBUG is true, and PUBLIC_URL is {settings.PUBLIC_URL}: debug pages would show the site's secrets to "
            "others; set DEBUG=false.",
            id="cryptopulse.E005",
        )
