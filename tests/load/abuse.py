"""Eight clients, each in two moods: what it sends means no harm, or as much harm as the default limits let through.

Both moods send the same number of requests to the same addresses within the same time.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import urllib3

from core.ids import new_id
from tests.budgets.receipt_files import a_pdf, a_picture
from tests.builders import PASSWORD
from tests.load.hostile_files import a_bank_file_of_blanks, a_deep_body, a_paper_that_swells, a_picture_of_many_scans
from tests.load.sending import Request

EXPENSES, TOKEN = "/api/v1/expenses/", "/api/v1/auth/token/"
LARGE = 2_400_000
"""Bytes; the site takes 2.5 MB of what is no file."""
SLOW = 4.0
"""Seconds that a slow body takes."""
BANK_ROWS = "Date,Payee,Amount\n" + "".join(f"2026-11-{n:02},Shop {n},-{n}.50\n" for n in range(1, 21))


@dataclass(frozen=True)
class Behaviour:
    """What one client does in a window: `count` requests, made from their numbers; harmful ones may come in bursts."""

    name: str
    count: int
    polite: Callable[[int], Request]
    hostile: Callable[[int], Request]
    bursts: int = 0
    with_key: bool = True


@dataclass
class Book:
    """What the requests need: an expense for each kind of receipt, and names of members who may sign in."""

    picture_of: str
    paper_of: str
    members: Sequence[str]


def behaviours(book: Book) -> list[Behaviour]:
    """The eight."""
    picture, paper = book.picture_of, book.paper_of
    return [
        Behaviour("pictures", 2, lambda _: _receipt(picture, a_picture()), lambda _: _receipt(picture, _scans())),
        Behaviour("papers", 2, lambda _: _receipt(paper, a_pdf()), lambda _: _receipt(paper, _swelling())),
        Behaviour("bank files", 2, lambda _: _import(BANK_ROWS.encode()), lambda _: _import(a_bank_file_of_blanks())),
        Behaviour("guesses", 4, partial(_sign_in_of, book), _guess, bursts=2, with_key=False),
        Behaviour("sign-ins", 4, partial(_sign_in_of, book), partial(_sign_in_of, book), bursts=2, with_key=False),
        Behaviour("expenses", 64, _expense, _full_expense),
        Behaviour("large bodies", 4, _expense, _large),
        Behaviour("slow bodies", 8, _expense, lambda n: replace(_expense(n), slowly=SLOW)),
    ]


def _sign_in_of(book: Book, number: int) -> Request:
    return _sign_in(book.members[number % len(book.members)], PASSWORD)


def _guess(_: int) -> Request:
    """Another name each time: it costs the same hash as a wrong password, and no name is locked."""
    return _sign_in(f"nobody-{new_id()}", "guessed-by-chance")


def _full_expense(number: int) -> Request:
    """All that an expense can hold, large enough to notify of, always of the same category and month."""
    body = {
        "amount": f"{10_000 + number}.10",
        "category": "Food & Dining",
        "merchant": "m" * 200,
        "description": "d" * 500,
        "tags": [f"{number:04}{tag:02}{'t' * 44}" for tag in range(20)],
    }
    return Request("POST", EXPENSES, json.dumps(body).encode())


def _expense(number: int) -> Request:
    body = {"amount": f"{1 + number % 90}.10", "category": "Food & Dining", "merchant": f"Corner Grocery {number}"}
    return Request("POST", EXPENSES, json.dumps(body).encode())


def _large(number: int) -> Request:
    """By turns too much JSON for an expense, and a body in a charset that takes long to decode."""
    if number % 2:
        return Request("POST", EXPENSES, _deep())
    return Request("POST", TOKEN, b"a" * LARGE, "application/json; charset=punycode")


def _sign_in(username: str, password: str) -> Request:
    return Request("POST", TOKEN, json.dumps({"username": username, "password": password}).encode())


def _receipt(expense_id: str, content: bytes) -> Request:
    return _with_file("PUT", f"{EXPENSES}{expense_id}/receipt/", content)


def _import(content: bytes) -> Request:
    """An import that is discarded again, as only so many may be open."""
    import_id = new_id()
    discard = Request("DELETE", f"/api/v1/expenses/imports/{import_id}/")
    return _with_file("POST", "/api/v1/expenses/imports/", content, then=discard, import_id=import_id)


def _with_file(method: str, path: str, content: bytes, *, then: Request | None = None, **fields: str) -> Request:
    body, content_type = urllib3.encode_multipart_formdata({"file": ("file.bin", content), **fields})
    return Request(method, path, body, content_type, then=then)


_scans = cache(a_picture_of_many_scans)
_swelling = cache(a_paper_that_swells)
_deep = cache(lambda: a_deep_body(LARGE))
