"""`python -m tests.platform.faulty_disk FAULT FILE`: what the site answers before, while and after its file fails.

In a process of its own, since it gives up rights and limits itself. Prints JSON by moment, see `look`.
"""

import ctypes
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
FIRST_PAGE = 4096
WITHOUT_RIGHTS = "PULSE_WITHOUT_RIGHTS"


@contextmanager
def full(path: Path) -> Iterator[None]:
    """No file of this process may grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """The file may only be read; what SQLite makes beside it gets the same rights."""
    path.chmod(0o400)
    yield
    for each in path.parent.glob(f"{path.name}*"):
        each.chmod(0o600)


@contextmanager
def malformed(path: Path) -> Iterator[None]:
    """All its pages are overwritten but the first."""
    whole = path.read_bytes()
    path.write_bytes(whole[:FIRST_PAGE] + b"\xa5" * (len(whole) - FIRST_PAGE))
    yield
    path.write_bytes(whole)


FAULTS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "full": full,
    "read_only": read_only,
    "malformed": malformed,
}


def main(fault: str, path: Path) -> None:
    import django

    django.setup()

    import time_machine
    from django.test import Client

    from core import clock
    from core.accounts.services import role_grant
    from core.storage import administration
    from cryptopulse.start_up import prepare
    from tests.builders import a_user, signed_in

    def reopen() -> None:
        """An open file keeps the rights and the pages that it was opened with; on a full disk none could be opened."""
        if fault != "full":
            administration().close()

    def look() -> dict[str, Any]:
        """Status and store of /readyz for this machine, and the answers to writes of an administrator and another."""
        reopen()
        ready = local.get("/readyz")
        written = administrator.post("/markets/bitcoin/watch/", {"watch": "on"}, HTTP_HOST="localhost")
        tried = stranger.post("/sign-in/", {"identifier": "ada", "password": "wrong"}, HTTP_HOST="localhost")
        reopen()
        return {
            "ready": ready.status_code,
            "store": ready.json()["store"],
            "pages": [written.status_code, tried.status_code],
            "administrator": written.content.decode(),
            "stranger": tried.content.decode(),
        }

    prepare()
    user = a_user("ada")
    administrator = signed_in(role_grant(user.username, "admin", reason="for this test"))
    stranger, local = Client(raise_request_exception=False), Client(HTTP_HOST="localhost")
    administrator.raise_request_exception = False
    found = {}
    with time_machine.travel(clock.now(), tick=False) as machine:
        for moment in ("before", "during", "after"):
            machine.shift(timedelta(seconds=31))
            if moment == "during":
                reopen()
                with FAULTS[fault](path):
                    found[moment] = look()
            else:
                found[moment] = look()
    sys.stdout.write(json.dumps(found))


def without_rights() -> None:
    """Start again as one who, root or not, may write only what its owner may."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError("the right to write every file cannot be given up")
    program = [sys.executable, "-m", "tests.platform.faulty_disk", *sys.argv[1:]]
    os.execve(sys.executable, program, {**os.environ, WITHOUT_RIGHTS: "1"})


if __name__ == "__main__":
    if WITHOUT_RIGHTS not in os.environ:
        without_rights()
    main(sys.argv[1], Path(sys.argv[2]))
