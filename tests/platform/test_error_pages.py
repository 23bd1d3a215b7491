"""Errors reach people as pages that say what to do, and clients of the API as problems; never as a traceback."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

PAGES = [
    ("invalid", 400, "too little"),
    ("refused", 409, "this costs 6.00"),
    ("not-permitted", 403, "Error 403"),
    ("not-found", 404, "Error 404"),
    ("cursor", 400, "Error 400"),
    ("busy", 503, "nothing was changed"),
    ("too-much", 503, "7 seconds"),
    ("answer-lost", 503, "may or may not"),
    ("fault", 500, "Error 500"),
    ("unknown", 500, "Error 500"),
]


@pytest.fixture(autouse=True)
def failing_views(settings: Settings) -> None:
    """The product with views that fail."""
    settings.ROOT_URLCONF = "tests.platform.addresses"


@pytest.fixture
def browser() -> Client:
    """A client that is shown what a person would be, also for faults of ours."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("how", "status", "sentence"), PAGES)
def test_a_person_sees_a_page(browser: Client, how: str, status: int, sentence: str) -> None:
    answer = browser.get(f"/fail/{how}/")
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("not-found", 404, "not_found"),
        ("busy", 503, "unavailable"),
        ("fault", 500, "error"),
        ("cursor", 400, "malformed"),
    ],
)
def test_below_api_the_answer_is_a_problem(browser: Client, how: str, status: int, code: str) -> None:
    answer = browser.get(f"/api/fail/{how}/")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.mark.parametrize("path", ["/fail/busy/", "/api/fail/busy/"])
def test_a_busy_store_says_when_to_come_back(browser: Client, path: str) -> None:
    assert int(browser.get(path)["Retry-After"]) > 0


def test_a_site_with_too_much_to_do_says_when_to_come_back(browser: Client) -> None:
    assert browser.get("/fail/too-much/")["Retry-After"] == "7"


def test_a_fault_names_its_request(browser: Client) -> None:
    answer = browser.get("/fail/fault/", headers={"X-Request-ID": "my-request-1"})
    assert "my-request-1" in answer.content.decode()


@pytest.mark.parametrize("path", ["/no/such/page/", "/api/v1/no/such/thing/"])
def test_an_address_that_is_not_there(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert ("application/problem+json" in answer["Content-Type"]) == path.startswith("/api/")


@pytest.mark.usefixtures("store_out_of_reach")
class TestStoreOutOfReach:
    """The store fails before the view is reached: in the middleware that reads the session."""

    def test_a_page(self, browser: Client, settings: Settings) -> None:
        browser.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        answer = browser.get("/portfolio/")
        assert answer.status_code == 503
        assert "nothing was changed" in answer.content.decode()

    def test_the_api(self, browser: Client, settings: Settings) -> None:
        browser.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        answer = browser.get("/api/v1/portfolio/")
        assert answer.status_code == 503
        assert answer.json()["code"] == "unavailable"
