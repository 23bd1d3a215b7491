"""Where private files are kept, by address: a folder, S3, or memory."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "PRIVATE_FILES_URL"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{2,62}")
_ENDPOINT = re.compile(r"https?://[^/]")


def storage_of(url: str, base: Path) -> dict[str, Any]:
    """An entry of Django's STORAGES for `file:///PATH`, `s3://BUCKET/PREFIX?region=REGION&endpoint=URL` or `memory://`.

    A relative path starts at `base`. Nothing is opened. Raises ImproperlyConfigured with a sentence that says what is
    wrong with the address.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme == "memory" and url == "memory://":
        return {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    if parts.scheme == "file":
        path = unquote(parts.path)[1:]
        if parts.netloc or not path or parts.query or parts.fragment:
            raise _wrong(url, "write file:///var/files, or file:////var/files for an absolute path")
        return {"BACKEND": "core.private_files.folder.PrivateFolder", "OPTIONS": {"location": base / path}}
    if parts.scheme == "s3":
        region, endpoint = options.pop("region", None), options.pop("endpoint", None)
        if not _BUCKET.fullmatch(parts.netloc):
            raise _wrong(url, "the name of a bucket follows the two slashes, as in s3://my-receipts")
        if options or parts.fragment:
            raise _wrong(
                url, f"{', '.join(options) or parts.fragment} is not an option; options are region and endpoint"
            )
        if endpoint is not None and not _ENDPOINT.match(endpoint):
            raise _wrong(url, "an endpoint is an address such as http://localhost:9000")
        prefix = unquote(parts.path).strip("/")
        bucket = {"bucket_name": parts.netloc, "prefix": prefix, "region_name": region, "endpoint_url": endpoint}
        return {"BACKEND": "core.private_files.bucket.PrivateBucket", "OPTIONS": bucket}
    raise _wrong(url, "write file:///PATH, s3://BUCKET/PREFIX?region=REGION or memory://")


def _wrong(url: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{NAME} is {url!r}: {why}.")
