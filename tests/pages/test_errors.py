"""Errors are pages of the site that say what to do."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from core.accounts.domain import Anonymous
from core.errors import InvalidInput, Refused
from cryptopulse import pages
from cryptopulse.edge.body_limit import MOST_BODY
from tests.builders import a_user, signed_in

SIGN_IN = 'href="/sign-in/"'


@pytest.fixture
def request_of_a_visitor() -> HttpRequest:
    request = RequestFactory().get("/somewhere/")
    vars(request).update(user=Anonymous())
    return request


@pytest.mark.parametrize("signed", [True, False])
def test_an_address_that_leads_nowhere(signed: bool) -> None:
    client = signed_in(a_user()) if signed else Client()
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "Error 404" in response.content.decode()


def test_a_refusal_says_why(request_of_a_visitor: HttpRequest) -> None:
    response = pages.refused(request_of_a_visitor, Refused("daily_limit", "Only 5.00 is left <today>."))
    assert response.status_code == 409
    assert "5.00 is left &lt;today&gt;" in response.content.decode()


def test_a_request_that_makes_no_sense_says_why_where_it_is_known(request_of_a_visitor: HttpRequest) -> None:
    known = pages.bad_request(request_of_a_visitor, InvalidInput({}, "This page link is too old."))
    unknown = pages.bad_request(request_of_a_visitor)
    assert known.status_code == unknown.status_code == 400
    assert "too old" in known.content.decode()
    assert "too old" not in unknown.content.decode()


def test_a_form_without_its_token_has_expired() -> None:
    response = Client(enforce_csrf_checks=True).post("/sample/")
    assert response.status_code == 403
    assert "expired" in response.content.decode()


def test_a_role_that_is_not_enough(request_of_a_visitor: HttpRequest) -> None:
    response = pages.forbidden(request_of_a_visitor)
    assert response.status_code == 403
    assert "expired" not in response.content.decode()


def test_a_fault_of_ours_is_a_page(request_of_a_visitor: HttpRequest) -> None:
    response = pages.server_error(request_of_a_visitor)
    assert response.status_code == 500
    assert "Error 500" in response.content.decode()


def test_a_store_that_cannot_answer_says_when_to_try_again(request_of_a_visitor: HttpRequest) -> None:
    response = pages.unavailable(request_of_a_visitor)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Error 503" in response.content.decode()


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"x" * (MOST_BODY + 1), 413),
        ("application/x-www-form-urlencoded; charset=utf-16", b"name=x", 415),
    ],
)
def test_a_page_that_does_not_know_who_asks_offers_nobody_to_sign_in(
    content_type: str, body: bytes, status: int
) -> None:
    for browser in (Client(), signed_in(a_user())):
        response = browser.post("/budgets/categories/", body, content_type=content_type)
        assert response.status_code == status
        assert SIGN_IN not in response.content.decode()
    assert SIGN_IN in Client().get("/no/such/page/").content.decode()


def test_a_page_of_a_store_out_of_reach_offers_nobody_to_sign_in(request_of_a_visitor: HttpRequest) -> None:
    assert SIGN_IN not in pages.unavailable(request_of_a_visitor).content.decode()
