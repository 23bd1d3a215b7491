"""What the product writes agrees; the command says so, on every backend."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from core.accounts import services
from core.agreement import reconcile
from core.storage import Store, measured
from cryptopulse import sample
from tests.builders import a_user
from tests.market.builders import an_asset
from tests.reconciling.books import a_full_book, found, rows, spoil


def printed(*arguments: str) -> str:
    """What the command prints."""
    output = StringIO()
    call_command("reconcile", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.every_backend
def test_full_books_agree(store: Store, settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = 10
    a_full_book("alice")
    a_full_book("bob")

    report = reconcile(store, pauses=())

    assert report.disagreements == []
    assert report.accounts == 2
    assert report.rows["Orders"] == 4
    assert report.rows["AlertHistory"] >= 4


def test_a_sample_account_agrees(store: Store) -> None:
    for asset_id in ("bitcoin", "ethereum", "solana", "dogecoin"):
        an_asset(asset_id, price="100")
    sample.make()
    assert [each for each in found(store) if each.rule != "filled_orders_notify_once"] == []


def test_an_empty_store_agrees(store: Store) -> None:
    assert found(store) == []


def test_a_closed_account_leaves_nothing_that_disagrees(store: Store) -> None:
    services.account_erase(a_full_book().username)
    assert found(store) == []


def test_the_command_says_what_was_checked() -> None:
    a_full_book()
    said = printed()
    assert said.startswith("All agrees. Checked by ")
    assert "1 account," in said
    assert "AlertConfigurations 6" in said


def test_the_command_prints_each_disagreement_and_fails(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.agreement.PAUSES", ())
    a_full_book("alice")
    a_full_book("bob")
    [row] = rows(store, "Portfolios", username="bob", entry="BALANCE")
    spoil("Portfolios", row, total_deposits=row["total_deposits"] + 7)
    output = StringIO()

    with pytest.raises(CommandError, match=r"^1 disagreement\. Checked by"):
        call_command("reconcile", stdout=output)
    with pytest.raises(CommandError, match="1 disagreement"):
        call_command("reconcile", "--user", "Bob", stdout=StringIO())

    [line] = output.getvalue().splitlines()
    assert line.startswith("bob  balance_is_sum_of_ledger  Portfolios BALANCE: total_deposits is 507")
    assert "the ledger adds up to 500" in line
    assert printed("--user", "alice").startswith("All agrees.")


def test_an_unknown_user_is_refused() -> None:
    with pytest.raises(CommandError, match="nobody"):
        printed("--user", "nobody")


def test_its_requests_follow_the_number_of_accounts(store: Store) -> None:
    a_user("alice")
    with measured() as one:
        reconcile(store, pauses=())
    for name in ("bob", "carol", "dave"):
        a_user(name)
    with measured() as four:
        reconcile(store, pauses=())
    assert four.requests == 4 * one.requests
