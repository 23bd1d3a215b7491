"""The export from a real site: it takes no more memory for a large account, and goes on after a cut."""

import http.client
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from core import wiring
from core.storage import open_store, using
from tests.accounts.exports import read, with_rows
from tests.builders import a_user, an_api_key
from tests.docs.pages import ROOT
from tests.platform.processes import Site, environment, running

pytestmark = pytest.mark.services

ADDRESS = "/api/v1/auth/me/export/"
FEW, MANY = 6_000, 60_000


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    """The keys of Alice, who has a few rows, and of Bob, who has ten times as many, in the site's store."""
    store = open_store(environment(tmp_path)["DATASTORE_URL"])
    with using(store):
        store.create_tables(wiring.tables())
        alice, bob = a_user("alice"), a_user("bob")
        with_rows(alice, FEW)
        with_rows(bob, MANY)
        keys = {user.username: an_api_key(user, "read") for user in (alice, bob)}
    store.close()
    return keys


@pytest.fixture
def site(keys: dict[str, str], tmp_path: Path) -> Iterator[Site]:
    """The site over that store."""
    with running(tmp_path) as site:
        yield site


def memory(site: Site, what: str) -> int:
    """Bytes of the site's memory: `VmRSS` now, `VmHWM` at the most since it began."""
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    return int(status.split(f"{what}:")[1].split()[0]) * 1024


def size_of_export(site: Site, key: str) -> int:
    """Bytes of the answer, read as it comes."""
    request = Request(f"http://127.0.0.1:{site.port}{ADDRESS}", headers={"Authorization": f"Bearer {key}"})
    with urlopen(request, timeout=60) as answer:
        return sum(len(piece) for piece in iter(lambda: answer.read(65_536), b""))


def test_a_large_account_takes_no_more_memory_than_a_small_one(keys: dict[str, str], site: Site) -> None:
    small = size_of_export(site, keys["alice"])
    after_small = memory(site, "VmHWM")
    large = size_of_export(site, keys["bob"])
    after_large = memory(site, "VmHWM")
    assert large > 9 * small
    assert after_large - after_small < large / 4
    assert after_large < 1.15 * after_small


def test_a_download_that_was_cut_goes_on_by_the_code_of_the_documentation(
    keys: dict[str, str], site: Site, tmp_path: Path
) -> None:
    fetch, is_whole = documented()
    address, file = f"http://127.0.0.1:{site.port}{ADDRESS}", tmp_path / "cut.jsonl"
    file.write_bytes(cut(site, keys["bob"], 1_000_000))
    assert not is_whole(file)
    fetch(address, keys["bob"], file)
    assert is_whole(file)
    file.write_bytes(file.read_bytes()[:3_000_000])
    assert not is_whole(file)
    fetch(address, keys["bob"], file)
    assert is_whole(file)
    once = tmp_path / "once.jsonl"
    fetch(address, keys["bob"], once)
    assert is_whole(once)
    joined, whole = read(file.read_bytes()), read(once.read_bytes())
    assert joined.rows == whole.rows
    assert len(joined.rows["Idempotency"]) == MANY
    spoilt = tmp_path / "spoilt.jsonl"
    spoilt.write_bytes(file.read_bytes().replace(b'"row 59999 .', b'"row 59998 .'))
    assert not is_whole(spoilt)


def documented() -> tuple[Callable[..., None], Callable[[Path], bool]]:
    """`fetch` and `is_whole`, as docs/export.md shows them."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "export.md").read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return names["fetch"], names["is_whole"]


def cut(site: Site, key: str, wanted: int) -> bytes:
    """The first bytes of an answer whose connection the client then closes."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", ADDRESS, headers={"Authorization": f"Bearer {key}"})
    body = connection.getresponse().read(wanted)
    connection.close()
    return body
