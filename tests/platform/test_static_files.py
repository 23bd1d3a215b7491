"""Styles and scripts come whole, short, and once."""

import gzip

from django.test import Client

STYLE = "/static/css/base.css"


def test_a_file_is_served_with_its_type_and_length(client: Client) -> None:
    answer = client.get(STYLE)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert int(answer["Content-Length"]) == len(answer.content) > 1000
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer


def test_a_browser_that_takes_it_gets_less(client: Client) -> None:
    whole = client.get(STYLE)
    short = client.get(STYLE, headers={"Accept-Encoding": "gzip"})
    assert len(short.content) < len(whole.content) / 2
    assert gzip.decompress(short.content) == whole.content


def test_a_browser_that_has_it_gets_nothing(client: Client) -> None:
    for encoding in ("identity", "gzip"):
        first = client.get(STYLE, headers={"Accept-Encoding": encoding})
        again = client.get(STYLE, headers={"Accept-Encoding": encoding, "If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_is_not_there(client: Client) -> None:
    assert client.get("/static/css/no-such.css").status_code == 404


def test_no_file_outside_of_the_folder_is_reached(client: Client) -> None:
    for path in ("/static/../manage.py", "/static/%2e%2e/manage.py", "/static//etc/passwd"):
        assert client.get(path).status_code in (302, 404)
