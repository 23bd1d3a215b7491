"""The portfolio's pages as tests read them."""

import re

from django.test import Client


def text_of(client: Client, path: str, **query: str) -> str:
    """The page as a reader takes it in: tags away, spaces as one."""
    response = client.get(path, query)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def hidden_fields(client: Client, path: str, **query: str) -> dict[str, str]:
    """Names and values of the hidden fields of a page."""
    page = client.get(path, query).content.decode()
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name not in ("csrfmiddlewaretoken", "next")}
