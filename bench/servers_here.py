"""The native DynamoDB-compatible server, where it is there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests import servers
from tests.servers.install import FOLDER

MISSING = "the native DynamoDB-compatible server is not here; `make servers` fetches it"


def has_native() -> bool:
    """Whether the native server can be started."""
    return (FOLDER / "native" / "dynoxide").exists()


@contextmanager
def native() -> Iterator[str]:
    """The endpoint of a native server in memory, and credentials in the environment that it takes."""
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "any")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "any")
    with servers.native() as endpoint:
        yield endpoint
