"""A request in another charset than UTF-8 is refused before anything of it is decoded, on pages, forms and API."""

import asyncio
from typing import Any

import pytest
from django.test import Client

from cryptopulse.edge.charset import LONGEST_TYPE, REFUSED_TYPE, ReadableTypes, is_utf8
from tests.builders import a_user, api_client, signed_in

TOKEN = "/api/v1/auth/token/"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
TAKEN = [
    "",
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'application/json; charset="utf-8"',
    "application/json; Charset=Utf8",
    f"{FORM}; charset=utf-8; charset=UTF8",
    f"{PARTS}; charset=utf-8",
]
REFUSED = [
    "application/json; charset=punycode",
    "application/json; charset=hex",
    "application/json; charset=no-such-charset",
    "application/json; charset=us-ascii",
    "application/json; charset=",
    'application/json; charset="utf-16"',
    "application/json; CHARSET=latin-1",
    "application/json; charset=utf-8; charset=punycode",
    "application/json; charset=punycode; charset=utf-8",
    "application/json; charset=utf-8,application/json; charset=punycode",
    "application/json; charset*=punycode''utf-8",
    "application/json; charset*0=utf-; charset*1=8",
    f"{FORM}; charset=punycode",
    f"{PARTS}; charset=punycode",
    'application/json; x="' + ";" * LONGEST_TYPE,
]


@pytest.mark.parametrize("content_type", TAKEN)
def test_utf8_is_taken_under_its_names(client: Client, content_type: str) -> None:
    assert is_utf8(content_type)
    assert client.generic("POST", TOKEN, b"", content_type=content_type).status_code in (400, 415)
    assert client.generic("GET", "/api/v1/errors/", content_type=content_type).status_code == 200


@pytest.mark.parametrize("content_type", REFUSED)
def test_every_other_charset_is_a_problem_below_api(client: Client, content_type: str) -> None:
    answer = client.generic("POST", TOKEN, b"{}", content_type=content_type)
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")
    assert answer.json()["code"] == "charset_refused"


@pytest.mark.parametrize("content_type", REFUSED)
def test_and_a_page_elsewhere_before_the_form_is_read(content_type: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.generic("POST", "/sign-in/", b"username=x", content_type=content_type)
    assert answer.status_code == 415
    assert "UTF-8" in answer.content.decode()


def test_a_form_may_say_utf8_in_both_spellings() -> None:
    browser = signed_in(a_user())
    for name in ("utf-8", "utf8", "UTF8"):
        answer = browser.generic("POST", "/appearance/", b"theme=dark", content_type=f"{FORM}; charset={name}")
        assert answer.status_code == 302, name


def test_the_charset_of_a_part_or_of_the_form_decides_nothing() -> None:
    """Text is read as UTF-8 whatever a part's own header or a field `_charset_` says."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n%s\r\n'
    said = {b"_charset_": b"utf-16", b"name": "Café".encode()}
    body = b"".join(part % pair for pair in said.items()) + b"--x--\r\n"
    user = a_user()
    answer = signed_in(user).generic("POST", "/budgets/categories/", body, content_type=PARTS)
    assert answer.status_code == 302
    names = [each["name"] for each in api_client(user).get("/api/v1/categories/").json()["items"]]
    assert "Café" in names


@pytest.mark.parametrize("accept", ["text/html;x*=no-such-charset''a", "text/html;x*=idna''a", "a/b;" * 2000])
def test_an_accept_that_cannot_be_read_is_not_acceptable(client: Client, accept: str) -> None:
    answer = client.get("/api/v1/errors/", headers={"Accept": accept})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


def handed_on(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers that an application sees of a request with these."""
    seen: list[tuple[bytes, bytes]] = []

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.extend(scope["headers"])

    async def nothing() -> dict[str, Any]:
        return {}

    async def unsent(message: Any) -> None:
        raise AssertionError("nothing is answered here")

    asyncio.run(ReadableTypes(application)({"type": "http", "headers": headers}, nothing, unsent))
    return seen


def test_django_never_sees_a_type_that_is_refused() -> None:
    host = (b"host", b"localhost")
    twice = [(b"content-type", b"application/json; charset=utf-8"), host, (b"content-type", b"a/b; charset=punycode")]
    breaking = [host, (b"content-type", b"a/b; x*=idna''x")]
    for headers in (twice, breaking):
        assert handed_on(headers) == [host, (b"content-type", REFUSED_TYPE)]
    assert not is_utf8(REFUSED_TYPE.decode())
    plain = [host, (b"content-type", b"application/json; charset=UTF-8")]
    assert handed_on(plain) == plain
