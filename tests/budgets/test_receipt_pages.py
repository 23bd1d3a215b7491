"""Receipts on pages and by the API: who may see them, for how long, and with which headers."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from budgets import selectors, services
from budgets.domain.expense import Expense, Receipt
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured
from cryptopulse.options.private_files import storage_of
from tests import s3
from tests.budgets.builders import spent
from tests.budgets.receipt_files import a_pdf, a_picture
from tests.builders import api_client, signed_in
from tests.times import NOON, at

pytestmark = pytest.mark.usefixtures("noon")

HOUR = timedelta(hours=1)
MIB = 1024 * 1024


def a_file(content: bytes = b"", name: str = "bill.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or a_picture(), content_type)


def page_of(expense: Expense) -> str:
    return f"/budgets/expenses/{expense.expense_id}/receipt/"


def api_of(expense: Expense) -> str:
    return f"/api/v1/expenses/{expense.expense_id}/receipt/"


def put(client: APIClient, expense: Expense, file: SimpleUploadedFile | None = None) -> Any:
    return client.put(api_of(expense), {"file": file or a_file()}, format="multipart")


def receipt_now(user: User, expense: Expense) -> Receipt | None:
    return selectors.expense_get(user.username, expense.expense_id).receipt


def whole(response: Any) -> bytes:
    """The content of a file that is sent in pieces."""
    return b"".join(response.streaming_content)


class TestPages:
    def test_attach_view_replace_undo_remove_undo(self, alice: User) -> None:
        browser, expense = signed_in(alice), spent(alice)

        page = browser.post(page_of(expense), {"file": a_file()}, follow=True).content.decode()
        assert "bill.jpg" in page
        assert whole(browser.get(page_of(expense), follow=True)) == a_picture()

        page = browser.post(page_of(expense), {"file": a_file(a_pdf(), "bill.pdf")}, follow=True).content.decode()
        assert "bill.pdf" in page
        assert whole(browser.get(page_of(expense), follow=True)) == a_pdf()
        browser.post(_undo_in(page))
        assert whole(browser.get(page_of(expense), follow=True)) == a_picture()

        page = browser.post(f"{page_of(expense)}remove/", follow=True).content.decode()
        assert "bill.jpg" not in page
        assert browser.get(page_of(expense)).status_code == 404
        page = browser.post(_undo_in(page), follow=True).content.decode()
        assert "bill.jpg" in page
        assert whole(browser.get(page_of(expense), follow=True)) == a_picture()

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({}, "Choose a file first."),
            ({"file": "words"}, "Choose a file first."),
            ({"file": a_file(b"<html><script>alert(1)</script>")}, "This is not a JPEG, PNG, GIF or PDF"),
            ({"file": a_file(a_picture() + b"\0" * (10 * MIB))}, "This file is larger than 10 MB."),
            ({"file": SimpleUploadedFile("bill.jpg", b"")}, "This file is empty."),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, alice: User, sent: dict[str, Any], sentence: str) -> None:
        expense = spent(alice)
        response = signed_in(alice).post(page_of(expense), sent)
        assert response.status_code == 422
        page = response.content.decode()
        assert sentence in page
        assert 'aria-invalid="true"' in page
        assert receipt_now(alice, expense) is None

    def test_the_list_and_the_expense_show_that_there_is_one(self, alice: User) -> None:
        expense = spent(alice)
        browser = signed_in(alice)
        browser.post(page_of(expense), {"file": a_file(name="<b>bill</b>.jpg")})
        assert "with receipt" in browser.get("/budgets/expenses/").content.decode()
        page = browser.get(f"/budgets/expenses/{expense.expense_id}/").content.decode()
        assert "<b>bill" not in page
        assert "Remove the receipt" in page

    def test_requests(self, alice: User) -> None:
        browser, expense = signed_in(alice), spent(alice)
        counted = {}
        acts: dict[str, Callable[[], Any]] = {
            "attach": lambda: browser.post(page_of(expense), {"file": a_file()}),
            "lead to it": lambda: browser.get(page_of(expense)),
            "remove": lambda: browser.post(f"{page_of(expense)}remove/"),
        }
        for name, act in acts.items():
            with measured() as usage:
                act()
            counted[name] = usage.without("Sessions", "Users").requests
        assert counted == {"attach": 4, "lead to it": 1, "remove": 2}


class TestApi:
    def test_put_get_delete(self, alice: User) -> None:
        client, expense = api_client(alice), spent(alice)

        answer = put(client, expense, a_file(a_pdf(), "my bill.PDF", "image/png"))
        assert answer.status_code == 200
        said = {"name": "my bill.pdf", "content_type": "application/pdf", "size": len(a_pdf())}
        assert answer.json() == {**said, "uploaded_at": "2026-11-20T12:00:00.000Z"}

        link = client.get(api_of(expense)).json()
        assert link == {**said, "url": link["url"], "expires_at": "2026-11-20T13:00:00.000Z"}
        assert link["url"].startswith("http://testserver/budgets/receipts/")
        assert whole(Client().get(urlsplit(link["url"]).path)) == a_pdf()

        assert client.delete(api_of(expense)).status_code == 204
        assert client.get(api_of(expense)).status_code == 404
        assert client.delete(api_of(expense)).status_code == 404

    def test_sent_twice_it_is_one(self, alice: User) -> None:
        client, expense = api_client(alice), spent(alice)
        first, second = put(client, expense).json(), put(client, expense).json()
        assert first == second

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "file"),
            ({"file": "words"}, "file"),
            ({"file": a_file(b"MZ, a program")}, "file"),
            ({"file": SimpleUploadedFile("bill.jpg", b"")}, "file"),
            ({"file": a_file(), "name": "x"}, "name"),
        ],
    )
    def test_bad_bodies_are_reported_by_field(self, alice: User, body: dict[str, Any], field: str) -> None:
        expense = spent(alice)
        answer = api_client(alice).put(api_of(expense), body, format="multipart")
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid"
        assert list(answer.json()["errors"]) == [field]
        assert receipt_now(alice, expense) is None

    def test_another_content_type_is_refused(self, alice: User) -> None:
        answer = api_client(alice).put(api_of(spent(alice)), {"file": "x"}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")

    def test_a_key_that_only_reads_may_not_write(self, alice: User) -> None:
        expense = spent(alice)
        client = api_client(alice, "read")
        assert put(client, expense).json()["code"] == "scope_too_narrow"
        assert client.delete(api_of(expense)).json()["code"] == "scope_too_narrow"


class TestWhose:
    def test_nobody_sees_or_changes_that_of_another(self, alice: User, bob: User) -> None:
        expense = spent(bob)
        put(api_client(bob), expense)
        before = receipt_now(bob, expense)
        browser, client = signed_in(alice), api_client(alice)
        page = page_of(expense)
        answers = [
            browser.get(page),
            browser.post(page, {"file": a_file()}),
            browser.post(f"{page}remove/"),
            browser.post(f"{page}restore/{before.key.rpartition('/')[2]}/"),  # type: ignore[union-attr]
            client.get(api_of(expense)),
            put(client, expense),
            client.delete(api_of(expense)),
        ]
        assert [answer.status_code for answer in answers] == [404] * len(answers)
        assert receipt_now(bob, expense) == before

    def test_who_is_signed_in_cannot_use_the_link_of_another(self, alice: User, bob: User) -> None:
        expense = spent(bob)
        put(api_client(bob), expense)
        path = signed_in(bob).get(page_of(expense))["Location"]
        assert signed_in(alice).get(path).status_code == 404
        assert signed_in(bob).get(path).status_code == 200

    def test_a_visitor_is_sent_to_sign_in(self, alice: User) -> None:
        assert Client().get(page_of(spent(alice))).status_code == 302
        assert APIClient().get(api_of(spent(alice))).status_code == 401


class TestLinks:
    @pytest.fixture
    def path(self, alice: User) -> str:
        """The link to a receipt, made at noon."""
        expense = spent(alice)
        put(api_client(alice), expense)
        return str(signed_in(alice).get(page_of(expense))["Location"])

    def test_is_good_for_an_hour(self, path: str) -> None:
        with at(NOON + HOUR - timedelta(seconds=1)):
            assert Client().get(path).status_code == 200
        with at(NOON + HOUR):
            response = Client().get(path)
        assert response.status_code == 410
        assert "expired" in response.content.decode()

    @pytest.mark.parametrize("alter", [lambda token: token[:-2], lambda token: f"x{token}", lambda token: "x"])
    def test_altered_it_says_so(self, path: str, alter: Any) -> None:
        token = path.rstrip("/").rpartition("/")[2]
        response = Client().get(f"/budgets/receipts/{alter(token)}/")
        assert response.status_code == 404
        assert "not valid" in response.content.decode()

    def test_what_was_signed_for_something_else_is_no_link(self, path: str) -> None:
        token = Signer(salt="something else").sign_object({"owner": "alice"})
        assert "not valid" in Client().get(f"/budgets/receipts/{token}/").content.decode()

    def test_ends_when_the_receipt_is_removed_or_replaced(self, alice: User) -> None:
        client = api_client(alice)
        for end in (lambda each: client.delete(api_of(each)), lambda each: put(client, each, a_file(a_pdf()))):
            expense = spent(alice)
            put(client, expense)
            path = urlsplit(client.get(api_of(expense)).json()["url"]).path
            assert Client().get(path).status_code == 200
            end(expense)
            assert Client().get(path).status_code == 404

    def test_ends_with_the_expense(self, alice: User) -> None:
        expense = spent(alice)
        put(api_client(alice), expense)
        path = signed_in(alice).get(page_of(expense))["Location"]
        services.expense_delete(alice, expense.expense_id)
        assert Client().get(path).status_code == 404

    def test_the_link_asks_the_store_once(self, path: str) -> None:
        with measured() as usage:
            assert whole(Client().get(path)) == a_picture()
        assert usage.requests == 1


class TestHeaders:
    @pytest.mark.parametrize(
        ("content", "content_type", "disposition"),
        [
            (a_picture("PNG"), "image/png", 'inline; filename="bill.png"'),
            (a_pdf(), "application/pdf", 'attachment; filename="bill.pdf"'),
        ],
    )
    def test_a_file_is_what_it_is_and_nothing_runs(
        self, alice: User, content: bytes, content_type: str, disposition: str
    ) -> None:
        expense = spent(alice)
        put(api_client(alice), expense, a_file(content, "bill", "text/html"))
        response = signed_in(alice).get(page_of(expense), follow=True, headers={"accept-encoding": "gzip"})
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == disposition
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        assert response["Content-Length"] == str(len(content))
        assert "Content-Encoding" not in response.headers
        assert whole(response) == content

    def test_a_name_of_another_script_arrives(self, alice: User) -> None:
        expense = spent(alice)
        put(api_client(alice), expense, a_file(name="領収書.jpg"))
        disposition = signed_in(alice).get(page_of(expense), follow=True)["Content-Disposition"]
        assert disposition == "inline; filename*=utf-8''%E9%A0%98%E5%8F%8E%E6%9B%B8.jpg"


class TestS3:
    @pytest.fixture(autouse=True)
    def bucket(self, settings: Settings) -> Iterator[None]:
        with s3.a_bucket() as name:
            settings.STORAGES = {
                **settings.STORAGES,
                "private": storage_of(f"s3://{name}/private?region={s3.REGION}", Path("/")),
            }
            yield

    def test_links_lead_to_the_bucket_for_an_hour(self, alice: User) -> None:
        client, expense = api_client(alice), spent(alice)
        put(client, expense, a_file(a_pdf(), "bill.pdf"))
        link = client.get(api_of(expense)).json()
        assert urlsplit(link["url"]).hostname != "testserver"
        assert "X-Amz-Expires=3600" in link["url"]
        assert link["expires_at"] == "2026-11-20T13:00:00.000Z"
        content, headers = s3.fetched(link["url"])
        assert content == a_pdf()
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Content-Disposition"] == 'attachment; filename="bill.pdf"'
        assert signed_in(alice).get(page_of(expense))["Location"].startswith("https://")

    def test_removed_and_restored(self, alice: User) -> None:
        browser, expense = signed_in(alice), spent(alice)
        browser.post(page_of(expense), {"file": a_file()})
        page = browser.post(f"{page_of(expense)}remove/", follow=True).content.decode()
        browser.post(_undo_in(page))
        content, _ = s3.fetched(browser.get(page_of(expense))["Location"])
        assert content == a_picture()

    def test_a_bucket_that_is_out_of_reach_is_reported_as_such(self, alice: User, settings: Settings) -> None:
        address = "s3://receipts?region=eu-central-1&endpoint=http://127.0.0.1:9"
        settings.STORAGES = {**settings.STORAGES, "private": storage_of(address, Path("/"))}
        expense = spent(alice)
        answer = put(api_client(alice), expense)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert receipt_now(alice, expense) is None


def test_an_id_that_is_none_is_not_found(alice: User) -> None:
    for expense_id in ("x", new_id(), "%00"):
        assert signed_in(alice).get(f"/budgets/expenses/{expense_id}/receipt/").status_code == 404
        assert api_client(alice).get(f"/api/v1/expenses/{expense_id}/receipt/").status_code == 404


def _undo_in(page: str) -> str:
    """Where the button Undo of a page posts to."""
    return (
        page.partition("restore/")[0].rpartition('"')[2] + "restore/" + page.partition("restore/")[2].partition('"')[0]
    )
