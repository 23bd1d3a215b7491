"""Private files in S3, or in what speaks like it."""

import threading
from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

from core.storage.dynamodb.failures import translated

CONNECT_SECONDS = 2
READ_SECONDS = 10
TRIES = 3


class PrivateBucket(S3Storage):
    """A bucket whose own policy keeps it private; AWS advises against access lists for single files.

    Keys are never guessed and never used twice, so that no name has to be asked for before it is written. Raises
    StorageError, as the store does: StoreUnavailable where the bucket cannot be reached.
    """

    def __init__(self, bucket_name: str, prefix: str, region_name: str | None, endpoint_url: str | None) -> None:
        super().__init__(
            bucket_name=bucket_name,
            location=prefix,
            region_name=region_name,
            endpoint_url=endpoint_url,
            default_acl=None,
            querystring_auth=True,
            file_overwrite=True,
            client_config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if endpoint_url else "virtual"},
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
            ),
        )
        self._made: Any = None
        self._making = threading.Lock()

    @property
    def connection(self) -> Any:
        """One for all threads, since each request comes on a new one; only its client is used, which may be shared."""
        with self._making:
            if self._made is None:
                self._made = super().connection
            return self._made

    def _save(self, name: str, content: Any) -> str:
        with translated(repeatable=True, writes=False):
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> Any:
        with translated(repeatable=True, writes=False):
            return super()._open(name, mode)

    def exists(self, name: str) -> bool:
        with translated(repeatable=True, writes=False):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with translated(repeatable=True, writes=False):
            super().delete(name)
