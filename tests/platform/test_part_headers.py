"""Headers of the parts of a multipart body cost what they are long, not the square of their parameters."""

import json
from time import process_time

import pytest
from django.http import multipartparser
from django.test import Client

from cryptopulse.edge.part_headers import MOST_PARAMETERS
from tests.builders import a_user, api_client

PARTS = "multipart/form-data; boundary=x"


def a_body(*headers: str) -> bytes:
    """A part for each of these headers."""
    parts = (f"--x\r\n{header}\r\n\r\nvalue\r\n" for header in headers)
    return "".join((*parts, "--x--\r\n")).encode()


def seconds_of(header: str) -> float:
    """Processor time of a form whose parts all have this header, and which is refused for want of a CSRF token."""
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    body = a_body(*[header] * 500)
    began = process_time()
    assert client.generic("POST", "/sign-in/", body, content_type=PARTS).status_code == 403
    return process_time() - began


@pytest.mark.parametrize("name", ["X", "Content-Disposition", "Content-Type"])
def test_many_parameters_cost_no_more_than_a_long_one(client: Client, name: str) -> None:
    plain = seconds_of(f"{name}: a; b=" + "c" * 900)
    assert seconds_of(f"{name}: a" + ";" * 900) < 5 * max(plain, 0.02)


def test_parts_with_the_parameters_of_browsers_are_read(client: Client) -> None:
    disposition = "Content-Disposition: form-data; name=file; filename*=UTF-8''%C3%A4.csv; filename=a.csv"
    body = a_body(f"{disposition}\r\nContent-Type: text/csv; charset=utf-8; header=present")
    answer = api_client(a_user()).generic("POST", "/api/v1/expenses/imports/", body.decode(), content_type=PARTS)
    assert list(json.loads(answer.content)["errors"]) == ["file"]
    assert multipartparser.parse_header_parameters(disposition.lower())[1]["filename"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/sign-in/", "/api/v1/expenses/imports/"])
def test_a_type_with_too_many_of_them_is_refused(path: str) -> None:
    client = api_client(a_user()) if path.startswith("/api/") else Client()
    content_type = PARTS + "; a=b" * (MOST_PARAMETERS + 1)
    assert client.generic("POST", path, a_body("X: y"), content_type=content_type).status_code == 400
