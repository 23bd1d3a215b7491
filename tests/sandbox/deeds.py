"""What functions in a child might do, well or badly. The children of these tests load it; it needs no Django."""

import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path
from typing import IO

from core.errors import InvalidInput, LimitReached

MEGABYTE = 1024 * 1024


def count(file: IO[bytes], factor: int) -> int:
    """Bytes of the file, that many times."""
    return len(file.read()) * factor


def surroundings(file: IO[bytes]) -> dict[str, object]:
    """What a child has of the site."""
    return {
        "environment": sorted(os.environ),
        "modules": sorted({name.partition(".")[0] for name in sys.modules}),
        "process": os.getpid(),
        "descriptors": [number for number in range(64) if _is_open(number)],
        "niceness": os.nice(0),
    }


def refuse(file: IO[bytes]) -> None:
    """Say that the file is wrong."""
    raise InvalidInput({"file": ["No."]}, "Not this one.")


def refuse_by_limit(file: IO[bytes]) -> None:
    """Say that the file is too much."""
    raise LimitReached("limit_unpacked", {"file": ["Too much."]})


def fail(file: IO[bytes]) -> None:
    """Have a mistake."""
    raise ZeroDivisionError


def spin(file: IO[bytes]) -> None:
    """Use a processor for ever, and pass over what can be passed over."""
    while True:
        pass


def sleep(file: IO[bytes]) -> None:
    """Use time and no processor."""
    time.sleep(3600)


def put_off(file: IO[bytes]) -> None:
    """Do as a child would that its file took over: put the clock off, say no more, and stay."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    os.close(3)
    time.sleep(3600)


def swallow(file: IO[bytes], megabytes: int) -> int:
    """Take memory in small pieces."""
    taken = [bytes([number % 256]) * MEGABYTE for number in range(megabytes)]
    return len(taken)


def swallow_at_once(file: IO[bytes], megabytes: int) -> int:
    """Take memory in one piece."""
    return len(bytearray(megabytes * MEGABYTE))


def write(file: IO[bytes], path: str) -> str:
    """Try to keep something on the disk."""
    try:
        with Path(path).open("wb") as kept:
            kept.write(b"x")
    except OSError as error:
        return type(error).__name__
    return "written"


def raise_limits(file: IO[bytes]) -> bool:
    """Whether the limits can be raised again; root may, for whom these are no walls."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    return hard == resource.RLIM_INFINITY or soft == resource.RLIM_INFINITY


def crash(file: IO[bytes]) -> None:
    """End as a broken parser in C does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def call_home(file: IO[bytes], path: str) -> None:
    """Answer something else than JSON: a pickle, as a child that was taken over might."""
    with socket.socket(fileno=3) as site:
        site.sendall(b"\x80\x04cposix\nsystem\n(S'touch " + path.encode() + b"'\ntR.")
        site.detach()


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
