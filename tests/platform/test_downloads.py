"""Files made while they are sent: safe for a spreadsheet, exact when they are read again, whole under ASGI."""

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import AsyncRequestFactory, RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from core.downloads import GUARD, csv_text, download, guarded, json_text
from core.storage import StoreUnavailable

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_does_so_no_more(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Coffee", "Coffee = nice", "3 - 1", "O'Neill's"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
@example("'")
@example("'=1")
@example("''=1")
def test_every_text_comes_back(text: str) -> None:
    assert guarded(text).removeprefix(GUARD) == text


@given(st.lists(st.tuples(st.text(), st.text())))
def test_csv_says_the_same_when_read_again(rows: list[tuple[str, str]]) -> None:
    rows = [(first.replace("\x00", ""), second.replace("\x00", "")) for first, second in rows]
    text = "".join(csv_text(["a", "b"], ((guarded(first), guarded(second)) for first, second in rows)))
    names, *read = csv.reader(io.StringIO(text, newline=""))
    assert names == ["a", "b"]
    assert [(first.removeprefix(GUARD), second.removeprefix(GUARD)) for first, second in read] == rows


@pytest.mark.parametrize("items", [[], [{"a": Decimal("1.50")}], [{"a": "ü"}, {"a": None}, {"a": [1, 2]}]])
def test_json_is_a_list_of_the_api(items: list[dict[str, object]]) -> None:
    expected = [
        {name: str(value) if isinstance(value, Decimal) else value for name, value in each.items()} for each in items
    ]
    assert json.loads("".join(json_text(items))) == {"items": expected, "next": None}


def test_a_download_is_a_file_that_nobody_else_keeps() -> None:
    response = download(RequestFactory().get("/"), "rows.csv", "text/csv", iter(["a\r\n", "ü\r\n"]))
    assert b"".join(response) == "a\r\nü\r\n".encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rows.csv"'
    assert response["Cache-Control"] == "private, no-store"


def test_rows_are_read_while_they_are_sent() -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(100):
            read.append(number)
            yield "x" * 1_000

    response = download(RequestFactory().get("/"), "rows.csv", "text/csv", lines())
    assert 0 < len(read) < 100
    assert sum(len(piece) for piece in response) == 100_000


@pytest.mark.parametrize("count", [0, 1, 100])
def test_a_server_that_awaits_gets_the_same(count: int) -> None:
    text = [f"{number}{'x' * 1_000}" for number in range(count)]
    response = download(AsyncRequestFactory().get("/"), "rows.csv", "text/csv", iter(text))
    assert asyncio.run(awaited(response)) == "".join(text).encode()


def test_a_store_out_of_reach_is_reported_before_anything_is_sent() -> None:
    def lines() -> Iterator[str]:
        raise StoreUnavailable("gone")
        yield ""

    with pytest.raises(StoreUnavailable):
        download(RequestFactory().get("/"), "rows.csv", "text/csv", lines())


async def awaited(response: HttpResponseBase) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    assert response.is_async
    return b"".join([piece async for piece in response])
