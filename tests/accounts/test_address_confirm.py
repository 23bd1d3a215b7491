"""An address is proved by a link that was mailed there; until then it blocks nobody else who can prove it."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from core import clock
from core.accounts.selectors import find_reservation, holder_of, user_get
from core.accounts.services import (
    account_erase,
    address_link_request,
    email_change,
    password_reset_request,
    role_grant,
    status_set,
    user_sign_up,
)
from core.errors import Refused, TooOften
from core.storage import Store, measured
from tests.accounts.mails import link_in, links_to, send_all, token_of
from tests.builders import PASSWORD, a_newcomer, a_user, api_client, signed_in

ADDRESS = "alice@example.com"
FORM = {"username": "alice", "email": ADDRESS, "password": PASSWORD, "account": "empty", "home_currency": "usd"}


@pytest.mark.every_backend
def test_signing_up_mails_a_link_that_confirms(client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post("/sign-up/", FORM)
    assert not user_get("alice").email_confirmed
    [link] = links_to(mailoutbox, ADDRESS)
    visitor = Client()
    assert visitor.get(link).status_code == 200
    assert not user_get("alice").email_confirmed
    assert visitor.post(link).status_code == 200
    assert user_get("alice").email_confirmed
    held = find_reservation(ADDRESS)
    assert held is not None
    assert (held.username, held.unconfirmed_since) == ("alice", None)
    assert visitor.post(link).status_code == 200


def test_nothing_is_blocked_without_it(client: Client) -> None:
    a_newcomer()
    for identifier in ("alice", ADDRESS):
        assert Client().post("/sign-in/", {"identifier": identifier, "password": PASSWORD}).status_code == 302
    browser = signed_in(user_get("alice"))
    for page in ("/", "/settings/", "/settings/email/", "/alerts/", "/portfolio/"):
        assert browser.get(page).status_code == 200


def test_an_address_that_another_named_costs_two_requests_more_and_gets_the_same_answer(client: Client) -> None:
    a_newcomer("bob")
    requests, answers = [], []
    for username, email in (("alice", ADDRESS), ("carol", "bob@example.com")):
        body = {"username": username, "email": email, "password": PASSWORD}
        with measured() as usage:
            answer = client.post("/api/v1/auth/register/", body, content_type="application/json")
        requests.append(usage.requests)
        answers.append((answer.status_code, set(answer.json())))
    assert requests[1] == requests[0] + 2
    assert answers[0] == answers[1]


def test_a_link_that_is_too_old_changed_or_of_another_purpose_is_void(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    a_newcomer()
    a_user("bob")
    [link] = links_to(mailoutbox, ADDRESS)
    client.post("/password-reset/", {"email": "bob@example.com"})
    [reset] = links_to(mailoutbox, "bob@example.com")
    for wrong in (link[:-2] + "x/", "/confirm-address/x/", f"/revert-address/{token_of(link)}/"):
        assert client.post(wrong).status_code == 410
    assert client.post(f"/confirm-address/{token_of(reset)}/").status_code == 410
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert client.post(link).status_code == 410
    assert not user_get("alice").email_confirmed


def test_a_link_of_an_address_that_was_left_or_of_an_older_password_is_void(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    alice = a_newcomer()
    [link] = links_to(mailoutbox, ADDRESS)
    signed_in(alice).post(
        "/settings/password/", {"current_password": PASSWORD, "new_password": "another-long-passphrase"}
    )
    assert client.post(link).status_code == 410
    email_change(user_get("alice"), password="another-long-passphrase", email="new@example.com")
    assert client.post(link).status_code == 410
    [new] = links_to(mailoutbox, "new@example.com")
    assert client.post(new).status_code == 200


def test_who_proves_an_address_has_it_whoever_named_it_first(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer("mallory", email=ADDRESS)
    a_newcomer("alice", email=ADDRESS)
    send_all()
    mallorys, alices = (
        link_in(next(mail for mail in mailoutbox if f"account {name}" in mail.body)) for name in ("mallory", "alice")
    )
    assert client.post(alices).status_code == 200
    assert holder_of(ADDRESS) == "alice"
    lost = client.post(mallorys)
    assert lost.status_code == 409
    assert not user_get("mallory").email_confirmed
    assert client.post("/sign-in/", {"identifier": ADDRESS, "password": PASSWORD}).status_code == 302
    page = signed_in(user_get("mallory")).get("/settings/email/").content.decode()
    assert "Choose another address" in page
    with pytest.raises(Refused) as refused:
        address_link_request(user_get("mallory"))
    assert refused.value.code == "email_taken"
    with pytest.raises(Refused) as taken:
        a_newcomer("carol", email=ADDRESS)
    assert taken.value.code == "email_taken"


def test_an_unproved_address_gives_way_after_a_week(mailoutbox: list[EmailMessage]) -> None:
    a_newcomer("mallory", email=ADDRESS)
    with time_machine.travel(clock.now() + timedelta(days=6)):
        a_newcomer("early", email=ADDRESS)
        assert holder_of(ADDRESS) == "mallory"
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        a_newcomer("alice", email=ADDRESS)
        assert holder_of(ADDRESS) == "alice"


def test_a_reset_proves_the_address_by_which_it_came(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    client.post("/password-reset/", {"email": ADDRESS})
    send_all()
    [reset] = [link for link in links_to(mailoutbox, ADDRESS) if "/password-reset/" in link]
    assert client.post(reset, {"new_password": "another-long-passphrase"}).status_code == 302
    assert user_get("alice").email_confirmed
    held = find_reservation(ADDRESS)
    assert held is not None
    assert held.unconfirmed_since is None


def test_a_reset_of_an_address_that_another_proved_meanwhile_changes_the_password_alone(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    a_newcomer("mallory", email=ADDRESS)
    client.post("/password-reset/", {"email": ADDRESS})
    [reset] = [link for link in links_to(mailoutbox, ADDRESS) if "/password-reset/" in link]
    mailoutbox.clear()
    a_newcomer("alice", email=ADDRESS)
    client.post(links_to(mailoutbox, ADDRESS)[-1])
    assert user_get("alice").email_confirmed
    assert client.post(reset, {"new_password": "another-long-passphrase"}).status_code == 302
    assert not user_get("mallory").email_confirmed
    assert holder_of(ADDRESS) == "alice"


def test_the_link_is_mailed_again_five_times_within_300_seconds(mailoutbox: list[EmailMessage]) -> None:
    alice = a_newcomer()
    browser = signed_in(alice)
    for _ in range(4):
        assert browser.post("/settings/email/link/").status_code == 302
    address_link_request(alice)
    with pytest.raises(TooOften) as refused:
        address_link_request(alice)
    assert refused.value.code == "too_many_links"
    assert len(links_to(mailoutbox, ADDRESS)) == 5


def test_many_accounts_cannot_fill_one_mailbox(mailoutbox: list[EmailMessage]) -> None:
    for number in range(8):
        a_newcomer(f"user{number}", email=ADDRESS)
    assert len(links_to(mailoutbox, ADDRESS)) == 5


def test_closing_accounts_is_no_way_around_the_limits_of_an_address(mailoutbox: list[EmailMessage]) -> None:
    for number in range(8):
        name = f"user{number}"
        a_newcomer(name, email=ADDRESS)
        password_reset_request(ADDRESS)
        send_all()
        account_erase(name)
    sent = Counter(mail.subject for mail in mailoutbox)
    assert sorted(sent.values()) == [5, 5]


def test_the_api_shows_mails_again_and_confirms(mailoutbox: list[EmailMessage], client: Client) -> None:
    alice = a_newcomer()
    program, reader = api_client(alice), api_client(alice, "read")
    assert program.get("/api/v1/auth/me/").json()["email_confirmed"] is False
    assert reader.post("/api/v1/auth/me/address-link/").status_code == 403
    assert client.post("/api/v1/auth/me/address-link/").status_code == 401
    assert program.post("/api/v1/auth/me/address-link/").status_code == 204
    first, second = links_to(mailoutbox, ADDRESS)
    body = {"token": token_of(second)}
    confirm = "/api/v1/auth/confirm-address/"
    assert client.post(confirm, {"token": "x"}, content_type="application/json").json()["code"] == "link_void"
    assert client.post(confirm, body, content_type="application/json").status_code == 204
    assert client.post(confirm, {"token": token_of(first)}, content_type="application/json").status_code == 204
    assert program.get("/api/v1/auth/me/").json()["email_confirmed"] is True
    assert program.post("/api/v1/auth/me/address-link/").json()["code"] == "email_confirmed"


def test_nobody_confirms_with_the_token_of_another(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    a_newcomer("bob")
    [link] = links_to(mailoutbox, "bob@example.com")
    client.post(link)
    assert (user_get("bob").email_confirmed, user_get("alice").email_confirmed) == (True, False)


def test_one_that_waits_for_approval_may_confirm_and_a_suspended_one_gets_no_link(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    a_newcomer()
    status_set("alice", "pending")
    a_newcomer("bob")
    status_set("bob", "suspended")
    assert links_to(mailoutbox, "bob@example.com") == []
    [link] = links_to(mailoutbox, ADDRESS)
    assert client.post(link).status_code == 200
    assert user_get("alice").status == "pending"


def test_a_sample_has_nothing_to_confirm(mailoutbox: list[EmailMessage]) -> None:
    sample = user_sign_up("sample_1", "sample_1@sample.invalid", PASSWORD, account="sample")
    send_all()
    assert sample.email_confirmed
    assert mailoutbox == []


def test_the_staff_sees_whether_an_address_is_confirmed() -> None:
    a_newcomer()
    a_user("boss")
    boss = role_grant("boss", "admin")
    page = signed_in(boss).get(reverse("staff:user", args=["alice"])).content.decode()
    assert "not confirmed" in page
    assert api_client(boss).get("/api/v1/staff/users/alice/").json()["email_confirmed"] is False
    assert "not confirmed" not in signed_in(boss).get(reverse("staff:user", args=["boss"])).content.decode()


def test_closing_gives_back_what_is_its_own_alone(store: Store) -> None:
    a_newcomer("mallory", email=ADDRESS)
    a_newcomer("alice", email=ADDRESS)
    account_erase("alice")
    assert holder_of(ADDRESS) == "mallory"
    account_erase("mallory")
    assert find_reservation(ADDRESS) is None


@pytest.mark.parametrize(
    ("backend", "words"),
    [("console", "printed in the terminal"), ("filebased", "in the folder /tmp/mail")],
)
def test_with_mail_that_stays_here_the_page_says_where_the_link_is(
    settings: LazySettings, client: Client, backend: str, words: str
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = "/tmp/mail"
    client.post("/sign-up/", FORM)
    assert words in client.get("/settings/").content.decode()
    assert words in client.get("/settings/email/").content.decode()


def test_a_visitor_from_elsewhere_learns_no_folder_of_the_machine(settings: LazySettings, client: Client) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/tmp/mail"
    settings.PUBLIC_URL = "https://pulse.example.com"
    client.post("/sign-up/", FORM)
    page = client.get("/settings/email/").content.decode()
    assert "/tmp/mail" not in page
    assert "EMAIL_URL" in page
