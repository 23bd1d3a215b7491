"""What reading one file may use, and how a child has the operating system enforce it."""

import ctypes
import os
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
MOST_OPEN_FILES = 16
NICENESS = 10
"""Added to a child's, so that pages are answered first where processors are short."""


_SET_DEATH_SIGNAL = 1
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child is held to.

    processor_seconds: whole seconds of a processor. memory_mb: megabytes beyond what the template has. wall_seconds:
    seconds by the clock after which it is ended in any case.
    """

    processor_seconds: int
    memory_mb: int
    wall_seconds: int


def apply(limits: Limits) -> None:
    """Hold this process to the limits from now on.

    It may then neither write files nor start processes. SIGXCPU ends it at the limit of processor time, SIGALRM at that
    of the clock; memory beyond the limit raises MemoryError. Systems that do not know a limit, such as macOS that of
    memory, go without it.
    """
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
    os.nice(NICENESS)
    _limit("RLIMIT_CPU", limits.processor_seconds, limits.processor_seconds + 1)
    if taken := _address_space():
        _limit("RLIMIT_AS", taken + limits.memory_mb * MEGABYTE)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NPROC", 0)
    _limit("RLIMIT_NOFILE", MOST_OPEN_FILES)


def end_with(parent: int) -> None:
    """Have the system kill this process when its parent, the process of this number, has ended.

    Linux alone knows how (prctl(2)); elsewhere the limits of a child whose parent was killed still end it.
    """
    if _PRCTL is not None:
        _PRCTL(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # it ended before it was asked for


def _limit(name: str, soft: int, hard: int | None = None) -> None:
    kind: int | None = getattr(resource, name, None)
    if kind is None:
        return
    most = resource.getrlimit(kind)[1]
    wanted = soft if hard is None else hard
    ceiling = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    try:
        resource.setrlimit(kind, (min(soft, ceiling), ceiling))
    except (OSError, ValueError):
        return  # known by name and not supported


def _address_space() -> int:
    """Bytes of address space that this process has now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
