"""Theme and privacy are kept in the profile, or in a cookie of a visitor, and are in the page."""

import pytest
from django.test import Client

from core.accounts.domain import THEMES
from core.accounts.selectors import user_get
from tests.builders import a_user, signed_in


def html_tag(client: Client, path: str = "/help/") -> str:
    return client.get(path).content.decode().split("<html", 1)[1].split(">", 1)[0]


@pytest.mark.parametrize("theme", ["system", "light", "dark"])
def test_a_users_theme_is_kept_in_the_profile(theme: str) -> None:
    client = signed_in(a_user())
    client.post("/appearance/", {"theme": theme})
    assert user_get("alice").theme == theme
    assert f'data-theme="{theme}"' in html_tag(client)


def test_privacy_is_kept_in_the_profile_and_leaves_the_theme_alone() -> None:
    client = signed_in(a_user(theme="dark"))
    client.post("/appearance/", {"privacy": "on"})
    assert user_get("alice").privacy
    assert user_get("alice").theme == "dark"
    assert 'data-privacy="on"' in html_tag(client)
    client.post("/appearance/", {"privacy": "off"})
    assert "data-privacy" not in html_tag(client)


def test_a_visitors_choice_is_kept_in_a_cookie() -> None:
    client = Client()
    client.post("/appearance/", {"theme": "dark", "privacy": "on"})
    assert 'data-theme="dark" data-privacy="on"' in html_tag(client)


@pytest.mark.parametrize(("asked", "goes_to"), [("/markets/?sort=name", "/markets/?sort=name"), ("word", "word")])
def test_it_goes_back_to_an_address_of_the_site(asked: str, goes_to: str) -> None:
    assert Client().post("/appearance/", {"theme": "dark", "next": asked})["Location"] == goes_to


@pytest.mark.parametrize("asked", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
def test_it_never_leads_off_the_site(asked: str) -> None:
    assert Client().post("/appearance/", {"theme": "dark", "next": asked})["Location"] == "/"


def test_a_cookie_of_before_does_not_override_the_profile() -> None:
    client = signed_in(a_user(theme="light"))
    client.cookies["theme"] = "dark"
    assert 'data-theme="light"' in html_tag(client)


@pytest.mark.parametrize("cookie", ["nonsense", '"><script>'])
def test_a_cookie_that_makes_no_sense_is_the_systems_theme(cookie: str) -> None:
    client = Client()
    client.cookies["theme"] = cookie
    assert 'data-theme="system"' in html_tag(client)


def test_a_theme_that_does_not_exist_is_refused_and_says_what_exists() -> None:
    client = signed_in(a_user())
    page = client.post("/appearance/", {"theme": "pink"}, follow=True)
    [message] = page.context["messages"]
    assert message.level_tag == "error"
    assert all(theme in message.message for theme in THEMES)
    assert user_get("alice").theme == "system"


@pytest.mark.parametrize(
    ("back", "address"),
    [("/help/?a=1", "/help/?a=1"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("", "/")],
)
def test_it_returns_to_the_page_it_came_from_and_nowhere_else(back: str, address: str) -> None:
    response = Client().post("/appearance/", {"theme": "dark", "next": back})
    assert response["Location"] == address


def test_it_takes_posts_with_a_token_only() -> None:
    assert Client().get("/appearance/").status_code == 405
    response = Client(enforce_csrf_checks=True).post("/appearance/", {"theme": "dark"})
    assert response.status_code == 403
    assert "expired" in response.content.decode()
