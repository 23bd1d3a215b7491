"""A child does one thing within its limits, has nothing of the site, and is ended by the system where it goes on."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from core.sandbox import job
from core.sandbox.job import Request
from core.sandbox.limits import NICENESS, Limits
from core.sandbox.process import Keeper, Outcome, TemplateLost
from tests.platform.trees import is_running, tree
from tests.sandbox.conftest import DEEDS, Ask
from tests.waiting import wait_until

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")


def value(outcome: Outcome) -> Any:
    """What the child returned."""
    assert outcome.status == 0
    return json.loads(outcome.answer)["value"]


def test_a_function_gets_the_file_from_its_start_and_the_arguments(ask: Ask) -> None:
    assert value(ask("count", 3, file=b"x" * 300_000)) == 900_000
    assert value(ask("count", 1)) == 0


def test_each_file_has_a_process_of_its_own_with_nothing_of_the_site(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for children")
    first, second = value(ask("surroundings")), value(ask("surroundings"))
    assert first["process"] != second["process"] != os.getpid()
    assert not {"SECRET_KEY", "DATASTORE_URL", "DJANGO_SETTINGS_MODULE"} & set(first["environment"])
    assert not {"django", "boto3", "celery", "cryptopulse"} & set(first["modules"])
    assert first["descriptors"] == [0, 1, 2, 3]
    assert first["niceness"] >= NICENESS


def test_an_environment_that_has_secrets_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_TOKEN", "secret" * 8)
    fresh = Keeper(lambda: (DEEDS,))
    try:
        environment = Path(f"/proc/{fresh.start().process.pid}/environ")
        if environment.exists():
            assert b"secret" not in environment.read_bytes()
    finally:
        fresh.close()
    assert fresh.start().process.poll() is None
    fresh.close()


def test_errors_of_the_function_come_back_as_plain_data(ask: Ask) -> None:
    refused = json.loads(ask("refuse").answer)
    assert refused == {"code": "invalid", "detail": "Not this one.", "errors": {"file": ["No."]}}
    assert json.loads(ask("refuse_by_limit").answer)["code"] == "limit_unpacked"


def test_a_mistake_of_the_function_comes_back_with_its_place(ask: Ask) -> None:
    assert "ZeroDivisionError" in json.loads(ask("fail").answer)["failed"]


def test_only_functions_of_the_modules_named_are_called(keeper: Keeper) -> None:
    outcome = keeper.ask(Request("os", "getpid", (), Limits(1, 200, 30)), io.BytesIO(b""))
    assert "SANDBOXED" in json.loads(outcome.answer)["failed"]


def test_a_processor_is_used_for_so_long_and_no_longer(ask: Ask) -> None:
    assert ask("spin").status == -signal.SIGXCPU


def test_a_child_that_waits_for_ever_is_ended_by_the_clock(ask: Ask) -> None:
    assert ask("sleep", limits=Limits(1, 200, 1)).status == -signal.SIGALRM


@needs_linux
@pytest.mark.parametrize("deed", ["swallow", "swallow_at_once"])
def test_memory_beyond_the_limit_is_not_given(ask: Ask, deed: str) -> None:
    assert value(ask(deed, 100)) > 0
    assert ask(deed, 400).status == job.OUT_OF_MEMORY


def test_nothing_is_written_to_the_disk(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    assert value(ask("write", str(path))) == "OSError"
    assert not path.exists() or path.read_bytes() == b""


def test_a_limit_that_is_set_stays(ask: Ask) -> None:
    assert value(ask("raise_limits")) is False


def test_a_crash_ends_the_child_alone(ask: Ask) -> None:
    assert ask("crash").status == -signal.SIGSEGV
    assert value(ask("count", 1, file=b"1")) == 1


def test_an_answer_is_read_as_json_and_as_nothing_else(ask: Ask, tmp_path: Path) -> None:
    outcome = ask("call_home", str(tmp_path / "touched"))
    with pytest.raises(ValueError, match="utf-8"):
        json.loads(outcome.answer)
    assert not (tmp_path / "touched").exists()


def test_many_threads_ask_at_once(ask: Ask) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda size=size: found.append(value(ask("count", 1, file=b"x" * size))))
        for size in range(0, 200_000, 25_000)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(0, 200_000, 25_000))


def test_no_child_and_no_descriptor_is_left_behind(keeper: Keeper, ask: Ask) -> None:
    ask("count", 1)
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(20):
        ask("count", 1)
        ask("crash")
    assert len(list(Path("/dev/fd").iterdir())) == before
    template = keeper.start().process.pid
    assert tree(template) == [template]


def test_a_template_that_was_killed_is_replaced(keeper: Keeper, ask: Ask) -> None:
    lost = keeper.start().process
    lost.kill()
    lost.wait()
    assert value(ask("count", 2, file=b"12")) == 4
    assert keeper.start().process.pid != lost.pid


@needs_linux
def test_children_of_a_template_that_was_killed_end_with_it() -> None:
    fresh = Keeper(lambda: (DEEDS,))
    sleeping = Request(DEEDS, "sleep", (), Limits(1, 200, 2))
    asking = threading.Thread(target=fresh.ask, args=(sleeping, io.BytesIO()))
    asking.start()
    template = fresh.start().process
    wait_until(lambda: len(tree(template.pid)) == 2)
    [child] = set(tree(template.pid)) - {template.pid}
    template.kill()
    wait_until(lambda: not is_running(child))
    asking.join()
    fresh.close()


@pytest.mark.services
def test_a_child_that_puts_its_clock_off_is_given_up_and_ended(keeper: Keeper, ask: Ask) -> None:
    template = keeper.start().process
    assert ask("put_off", limits=Limits(1, 200, 1)).status == -signal.SIGALRM
    assert template.wait(30) is not None
    assert value(ask("count", 2, file=b"12")) == 4
    assert len(tree(keeper.start().process.pid)) == 1


def test_where_no_template_can_be_started_it_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Keeper(lambda: (DEEDS,))
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(TemplateLost):
        fresh.ask(Request(DEEDS, "count", (1,), Limits(1, 200, 30)), io.BytesIO())


def test_a_fork_of_the_site_starts_a_template_of_its_own(keeper: Keeper) -> None:
    before = keeper.start().process.pid
    reading, writing = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.write(writing, str(keeper.start().process.pid).encode())
        keeper.close()
        os._exit(0)
    os.waitpid(fork, 0)
    of_the_fork = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    assert of_the_fork != before
    assert not is_running(of_the_fork)
    assert keeper.start().process.pid == before
    assert is_running(before)


def test_a_template_ends_with_the_site_however_it_ends() -> None:
    site = subprocess.Popen([sys.executable, "-c", _SITE], stdout=subprocess.PIPE, text=True)
    assert site.stdout is not None
    template = int(site.stdout.readline())
    assert is_running(template)
    site.kill()
    site.wait()
    site.stdout.close()
    wait_until(lambda: not is_running(template))


_SITE = """
import io, threading
from core.sandbox.job import Request
from core.sandbox.job import Request
from core.sandbox.limits import Limits
from core.sandbox.process import Keeper
keeper = Keeper(lambda: ("tests.sandbox.deeds",))
template = keeper.start()
sleep = Request("tests.sandbox.deeds", "sleep", (), Limits(60, 200, 600))
threading.Thread(target=keeper.ask, args=(sleep, io.BytesIO())).start()
keeper.ask(Request("tests.sandbox.deeds", "count", (1,), Limits(1, 200, 30)), io.BytesIO())
print(template.process.pid, flush=True)
threading.Event().wait()
"""
