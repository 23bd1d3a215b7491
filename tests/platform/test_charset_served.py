"""Bodies whose charset takes minutes to decode, sent to a running site: refused at once, and nobody else waits."""

import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.platform.processes import Site, running

pytestmark = pytest.mark.services

BODY = b'{"username": "' + b"a" * 2_400_000 + b'-b"}'
FORM = b"csrfmiddlewaretoken=" + BODY
PARTS = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n' + BODY + b"\r\n--x--\r\n"
TOKEN, SIGN_IN = "/api/v1/auth/token/", "/sign-in/"
HOSTILE = [
    (TOKEN, "application/json; charset=punycode", BODY),
    (SIGN_IN, "application/x-www-form-urlencoded; charset=punycode", FORM),
    (SIGN_IN, "multipart/form-data; boundary=x; charset=punycode", PARTS),
    (TOKEN, "application/json; charset*=punycode''" + "a" * 60_000, BODY),
    (TOKEN, 'application/json; x="' + ";" * 60_000, BODY),
]
POLITE = [(TOKEN, "application/json", BODY)] * len(HOSTILE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site"), API_SIGN_INS_PER_MINUTE="1000") as started:
        yield started


def answered(site: Site, path: str, content_type: str, body: bytes) -> int:
    """The status of a POST."""
    request = urllib.request.Request(f"http://127.0.0.1:{site.port}{path}", body, {"Content-Type": content_type})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def processor_ticks(site: Site) -> int:
    """What the site's process has taken of processors so far."""
    figures = Path(f"/proc/{site.process.pid}/stat").read_text().rpartition(")")[2].split()
    return int(figures[11]) + int(figures[12])


def test_what_is_refused_costs_no_more_than_what_is_read(site: Site) -> None:
    start = processor_ticks(site)
    assert {answered(site, *polite) for polite in POLITE} == {413}
    between = processor_ticks(site)
    assert [answered(site, *hostile) for hostile in HOSTILE] == [415] * len(HOSTILE)
    a_second = os.sysconf("SC_CLK_TCK")
    assert processor_ticks(site) - between <= 3 * max(between - start, a_second)


def test_others_are_answered_meanwhile(site: Site) -> None:
    with ThreadPoolExecutor(len(HOSTILE)) as clients:
        sent = [clients.submit(answered, site, *hostile) for hostile in HOSTILE * 4]
        assert [site.get("/healthz")[0] for _ in range(20)] == [200] * 20
        assert {each.result() for each in sent} == {415}
