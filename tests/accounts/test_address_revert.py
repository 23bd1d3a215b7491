"""Who had an account's address learns of a change, and may take it back for a week, whatever was changed since."""

from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client

from core.accounts.domain import User
from core.accounts.selectors import find_reservation, holder_of, user_get
from core.accounts.services import account_erase, email_change, status_set
from core.accounts.tables import RESERVATIONS
from core.errors import Refused
from core.storage import Store
from tests.accounts.mails import links_to, send_all, token_of
from tests.builders import PASSWORD, a_newcomer, a_user, signed_in
from tests.reconciling.books import found

A, B, C = "alice@example.com", "b@example.com", "c@example.com"
WEEK = timedelta(days=7)


def change(email: str, username: str = "alice") -> User:
    return email_change(user_get(username), password=PASSWORD, email=email)


def confirm(client: Client, mailoutbox: list[EmailMessage], address: str) -> None:
    link = [each for each in links_to(mailoutbox, address) if "/confirm-address/" in each][-1]
    assert client.post(link).status_code == 200


def reverts_to(mailoutbox: list[EmailMessage], address: str) -> list[str]:
    return [link for link in links_to(mailoutbox, address) if "/revert-address/" in link]


def code_of(email: str, username: str) -> str:
    with pytest.raises(Refused) as refused:
        change(email, username)
    return refused.value.code


@pytest.mark.every_backend
def test_the_old_address_gets_a_mail_and_undoes_the_change(client: Client, mailoutbox: list[EmailMessage]) -> None:
    browser = signed_in(a_user())
    browser.post("/settings/email/", {"email": B, "password": PASSWORD})
    assert not user_get("alice").email_confirmed
    [link] = reverts_to(mailoutbox, A)
    assert B not in str(mailoutbox[0].body)
    assert client.get(link).status_code == 200
    assert user_get("alice").email == B
    answer = client.post(link)
    assert answer.status_code == 200
    alice = user_get("alice")
    assert (alice.email, alice.email_confirmed, alice.kept_addresses) == (A, True, ())
    assert browser.get("/settings/").status_code == 302
    assert client.get("/settings/").status_code == 302
    assert holder_of(A) == "alice"
    assert find_reservation(B) is None


def test_the_browser_of_the_account_sees_the_page_of_a_visitor(mailoutbox: list[EmailMessage]) -> None:
    browser = signed_in(a_user())
    change(B)
    [link] = reverts_to(mailoutbox, A)
    page = browser.post(link).content.decode()
    assert "member" not in page.partition("<body")[2].partition(">")[0]
    assert "cryptopulse_session" not in browser.cookies or not browser.cookies["cryptopulse_session"].value


def test_another_users_browser_stays_signed_in(mailoutbox: list[EmailMessage]) -> None:
    a_user()
    change(B)
    [link] = reverts_to(mailoutbox, A)
    bob = signed_in(a_user("bob"))
    assert bob.post(link).status_code == 200
    assert bob.get("/settings/").status_code == 200


def test_a_link_is_good_once_and_for_a_week(
    client: Client, mailoutbox: list[EmailMessage], traveller: time_machine.Traveller
) -> None:
    a_user()
    change(B)
    [link] = reverts_to(mailoutbox, A)
    assert client.post(link).status_code == 200
    assert client.post(link).status_code == 410
    traveller.shift(timedelta(seconds=1))
    change(B)
    assert client.post(link).status_code == 410
    new = reverts_to(mailoutbox, A)[-1]
    traveller.shift(WEEK)
    assert client.post(new).status_code == 410


def test_it_holds_whatever_the_thief_changes_next(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    change(B)
    [link] = reverts_to(mailoutbox, A)
    confirm(client, mailoutbox, B)
    thief = signed_in(user_get("alice"))
    thief.post("/settings/password/", {"current_password": PASSWORD, "new_password": "a-thief-s-passphrase"})
    email_change(user_get("alice"), password="a-thief-s-passphrase", email=C)
    confirm(client, mailoutbox, C)
    status_set("alice", "suspended")
    [thiefs] = reverts_to(mailoutbox, B)
    assert client.post(link).status_code == 200
    alice = user_get("alice")
    assert (alice.email, alice.status, alice.kept_addresses) == (A, "suspended", ())
    assert (find_reservation(B), find_reservation(C)) == (None, None)
    assert client.post(thiefs).status_code == 410
    assert user_get("alice").email == A


def test_an_earlier_address_stays_good_after_a_later_one_took_a_change_back(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    a_user()
    change(B)
    confirm(client, mailoutbox, B)
    change(C)
    [to_b], [to_a] = reverts_to(mailoutbox, B), reverts_to(mailoutbox, A)
    assert client.post(to_b).status_code == 200
    assert user_get("alice").email == B
    assert client.post(to_a).status_code == 200
    assert user_get("alice").email == A


def test_going_back_and_forth_within_the_week(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    change(B)
    confirm(client, mailoutbox, B)
    back = change(A)
    assert (back.email, back.email_confirmed, back.kept_addresses) == (A, True, ())
    send_all()
    assert [mail.to for mail in mailoutbox if "removed from" in mail.subject] == [[B]]
    assert reverts_to(mailoutbox, B) == []
    change(B)
    assert not user_get("alice").email_confirmed
    assert [kept.email for kept in user_get("alice").kept_addresses] == [A]


def test_a_kept_address_is_nobody_elses_for_a_week(
    client: Client, mailoutbox: list[EmailMessage], traveller: time_machine.Traveller
) -> None:
    a_user()
    a_user("bob")
    change(B)
    assert code_of(A, "bob") == "email_taken"
    with pytest.raises(Refused) as refused:
        a_newcomer("carol", email=A)
    assert refused.value.code == "email_taken"
    client.post("/password-reset/", {"email": A})
    assert [link for link in links_to(mailoutbox, A) if "/password-reset/" in link] == []
    traveller.shift(WEEK + timedelta(seconds=1))
    change(A, "bob")
    assert holder_of(A) == "bob"
    confirm(client, mailoutbox, A)
    assert code_of(A, "alice") == "email_taken"
    assert client.post(reverts_to(mailoutbox, A)[0]).status_code == 410


def test_an_address_kept_for_longer_than_a_week_waits_to_be_proved_again(
    mailoutbox: list[EmailMessage], traveller: time_machine.Traveller
) -> None:
    a_user()
    change(B)
    traveller.shift(WEEK + timedelta(seconds=1))
    back = change(A)
    assert (back.email, back.email_confirmed, back.kept_addresses) == (A, False, ())


def test_five_addresses_are_kept_at_most(
    client: Client, mailoutbox: list[EmailMessage], traveller: time_machine.Traveller
) -> None:
    a_user()
    for number in range(5):
        traveller.shift(timedelta(minutes=6))
        change(f"a{number}@example.com")
        confirm(client, mailoutbox, f"a{number}@example.com")
    traveller.shift(timedelta(minutes=6))
    assert code_of(C, "alice") == "email_changes"
    assert user_get("alice").email == "a4@example.com"


def test_nobody_mails_many_addresses_by_naming_them(mailoutbox: list[EmailMessage]) -> None:
    browser = signed_in(a_newcomer())
    for number in range(8):
        browser.post("/settings/email/", {"email": f"victim{number}@example.com", "password": PASSWORD})
    send_all()
    assert user_get("alice").email == "victim4@example.com"


def test_an_address_that_was_not_proved_gets_no_mail(mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    change(B)
    assert reverts_to(mailoutbox, A) == []
    assert user_get("alice").kept_addresses == ()


def test_another_account_of_the_same_name_is_not_reached_by_an_old_link(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    a_user()
    a_user("bob")
    change(B)
    [link] = reverts_to(mailoutbox, A)
    account_erase("alice")
    a_user(email=C)
    for wrong in (link, link[:-3] + "xx/", f"/confirm-address/{token_of(link)}/"):
        assert client.post(wrong).status_code == 410
    assert (user_get("alice").email, user_get("bob").email) == (C, "bob@example.com")


def test_closing_leaves_no_reservation(store: Store, client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    change(B)
    confirm(client, mailoutbox, B)
    change(C)
    account_erase("alice")
    assert list(store.dump(RESERVATIONS)) == []


def test_what_is_reserved_agrees_throughout(store: Store, client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    a_newcomer("bob")
    for email in (B, C, A, B):
        change(email)
        send_all()
        assert [each for each in found(store) if "address" in each.rule] == []
