"""Examples in the README work as they stand there."""

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.storage import open_store
from core.tables import SITE
from tests.builders import a_user, api_client
from tests.docs.pages import ROOT
from tests.market.builders import an_asset

README = (ROOT / "README.md").read_text()


def test_the_order_of_the_readme_is_placed_once() -> None:
    match = re.search(r"""-H "Idempotency-Key: ([\w-]+)" \\\n\s+-d '(.+)' \\\n\s+http://localhost:8000(\S+)""", README)
    assert match is not None
    key, body, path = match.groups()
    an_asset("bitcoin", price="80000")
    client = api_client(a_user("alice"))

    first = client.post(path, json.loads(body), format="json", headers={"Idempotency-Key": key})
    again = client.post(path, json.loads(body), format="json", headers={"Idempotency-Key": key})

    assert (first.status_code, first.json()["status"]) == (201, "filled")
    assert again.json() == first.json()
    assert again["Idempotent-Replay"] == "true"


def test_the_portfolio_of_the_readme_is_shown() -> None:
    match = re.search(r'Bearer \$KEY" http://localhost:8000(\S+)', README)
    assert match is not None
    answer = api_client(a_user("alice")).get(match.group(1))
    assert answer.status_code == 200
    assert answer.json()["cash"]["available"] == "10000.00"


def test_the_expense_and_the_carbon_entry_of_the_readme_are_taken() -> None:
    found = re.findall(r"""-d '(.+)' \\\n\s+http://localhost:8000(\S+)""", README)
    calls = {path: json.loads(body) for body, path in found}
    client = api_client(a_user("alice"))
    expense = client.post("/api/v1/expenses/", calls["/api/v1/expenses/"], format="json")
    entry = client.post("/api/v1/carbon/entries/", calls["/api/v1/carbon/entries/"], format="json")
    assert (expense.status_code, expense.json()["amount"]) == (201, "18.40")
    assert (entry.status_code, entry.json()["kg_co2e"]) == (201, "16.152")


@pytest.mark.parametrize("page", ["README.md", "docs/running.md"])
def test_the_backup_may_be_read_by_its_owner_alone(page: str, tmp_path: Path) -> None:
    match = re.search(r"`(\(umask .*?\.backup .*?\))`", (ROOT / page).read_text())
    assert match is not None
    file = tmp_path / "var" / "cryptopulse.sqlite3"
    store = open_store(f"sqlite:///{file}")
    store.create_tables([SITE])
    store.put(SITE, {"name": "kept"})

    path = with_sqlite3(tmp_path)
    done = subprocess.run(match.group(1), shell=True, cwd=tmp_path, env={"PATH": path}, umask=0o022, check=False)

    store.close()
    assert done.returncode == 0
    copy = tmp_path / "copy.sqlite3"
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(file.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute('SELECT COUNT(*) FROM "table Site"').fetchone() == (1,)


def with_sqlite3(folder: Path) -> str:
    """A search path on which there is `sqlite3`; where it is not installed, one that does the same for this command."""
    if shutil.which("sqlite3"):
        return os.environ["PATH"]
    program = folder / "bin" / "sqlite3"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport sqlite3, sys\n"
        "with sqlite3.connect(sys.argv[1]) as a, sqlite3.connect(sys.argv[2].split()[1]) as b: a.backup(b)\n"
    )
    program.chmod(0o700)
    return f"{program.parent}:{os.environ['PATH']}"
