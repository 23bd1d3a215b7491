"""Browsers that keep their connection open, and many of them at once."""

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import urllib3

from bench.timing import Timing, timing

PATIENCE = 30.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One connection to a site, and its cookies. Answers come compressed, as browsers ask for them."""

    def __init__(self, port: int) -> None:
        self._pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, retries=False, timeout=PATIENCE)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        """The body of a page, unpacked. Raises RuntimeError for any answer but 200."""
        answer = self._ask("GET", path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return bytes(answer.data)

    def sign_in(self, path: str, fields: Mapping[str, str]) -> None:
        """Fill in the form of the page and send it. Raises RuntimeError unless the site goes on to another page."""
        token = _TOKEN.search(self.get(path).decode())
        if token is None:
            raise RuntimeError(f"{path} has no form")
        answer = self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token[1]}))
        if answer.status != 302:
            raise RuntimeError(f"{path} answered {answer.status} to a sign-in")

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> urllib3.BaseHTTPResponse:
        headers = {
            "Accept": "text/html, application/json",
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._pool.request(method, path, body=body, headers=headers, redirect=False)
        for line in answer.headers.getlist("Set-Cookie"):
            self._cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return answer


@dataclass(frozen=True, slots=True)
class Served:
    """How long answers took, how many came in a second, and the bytes of one, unpacked."""

    times: Timing
    per_second: float
    size: int


def served(browsers: Sequence[Browser], path: str, *, times: int) -> Served:
    """Each browser asks for the address this many times, one answer after the other, all browsers at once.

    Raises what went wrong in any of them.
    """
    found: list[float] = []
    sizes: list[int] = []
    errors: list[Exception] = []

    def ask(browser: Browser) -> None:
        try:
            for _ in range(times):
                started = time.perf_counter()
                body = browser.get(path)
                found.append(time.perf_counter() - started)
                sizes.append(len(body))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask, args=(browser,)) for browser in browsers]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if errors:
        raise errors[0]
    return Served(timing(found), len(found) / took, sizes[-1])
