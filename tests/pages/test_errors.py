"""Errors are pages of the site that say what to do."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from core.accounts.domain import Anonymous
from core.errors import InvalidInput, Refused
from cryptopulse import pages
from tests.builders import a_user, signed_in


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
    assert "This page was not found" in response.content.decode()


def test_a_refusal_says_why(request_of_a_visitor: HttpRequest) -> None:
    response = pages.refused(request_of_a_visitor, Refused("daily_limit", "Only 5.00 is left <today>."))
    assert response.status_code == 409
    assert "Only 5.00 is left &lt;today&gt;." in response.content.decode()


def test_a_request_that_makes_no_sense_says_why_where_it_is_known(request_of_a_visitor: HttpRequest) -> None:
    known = pages.bad_request(request_of_a_visitor, InvalidInput({}, "This page link is too old."))
    unknown = pages.bad_request(request_of_a_visitor)
    assert known.status_code == unknown.status_code == 400
    assert "This page link is too old. Go back" in known.content.decode()
    assert "could not be read. Go back" in unknown.content.decode()


def test_a_form_without_its_token_says_to_reload() -> None:
    response = Client(enforce_csrf_checks=True).post("/sample/")
    assert response.status_code == 403
    assert "reload the page and send the form again" in response.content.decode()


def test_a_role_that_is_not_enough(request_of_a_visitor: HttpRequest) -> None:
    response = pages.forbidden(request_of_a_visitor)
    assert response.status_code == 403
    assert "Your role does not allow this." in response.content.decode()


def test_a_fault_of_ours_names_the_request(request_of_a_visitor: HttpRequest) -> None:
    response = pages.server_error(request_of_a_visitor)
    assert response.status_code == 500
    assert "Internal error" in response.content.decode()


def test_a_store_that_cannot_answer_says_when_to_try_again(request_of_a_visitor: HttpRequest) -> None:
    response = pages.unavailable(request_of_a_visitor)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "sending the same form again is safe" in response.content.decode()
