"""How long pages and endpoints of the product take, beside a list page of a plain Django project with the ORM."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
MANY = 8
MOST_SECONDS = 0.150
SIGN_IN, ORM_SIGN_IN = "/sign-in/", "/sign-in/"
ABOUT = """
The product on a SQLite file, with a simulated market that ticks; a user with the sample's trades and 25 alerts. One
process is what `make run` starts: web, worker and schedule. In parts it is two web processes, between which the clients
are divided, a worker and a schedule, with Redis. Beside it a plain Django project on uvicorn, in as many web processes:
one page that lists 25 rows through the ORM from SQLite (WAL), with Django's own sessions and sign-in; it has a third of
the bytes, having no icons, dialogs or controls. Clients are signed in, keep their connection open and ask again as soon
as they have the answer; they run on the same machine, and share its cores.
"""
_FIELDS = {"identifier": sites.USERNAME, "password": sites.PASSWORD}
_ORM_FIELDS = {"username": sites.USERNAME, "password": sites.PASSWORD}


def measure(quick: bool) -> Section:
    """Every address at 1 and at 8 clients, in one process and, where Redis is there, in parts."""
    times = 4 if quick else 100
    rows: list[tuple[str, ...]] = []
    aims: list[Aim] = []
    about = ABOUT if sites.has_redis() else f"{ABOUT} Left out: the product in parts, as redis-server is not here."

    def take(who: str, clients: int, ours: Sequence[int], theirs: Sequence[int]) -> None:
        with (
            signed_in(ours, clients, SIGN_IN, _FIELDS) as browsers,
            signed_in(theirs, clients, ORM_SIGN_IN, _ORM_FIELDS) as others,
        ):
            found = _measured(browsers, others, times if clients == 1 else times // 2)
        rows.extend(_row(f"{name}: {who}", one, found[PLAIN]) for name, one in found.items())
        slowest = max(one.times.p95 for name, one in found.items() if name in PAGES)
        aims.append(Aim(f"p95 of the slowest page: {who}", 1_000 * slowest, 1_000 * MOST_SECONDS, "ms"))

    with (
        TemporaryDirectory(prefix="bench-") as folder,
        sites.product(Path(folder)) as ours,
        sites.orm_site(Path(folder), processes=1) as theirs,
    ):
        take("1 client", 1, ours, theirs)
        take(f"{MANY} clients", MANY, ours, theirs)
    if sites.has_redis():
        with (
            TemporaryDirectory(prefix="bench-") as folder,
            sites.product_in_parts(Path(folder)) as ours,
            sites.orm_site(Path(folder), processes=2) as theirs,
        ):
            take(f"{MANY} clients, in parts", MANY, ours, theirs)
    columns = ("What and for whom", "Median", "p95", "Answers/s", "Bytes", "Median / plain page")
    return Section("Pages and API", about, columns, tuple(rows), tuple(aims))


@contextmanager
def signed_in(ports: Sequence[int], count: int, path: str, fields: Mapping[str, str]) -> Iterator[list[Browser]]:
    """So many browsers, divided between the processes at these ports, each signed in through the page."""
    browsers = [Browser(ports[number % len(ports)]) for number in range(count)]
    try:
        for browser in browsers:
            browser.sign_in(path, fields)
        yield browsers
    finally:
        for browser in browsers:
            browser.close()


def _measured(ours: Sequence[Browser], theirs: Sequence[Browser], times: int) -> dict[str, Served]:
    found: dict[str, Served] = {}
    for name, path in {PLAIN: "/", **PAGES, **ENDPOINTS}.items():
        browsers = theirs if name == PLAIN else ours
        served(browsers, path, times=2)
        found[name] = served(browsers, path, times=times)
    return found


def _row(name: str, one: Served, plain: Served) -> tuple[str, ...]:
    return (
        name,
        milliseconds(one.times.median),
        milliseconds(one.times.p95),
        f"{one.per_second:,.0f}",
        f"{one.size:,}",
        ratio(one.times.median / plain.times.median),
    )
