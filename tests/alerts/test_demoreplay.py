"""The replay of a file of prices fires what it must, also when it is killed on the way."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
REAL_DAY = ROOT.parent / "shared/data/prices/btc-usd-1m-2026-01-31.csv"
LONGEST = 300
FIRED = re.compile(r"Fired: (\d+)")
COUNTS = re.compile(r"Notifications: (\d+)\. Mails sent: (\d+), with (\d+) ")
MESSAGE_ID = re.compile(r"^Message-ID: <(.+)>$", re.MULTILINE)

needs_the_real_day = (
    pytest.mark.skipif(not REAL_DAY.exists(), reason=f"{REAL_DAY} is not there"),
    pytest.mark.services,  # it needs no server, but takes long
)


@dataclass
class Replay:
    """The command on a store and a folder of mails of its own."""

    folder: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cryptopulse.settings",
            "SECRET_KEY": "only-for-tests-" + "x" * 40,
            "DATASTORE_URL": f"sqlite:///{self.folder}/store.sqlite3",
            "EMAIL_URL": f"filemail:///{self.folder}/mails",
            "DELIVERY_LEASE_SECONDS": "1",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "manage.py", "demoreplay", *arguments]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Its exit code and what it printed."""
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=LONGEST)
        return process.returncode, output

    def kill(self, *arguments: str, lines: int, then: float) -> bool:
        """End it by SIGKILL, `then` seconds after it has printed `lines` lines; False when it was done before."""
        process = self.start(*arguments)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(then)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=LONGEST)
        return process.returncode == -signal.SIGKILL

    def message_ids(self) -> list[str]:
        """Message-IDs of all mails that were sent."""
        mails = sorted((self.folder / "mails").glob("*.log"))
        return [found for mail in mails for found in MESSAGE_ID.findall(mail.read_text())]


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    return Replay(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "fired"),
    [
        ((), 26),
        (("--price-type", "close"), 24),
        pytest.param((str(REAL_DAY),), 33, marks=needs_the_real_day),
        pytest.param((str(REAL_DAY), "--price-type", "close"), 32, marks=needs_the_real_day),
    ],
)
def test_it_fires_what_it_must_and_nothing_more_when_repeated(
    replay: Replay, arguments: tuple[str, ...], fired: int
) -> None:
    for _ in range(2):
        code, output = replay.run(*arguments)
        assert code == 0, output
        assert FIRED.findall(output) == [str(fired)]
        assert COUNTS.findall(output) == [(str(fired),) * 3]
        assert len(set(replay.message_ids())) == len(replay.message_ids()) == fired


@pytest.mark.services  # it needs no server, but takes long
@pytest.mark.parametrize(
    ("arguments", "fired"), [((), 26), pytest.param((str(REAL_DAY),), 33, marks=needs_the_real_day)]
)
def test_killed_at_random_points_it_fires_the_same(replay: Replay, arguments: tuple[str, ...], fired: int) -> None:
    undisturbed = Replay(replay.folder / "undisturbed")
    undisturbed.folder.mkdir()
    assert undisturbed.run(*arguments)[0] == 0
    luck = random.Random(20260131)
    while_starting = [replay.kill(*arguments, lines=0, then=luck.uniform(0, 0.5)) for _ in range(2)]
    while_firing = [replay.kill(*arguments, lines=1, then=luck.uniform(0, 0.2)) for _ in range(4)]
    assert all(while_starting)
    assert any(while_firing)
    code, output = replay.run(*arguments)
    assert code == 0, output
    assert "missing 0, too many 0" in output
    assert COUNTS.findall(output) == [(str(fired),) * 3]
    sent = replay.message_ids()
    assert len(sent) >= fired
    assert numbered(sent) == numbered(undisturbed.message_ids())


def test_a_first_price_outside_of_the_alerts_is_an_error() -> None:
    with pytest.raises(CommandError, match="give --low, --high and --step"):
        call_command("demoreplay", "--low", "1", "--high", "2", "--step", "1")


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(CommandError, match=r"nosuchfile\.csv"):
        call_command("demoreplay", "nosuchfile.csv")


def numbered(message_ids: list[str]) -> int:
    """How many different ones there are, each of a first firing."""
    assert all(re.fullmatch(r"[0-9a-f-]{36}\.1@.+", each) for each in message_ids)
    return len(set(message_ids))
