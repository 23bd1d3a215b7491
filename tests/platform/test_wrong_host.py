"""A request for another name than the site's is refused, and a flood of them fills no log."""

import http.client
from pathlib import Path

import pytest

from tests.platform.processes import Site, running
from tests.waiting import PATIENCE

pytestmark = pytest.mark.services

REQUESTS = 60


def status(site: Site, host: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_it_costs_one_short_line_a_minute(log_format: str, tmp_path: Path) -> None:
    with running(tmp_path, LOG_FORMAT=log_format, ALLOWED_HOSTS="localhost,127.0.0.1") as site:
        before = (tmp_path / "log").read_text()
        paths = ("/", "/api/v1/assets/", "/readyz", "/no/such/page/")
        found = {status(site, f"evil{each}.example\u00e9", paths[each % 4]) for each in range(REQUESTS)}
        assert status(site, "localhost", "/healthz") == 200
        written = (tmp_path / "log").read_text().removeprefix(before)

    assert found == {400}
    about = [line for line in written.splitlines() if "evil" in line or "ALLOWED_HOSTS" in line]
    assert len(about) == 1
    assert len(about[0]) < 400
    assert "Traceback" not in written
    assert len(written) < REQUESTS * 100
