"""A file that cannot be written or read takes the site out of service, and says what to do to who can do it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.platform.processes import ROOT, environment

pytestmark = pytest.mark.services


def looks(fault: str, folder: Path) -> tuple[dict[str, Any], str]:
    """What the site answered before, during and after the fault, and its log."""
    env = environment(folder, STORE_RETRY_SECONDS="0", LOG_FORMAT="text", ALLOWED_HOSTS="localhost,testserver")
    file = folder / "data" / "pulse.sqlite3"
    program = [sys.executable, "-m", "tests.platform.faulty_disk", fault, str(file)]
    done = subprocess.run(program, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize(
    ("fault", "advice"), [("full", "disk"), ("read_only", "cannot be written"), ("malformed", "restore a backup")]
)
def test_the_site_is_not_ready_while_it_lasts_and_says_what_to_do_to_its_operator(
    fault: str, advice: str, tmp_path: Path
) -> None:
    found, log = looks(fault, tmp_path)
    before, during, after = found["before"], found["during"], found["after"]

    assert (before["ready"], during["ready"], after["ready"]) == (200, 503, 200)
    assert during["store"]["ok"] is False
    assert advice in during["store"]["do"]
    assert advice in log
    assert during["pages"] == [503, 503]
    assert max(before["pages"] + after["pages"]) < 500
    assert advice not in during["stranger"]
    if fault != "malformed":  # with the rows of sessions gone nobody is an administrator
        assert advice in during["administrator"]
