"""docs/operations.md says what is there, and its commands work as they stand there."""

import re
import shlex

from cryptopulse import celery, web
from tests.docs.pages import ROOT
from tests.platform.many import BEAT, SCHEDULED, WEB, WORKER
from tests.platform.units import FOLDER, INSTALLED, unit

PAGE = (ROOT / "docs" / "operations.md").read_text()


def flags(command: str) -> list[str]:
    """What a command says beside where its program lies."""
    return shlex.split(command.removeprefix(INSTALLED).removeprefix(".venv/bin/"))


def documented(start: str) -> list[str]:
    """The command line of the page that begins so, as words."""
    match = re.search(rf"^(?:[A-Z_]+=\S+ )?(\.venv/bin/{re.escape(start)}.*)$", PAGE, re.MULTILINE)
    assert match is not None, start
    return flags(match.group(1))


def test_the_commands_are_those_of_the_units() -> None:
    web = flags(unit(WEB)["Service"]["ExecStart"].replace("%i", "8000"))
    worker = flags(unit(WORKER)["Service"]["ExecStart"].replace("--hostname worker-%i@%%h ", ""))
    scheduled = flags(re.sub(r"--hostname \S+ ", "", unit(SCHEDULED)["Service"]["ExecStart"]))
    assert documented("python manage.py web") == web
    assert documented("celery -A cryptopulse --quiet worker --pool threads --queues") == scheduled
    assert documented("celery -A cryptopulse --quiet worker --pool threads --concurrency") == worker
    assert documented("celery -A cryptopulse --quiet beat") == flags(unit(BEAT)["Service"]["ExecStart"])


def test_the_longest_ends_of_the_processes_are_those_of_the_units() -> None:
    assert re.search(
        rf"\| web \| {web.ENDS_WITHIN} seconds \| requests are answered for {web.REQUESTS_END_WITHIN} ", PAGE
    )
    assert re.search(rf"\| worker \| {celery.ENDS_WITHIN} seconds \|", PAGE)
    assert re.search(rf"\| beat \| {unit(BEAT)['Service']['TimeoutStopSec']} seconds \|", PAGE)


def test_every_unit_of_the_page_comes_along() -> None:
    named = set(re.findall(r"\bcryptopulse-(?:web|worker|scheduled|beat|prepare)\b", PAGE))
    assert named == {path.name.removesuffix(".service").removesuffix("@") for path in FOLDER.iterdir()}
