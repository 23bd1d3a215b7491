"""What a child does: read one request, set its limits, call the function, and write one answer.

A request is pickled: it comes from the site. An answer is JSON and nothing else, because a child may have been taken
over by the file that it read.
"""

import io
import json
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, NoReturn

from core.errors import InvalidInput
from core.sandbox import limits
from core.sandbox.limits import Limits

SIZES = struct.Struct(">QQ")
"""Bytes of the pickled request, and of the file behind it."""
OUT_OF_MEMORY = 77
"""Exit status of a child that has too little memory to say so."""
READ_WITHIN = 60
"""Seconds by the clock in which the site must have sent the whole request."""
_SOCKET = 3
"""The number under which a child keeps its socket; those before are standard streams."""
_MOST_FRAMES = 20
_MOST_DESCRIPTORS = 1024
"""More than the template ever has."""


@dataclass(frozen=True, slots=True)
class Request:
    """Call `function` of `module` with the file and these arguments."""

    module: str
    function: str
    arguments: tuple[Any, ...]
    limits: Limits


def work(descriptor: int, modules: Collection[str]) -> NoReturn:
    """Answer the request on the socket of this number and end the process. Only functions of `modules` are called."""
    status = 1
    try:
        signal.alarm(READ_WITHIN)
        os.dup2(descriptor, _SOCKET)
        os.closerange(_SOCKET + 1, _MOST_DESCRIPTORS)
        with os.fdopen(_SOCKET, "rb", closefd=False) as incoming, os.fdopen(_SOCKET, "wb", closefd=False) as outgoing:
            request, file = _read(incoming)
            limits.apply(request.limits)
            outgoing.write(_answer(request, file, modules))
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    except (BrokenPipeError, EOFError):
        pass  # the answer is no longer waited for
    finally:
        os._exit(status)


def _read(incoming: io.BufferedReader) -> tuple[Request, io.BytesIO]:
    size, file_size = SIZES.unpack(_exactly(incoming, SIZES.size))
    request: Request = pickle.loads(_exactly(incoming, size))
    return request, io.BytesIO(_exactly(incoming, file_size))


def _exactly(incoming: io.BufferedReader, size: int) -> bytes:
    read = incoming.read(size)
    if len(read) < size:
        raise EOFError
    return read


def _answer(request: Request, file: io.BytesIO, modules: Collection[str]) -> bytes:
    try:
        if request.module not in modules:
            raise ValueError(f"{request.module} is not in the wiring's SANDBOXED")
        function: Callable[..., Any] = getattr(sys.modules[request.module], request.function)
        answer = {"value": function(file, *request.arguments)}
    except InvalidInput as error:
        answer = {"code": error.code, "detail": error.detail, "errors": error.errors}
    except MemoryError:
        raise
    except Exception:
        answer = {"failed": traceback.format_exc(limit=-_MOST_FRAMES)}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
