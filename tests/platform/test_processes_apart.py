"""Servers that are started without manage.py refuse wrong options too."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.platform.processes import ROOT, environment
from tests.waiting import PATIENCE

SERVERS = {
    "web": ["manage.py", "web", "--port", "0"],
    "web under uvicorn": ["-m", "uvicorn", "cryptopulse.asgi:application", "--port", "0"],
    "worker": ["-m", "celery", "-A", "cryptopulse", "worker", "--pool", "threads"],
    "beat": ["-m", "celery", "-A", "cryptopulse", "beat"],
}


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"ORDER_FEE_BASIS_POINTS": "lots"}, "ORDER_FEE_BASIS_POINTS is 'lots'"),
        ({"ORDER_LEAST": "20000"}, "ORDER_LEAST is 20000 and ORDER_MOST 10000"),
    ],
)
def test_a_wrong_option_stops_it_with_a_sentence(
    tmp_path: Path, server: str, options: dict[str, str], sentence: str
) -> None:
    ended = subprocess.run(
        [sys.executable, *SERVERS[server]],
        cwd=ROOT,
        env=environment(tmp_path, **options),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode != 0
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
