"""Files that belong to one user: kept where no web server reads, under names that cannot be guessed.

Django's storage `private`, which PRIVATE_FILES_URL chooses: a folder, S3 or, for tests, memory.
"""

import secrets
from datetime import timedelta
from typing import IO, Any
from urllib.parse import quote

from django.core.files import File
from django.core.files.storage import Storage, storages


def private_files() -> Storage:
    """The storage of private files."""
    return storages["private"]


def new_file_name(ending: str) -> str:
    """A name that no file has and that cannot be guessed: 256 random bits."""
    return f"{secrets.token_urlsafe(32)}.{ending}"


def key_of(folder: str, owner: str, file_name: str) -> str:
    """Where a file of a user is in a folder of the storage."""
    return f"{folder}/{quote(owner, safe='')}/{file_name}"


def signed_address(key: str, *, content_type: str, disposition: str, good_for: timedelta) -> str | None:
    """An address at which the storage itself serves a file for a while; None for one that only the site can read.

    The answer there has this content type and `Content-Disposition`.
    """
    storage: Any = private_files()
    if not getattr(storage, "querystring_auth", False):
        return None
    parameters = {"ResponseContentType": content_type, "ResponseContentDisposition": disposition}
    return str(storage.url(key, parameters=parameters, expire=int(good_for.total_seconds())))


def save(key: str, content: IO[Any], content_type: str) -> None:
    """Keep the content, from its start, under a key of `key_of`. Raises FileExistsError where the key is taken."""
    file = File(content)
    file.content_type = content_type  # type: ignore[attr-defined]
    saved = private_files().save(key, file)
    if saved != key:
        private_files().delete(saved)
        raise FileExistsError(f"{key} is taken")
