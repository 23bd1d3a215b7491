"""PDF of receipts: documents that pypdf opens, which hold nothing that runs and do not unpack to too much."""

from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader, PdfWriter, apply_configuration, get_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from budgets.domain.files import refused, tail
from core.errors import InvalidInput, LimitReached

MOST_OBJECTS = 50_000
MOST_DEPTH = 50
MOST_UNPACKED = 10 * 1024 * 1024
"""Bytes, unpacked, of one stream of objects or places, and of all streams of objects together."""

_TAIL = 2048
_THAT_RUN = {"/JS", "/JavaScript", "/Launch", "/RichMedia", "/XFA", "/ImportData", "/SubmitForm"}
"""Names in a PDF that stand for scripts, programs, films and forms that send themselves (ISO 32000-1, 12.6, 12.7)."""
_UNPACKING = (
    "array_based_stream_maximum_output_length",
    "lzw_maximum_output_length",
    "run_length_maximum_output_length",
    "zlib_maximum_output_length",
    "brotli_maximum_output_length",
)
"""What pypdf calls its limits of one stream."""


def check_pdf(file: IO[bytes]) -> None:
    """Raise InvalidInput for a PDF that does not open or that runs something, LimitReached for one of too much."""
    _, end, behind = tail(file, _TAIL).rpartition(b"%%EOF")
    if not end or behind.strip(b"\r\n\0 \t"):
        raise refused("This PDF is cut off, or has data after its end. Print it to a new PDF and send that.")
    file.seek(0)
    try:
        with apply_configuration(get_configuration().with_overwrites(**dict.fromkeys(_UNPACKING, MOST_UNPACKED))):
            _check_document(PdfReader(file))
    except (InvalidInput, MemoryError):
        raise
    except Exception as error:  # what a parser raises on a file made to hurt it is not listed anywhere
        if _is_of_a_limit(error):
            raise _too_much() from error
        raise refused("This PDF is damaged. Print it to a new PDF and send that.") from error


def write_pdf(file: IO[bytes]) -> None:
    """A PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(8, 8)
    writer.write(file)


def _check_document(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise refused("This PDF needs a password. Save it without one and send that.")
    _check_unpacked(reader)
    if len(reader.pages) == 0:
        raise refused("This PDF has no pages. Choose another file.")
    if _runs(reader):
        raise refused("This PDF contains a script or a program. Print it to a new PDF and send that.")


def _check_unpacked(reader: PdfReader) -> None:
    """Unpack the streams of objects, which pypdf keeps for those in them. Raises LimitReached."""
    unpacked = 0
    for number in {stream for stream, _ in reader.xref_objStm.values()}:
        stream = reader.get_object(IndirectObject(number, 0, reader))
        unpacked += len(stream.get_data()) if isinstance(stream, StreamObject) else 0
        if unpacked > MOST_UNPACKED:
            raise _too_much()


def _is_of_a_limit(error: BaseException | None) -> bool:
    """Whether a limit of pypdf was behind the error, which may come from a later try to read it in another way."""
    return error is not None and (isinstance(error, LimitReachedError) or _is_of_a_limit(error.__context__))


def _too_much() -> LimitReached:
    sentence = (
        f"This PDF unpacks to more than {MOST_UNPACKED // 1024**2} MB of parts. Print it to a new PDF and send that."
    )
    return LimitReached("limit_unpacked", {"file": [sentence]})


def _runs(reader: PdfReader) -> bool:
    """Whether any object of the PDF, used or not, stands for something that runs. Raises InvalidInput for too many."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MOST_OBJECTS:
        raise refused("This PDF has too many parts. Print it to a new PDF and send that.")
    found = (reader.get_object(IndirectObject(number, _generation(reader, number), reader)) for number in numbers)
    return any(name in _THAT_RUN for each in found for name in _names_in(each))


def _generation(reader: PdfReader, number: int) -> int:
    return next((generation for generation, table in reader.xref.items() if number in table), 0)


def _names_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Keys and names in an object; what it only refers to is an object of its own."""
    if depth > MOST_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, NameObject):
        yield value
    elif isinstance(value, DictionaryObject):
        for key in value:
            yield key
            yield from _names_in(value.raw_get(key), depth + 1)
    elif isinstance(value, ArrayObject):
        for inner in list.__iter__(value):
            yield from _names_in(inner, depth + 1)
