"""A hundred sign-ins at once take no more memory than a few, and a page is answered meanwhile."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.platform.processes import Site, running

pytestmark = pytest.mark.services

AT_ONCE = 110
HASH_MB = 100


def megabytes(site: Site, figure: str) -> float:
    """Memory of the process: `VmRSS` now, `VmHWM` the most that it ever had."""
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    found = re.search(rf"^{figure}:\s+(\d+) kB$", status, re.MULTILINE)
    assert found is not None
    return int(found.group(1)) / 1024


def test_memory_stays_bounded(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        before = megabytes(site, "VmRSS")

        def sign_in(number: int) -> int:
            return site.post("/api/v1/auth/token/", {"username": f"user{number}", "password": "a fine passphrase"})[0]

        with ThreadPoolExecutor(AT_ONCE) as threads:
            signing_in = [threads.submit(sign_in, number) for number in range(AT_ONCE)]
            assert site.get("/readyz")[1]["store"]["ok"]
            statuses = Counter(future.result() for future in signing_in)
        assert set(statuses) <= {401, 503}
        assert statuses[401] >= 10
        assert megabytes(site, "VmHWM") - before < 4 * HASH_MB
        site.stop()
