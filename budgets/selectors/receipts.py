"""Links to receipts that are good for an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.http import content_disposition_header

from budgets.domain.expense import Expense, Receipt
from budgets.selectors.expenses import expense_get
from core import clock
from core.errors import NotFound
from core.private_files import signed_address

GOOD_FOR = timedelta(hours=1)
_SALT = "budgets.receipts"


@dataclass(frozen=True, slots=True)
class ReceiptLink:
    """Where a receipt can be fetched until a time, by anyone who has the address."""

    address: str
    expires_at: datetime
    receipt: Receipt


class LinkVoid(Exception):
    """A link that is incomplete, was changed, or was not made here."""


class LinkExpired(LinkVoid):
    """A link whose hour is over."""


def receipt_of(expense: Expense) -> Receipt:
    """The receipt of an expense. Raises NotFound where it has none."""
    if expense.receipt is None:
        raise NotFound("A receipt of this expense")
    return expense.receipt


def receipt_link(username: str, expense_id: str) -> ReceiptLink:
    """A link to the receipt of an expense, good for an hour; 1 request.

    Its address is one of S3 where the files are there, else one of this site, without the host. Raises NotFound.
    """
    receipt = receipt_of(expense_get(username, expense_id))
    now = clock.now()
    address = signed_address(
        receipt.key,
        content_type=receipt.content_type,
        disposition=disposition_of(receipt),
        good_for=GOOD_FOR,
    )
    if address is None:
        said = {"owner": username, "expense": expense_id, "key": receipt.key, "until": clock.to_text(now + GOOD_FOR)}
        address = reverse("budgets:receipt-file", args=[Signer(salt=_SALT).sign_object(said, compress=True)])
    return ReceiptLink(address, now + GOOD_FOR, receipt)


def receipt_by_token(token: str) -> tuple[str, Receipt]:
    """The owner of a link of this site, and the receipt it leads to; 1 request.

    Raises LinkExpired, LinkVoid; NotFound where the expense no longer has that receipt.
    """
    try:
        said = Signer(salt=_SALT).unsign_object(token)
        owner, expense_id, key, until = said["owner"], said["expense"], said["key"], clock.from_text(said["until"])
    except (BadSignature, ValueError, KeyError, TypeError) as error:
        raise LinkVoid from error
    if clock.now() >= until:
        raise LinkExpired
    receipt = receipt_of(expense_get(owner, expense_id))
    if receipt.key != key:
        raise NotFound("This receipt")
    return owner, receipt


def disposition_of(receipt: Receipt) -> str:
    """`Content-Disposition` of a receipt: a picture is shown, a PDF is kept, since its viewer may not be confined."""
    header = content_disposition_header(receipt.content_type == "application/pdf", receipt.name)
    assert header is not None
    return header
