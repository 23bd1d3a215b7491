"""What a mail says."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage

from alerts.domain.kinds import TRAITS, NotificationKind
from alerts.presentation import budgets
from alerts.services import alert_delete, alert_test, deliver_due
from alerts.tables import NOTIFICATIONS
from core import clock
from core.accounts.domain import User
from core.ids import new_id
from core.storage import Store
from market.services import ticks_record
from tests.alerts.builders import an_alert, prices_move
from tests.market.builders import a_tick


def test_it_names_asset_price_threshold_time_source_and_page(
    alice: User, mailoutbox: list[EmailMessage], settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "https://pulse.example"
    alert = an_alert(alice, ">=", "110.5", note="Sell half.")
    prices_move("111.25")
    deliver_due()
    (message,) = mailoutbox
    assert message.subject == "Bitcoin price at or above 110.50"
    for part in ("Bitcoin (BTC)", "111.25 USD", "at or above 110.50 USD", "Sell half.", "UTC", "Source: test"):
        assert part in message.body
    assert f"https://pulse.example/alerts/{alert.alert_id}/" in message.body
    assert "late" not in message.body


def test_its_id_is_the_alert_and_the_number_of_the_firing(
    alice: User, mailoutbox: list[EmailMessage], settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "https://pulse.example:8443"
    alert = an_alert(alice, every=True, cooldown=0)
    prices_move("111", "100", "111")
    deliver_due()
    ids = [message.extra_headers["Message-ID"] for message in mailoutbox]
    assert sorted(ids) == [f"<{alert.alert_id}.{number}@pulse.example>" for number in (1, 2)]


@pytest.mark.parametrize(("price_now", "holds"), [("112", "still met"), ("90", "not met")])
def test_a_late_one_says_how_late_and_whether_it_still_holds(
    alice: User, mailoutbox: list[EmailMessage], price_now: str, holds: str
) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        an_alert(alice)
        prices_move("111")
        traveller.shift(timedelta(minutes=12, seconds=1))
        ticks_record([a_tick(price_now, clock.now())])
        deliver_due()
    for part in ("12 min late", f"{price_now}.00 USD", holds):
        assert part in mailoutbox[0].body


def test_a_late_one_of_a_deleted_alert_names_the_price_alone(alice: User, mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        alert = an_alert(alice)
        prices_move("111")
        alert_delete(alice, alert.alert_id)
        traveller.shift(timedelta(hours=2))
        deliver_due()
    assert "late. The price is now 111.00 USD.\n" in mailoutbox[0].body


def test_a_replay_of_long_ago_is_not_late(alice: User, mailoutbox: list[EmailMessage]) -> None:
    at = clock.now() - timedelta(days=200)
    for number, price in enumerate(("100", "111")):
        ticks_record([a_tick(price, at + timedelta(seconds=number), source="replay:test")])
        if not number:
            an_alert(alice)
    prices_move("112")
    deliver_due()
    assert mailoutbox
    assert "late" not in mailoutbox[0].body


def test_what_the_user_wrote_is_marked_and_never_the_subject(alice: User, mailoutbox: list[EmailMessage]) -> None:
    an_alert(alice, name="One\r\nBcc: mallory@example.com", note="You have won.\n\nClick https://evil.example")
    prices_move("111")
    assert deliver_due().sent == 1
    (message,) = mailoutbox
    assert message.subject == "Bitcoin price above 110.00"
    assert message.recipients() == ["alice@example.com"]
    lines = str(message.body).splitlines()
    assert "> One Bcc: mallory@example.com" in lines or "> Bcc: mallory@example.com" in lines
    for line in lines:
        if any(word in line for word in ("mallory", "won", "evil")):
            assert line.startswith("> ")


def test_a_mail_of_an_earlier_release_gets_a_subject_of_its_kind(
    alice: User, mailoutbox: list[EmailMessage], store: Store
) -> None:
    an_alert(alice, name="Click here")
    prices_move("111")
    (item,) = [row for row in store.dump(NOTIFICATIONS) if row["entry"].startswith("DELIVERY#")]
    store.put(NOTIFICATIONS, {name: value for name, value in item.items() if name != "subject"})
    assert deliver_due().sent == 1
    assert mailoutbox[0].subject == "Price alert"


@pytest.mark.parametrize("kind", NotificationKind)
def test_every_kind_has_a_subject_and_a_label(kind: NotificationKind) -> None:
    assert kind.traits.subject
    assert kind.traits.label
    assert (kind in TRAITS) == (kind is not NotificationKind.OTHER)


def test_categories_and_merchants_of_the_user_are_marked() -> None:
    said = {"category": "Buy now", "month": "2026-11", "budget": Decimal(10), "spent": Decimal(20), "currency": "usd"}
    said |= {"exceeded": True, "thresholds": [], "amount": Decimal(20)}
    crossed, large = budgets.crossed_words(said, None).mail, budgets.large_words(said, None, clock.now()).mail
    for mail in (crossed, large):
        assert mail is not None
        assert "Buy now" not in mail.subject
        assert [line for line in mail.body.splitlines() if "Buy now" in line] == ["> Buy now"]
        assert mail.body[0].isupper() or mail.body[0].isdigit()
    assert crossed is not None
    assert budgets.OWN_CATEGORY.islower()
    assert crossed.subject.startswith(budgets.OWN_CATEGORY.capitalize())
    assert f"spent on {budgets.OWN_CATEGORY} in" in crossed.body
    done = {"import_id": new_id(), "added": 1, "duplicates": 0, "errors": 0, "crossed": [said]}
    summary = budgets.import_words(done).mail
    assert summary is not None
    assert [line for line in summary.body.splitlines() if "Buy now" in line] == ["> Buy now"]
    known = budgets.crossed_words({**said, "category": "Transportation"}, None).mail
    assert known is not None
    assert "Transportation" in known.subject


def test_a_test_says_that_it_is_one_and_goes_the_same_way(alice: User, mailoutbox: list[EmailMessage]) -> None:
    alert = an_alert(alice)
    test_id = new_id()
    for _ in range(2):
        alert_test(alice, alert.alert_id, test_id=test_id)
    assert deliver_due().sent == 1
    (message,) = mailoutbox
    assert message.subject.startswith("Test: ")
    assert message.extra_headers["Message-ID"].startswith(f"<{alert.alert_id}.test-{test_id}@")
