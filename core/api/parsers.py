"""Reading bodies."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

LONGEST = 512 * 1024
"""Bytes of a body of JSON; the longest that makes sense names each of 20,000 rows."""


class ExactJSONParser(JSONParser):
    """JSON whose numbers keep every digit: 0.1 is a Decimal, never a float; NaN and Infinity are refused.

    So is text that is not Unicode (a lone surrogate): no answer could repeat it, and no store would hold it.
    """

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value in the body, which is UTF-8. Raises ParseError for what is not JSON or nested too deeply.

        RequestDataTooBig beyond `LONGEST`: each small value takes a hundred times its own time to read and check.
        """
        body = stream.read(LONGEST + 1)
        if len(body) > LONGEST:
            raise RequestDataTooBig
        try:
            text = body.decode()
            value = json.loads(text, parse_float=_exact, parse_constant=_refuse)
            if "\\u" in text:
                json.dumps(value, ensure_ascii=False, default=str).encode()
            return value
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not valid JSON: {error}.") from error


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number in it has too large an exponent") from error


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")
