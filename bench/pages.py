"""How long pages and endpoints of the product take, beside a list page of a plain Django project with the ORM."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import sites
from bench.browsing import Browser, Served, served
from bench.report import Aim, Section, milliseconds, ratio

PLAIN = "plain Django list page (ORM)"
PAGES = {
    "overview": "/",
    "portfolio": "/portfolio/",
    "markets": "/markets/",
    "alerts": "/alerts/",
    "an asset": "/markets/bitcoin/",
}
ENDPOINTS = {
    "API portfolio": "/api/v1/portfolio/",
    "API alerts": "/api/v1/alerts/",
    "API prices": "/api/v1/prices/",
}
CLIENTS = (1, 8)
MOST_SECONDS = 0.150
SIGN_IN, ORM_SIGN_IN = "/sign-in/", "/sign-in/"
_FIELDS = {"identifier": sites.USERNAME, "password": sites.PASSWORD}
_ORM_FIELDS = {"username": sites.USERNAME, "password": sites.PASSWORD}


def measure(quick: bool) -> Section:
    """Every address at 1 and at 8 clients, the plain page before and after as well."""
    times = 8 if quick else 80
    rows: list[tuple[str, ...]] = []
    aims: list[Aim] = []
    with TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        product = stack.enter_context(sites.product(Path(folder)))
        plain = stack.enter_context(sites.orm_site(Path(folder)))
        for clients in CLIENTS:
            with (
                signed_in(product, clients, SIGN_IN, _FIELDS) as ours,
                signed_in(plain, clients, ORM_SIGN_IN, _ORM_FIELDS) as theirs,
            ):
                each = max(times // clients, 3) if clients > 1 else times
                found = _measured(ours, theirs, each * 2 if clients > 1 else each)
                sizes = {name: len(ours[0].get(path)) for name, path in (PAGES | ENDPOINTS).items()}
                sizes[PLAIN] = len(theirs[0].get("/"))
            rows.extend(_row(name, clients, one, found[PLAIN], sizes[name]) for name, one in found.items())
            slowest = max(one.times.p95 for name, one in found.items() if name in PAGES)
            who = "1 client" if clients == 1 else f"{clients} clients"
            aims.append(Aim(f"p95 of the slowest page, {who}", 1_000 * slowest, 1_000 * MOST_SECONDS, "ms"))
    return Section(
        "Pages and API",
        "The product as `make run` starts it, one process with its worker and a simulated market that ticks, on a "
        "SQLite file; a user with the sample's trades and 25 alerts. Beside it a plain Django project on uvicorn: one "
        "page that lists 25 rows through the ORM from SQLite (WAL), with Django's own sessions and sign-in; its page "
        "has a third of the bytes, having no icons, dialogs or controls. Clients are signed in, keep their connection "
        "open and ask again as soon as they have the answer; they run on the same machine.",
        ("Page, clients", "Median", "p95", "Answers/s", "Bytes", "Median / plain page"),
        tuple(rows),
        tuple(aims),
    )


@contextmanager
def signed_in(port: int, count: int, path: str, fields: Mapping[str, str]) -> Iterator[list[Browser]]:
    """So many browsers, each signed in through the page."""
    browsers = [Browser(port) for _ in range(count)]
    try:
        for browser in browsers:
            browser.sign_in(path, fields)
        yield browsers
    finally:
        for browser in browsers:
            browser.close()


def _measured(ours: Sequence[Browser], theirs: Sequence[Browser], times: int) -> dict[str, Served]:
    found: dict[str, Served] = {}
    served(theirs, "/", times=2)
    found[PLAIN] = served(theirs, "/", times=times)
    for name, path in (PAGES | ENDPOINTS).items():
        served(ours, path, times=2)
        found[name] = served(ours, path, times=times)
    return found


def _row(name: str, clients: int, one: Served, plain: Served, size: int) -> tuple[str, ...]:
    return (
        f"{name}, {clients}",
        milliseconds(one.times.median),
        milliseconds(one.times.p95),
        f"{one.per_second:,.0f}",
        f"{size:,}",
        ratio(one.times.median / plain.times.median),
    )
