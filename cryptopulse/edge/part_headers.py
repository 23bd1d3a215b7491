"""Headers of the parts of a multipart body: one with more parameters than a part needs is not read.

Python takes the square of their number for one header, and a body has a thousand parts: 1 MB kept a core busy for
seconds, before anybody was known. Django reads them by one function for pages and API, and has no setting for it.
"""

from typing import Any

from django.http import multipartparser
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters

MOST_PARAMETERS = 16
"""Semicolons of one header; `Content-Disposition` of a file has two or three."""


class _TooManyParameters(ValueError, MultiPartParserError):
    """Django skips a part's header for the one, and answers 400 to a `Content-Type` of a body for the other."""


def limit_part_headers() -> None:
    """Have Django leave out longer ones, as it does with those that it cannot read; may be called again."""
    multipartparser.parse_header_parameters = _limited  # type: ignore[attr-defined]  # that which it imports


def _limited(line: str) -> Any:
    if line.count(";") > MOST_PARAMETERS:
        raise _TooManyParameters("A header has too many parameters.")
    return parse_header_parameters(line)
