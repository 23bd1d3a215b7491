"""One HTTP request to a feed, bounded in time and size."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

from market.feeds.protocol import FeedFailed

SECONDS = 10.0
"""For the whole answer, so that one that comes slowly ends as well."""
MOST_BYTES = 2_000_000
PART = 65_536
USER_AGENT = "CryptoPulse"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of an answer, whatever the status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str, parameters: Mapping[str, str], headers: Mapping[str, str] | None = None, *, seconds: float = SECONDS
) -> Answer:
    """The answer to a GET, asked once; redirections are not followed, since they would carry the key elsewhere.

    Each call opens a connection: calls are minutes apart, and a forked process must share none. Raises FeedFailed
    without an answer, and for one that is too long or takes too long.
    """
    deadline = time.monotonic() + seconds
    sent = {"User-Agent": USER_AGENT, "Accept": "application/json", **(headers or {})}
    try:
        with _pool(url, seconds) as pool:
            response = pool.request("GET", url, fields=parameters, headers=sent, preload_content=False, redirect=False)
            try:
                body = _body(response, deadline)
            finally:
                response.close()
            return Answer(response.status, response.headers, body)
    except (HTTPError, OSError) as error:
        raise FeedFailed(f"no answer: {type(error).__name__}") from error


def _pool(url: str, seconds: float) -> urllib3.PoolManager:
    """What makes the connection, through the proxy that the environment names, as the websocket's client does."""
    parts = urlsplit(url)
    proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
    timeout = urllib3.Timeout(total=seconds)
    if proxy is None:
        return urllib3.PoolManager(num_pools=1, timeout=timeout, retries=False)
    return urllib3.ProxyManager(proxy, num_pools=1, timeout=timeout, retries=False)


def _body(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while part := response.read1(PART):
        body += part
        if len(body) > MOST_BYTES:
            raise FeedFailed(f"the answer is longer than {MOST_BYTES} bytes")
        if time.monotonic() > deadline:
            raise FeedFailed("the answer takes too long")
    return bytes(body)
