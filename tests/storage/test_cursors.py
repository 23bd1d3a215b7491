"""Cursors in addresses are good for their user and view, whole."""

from decimal import Decimal

import pytest

from core.storage import CursorRefused, InvalidOperation, read_cursor, sign_cursor

CURSOR = {"username": "alice", "at": Decimal("1.50"), "kind": "memo"}


def test_a_cursor_comes_back_as_it_was() -> None:
    text = sign_cursor(CURSOR, username="alice", view="orders")

    assert read_cursor(text, username="alice", view="orders") == CURSOR


@pytest.mark.parametrize(
    ("username", "view"), [("bob", "orders"), ("alice", "ledger"), ("alice/orders", ""), ("", "alice")]
)
def test_another_user_or_view_cannot_use_it(username: str, view: str) -> None:
    text = sign_cursor(CURSOR, username="alice", view="orders")

    with pytest.raises(CursorRefused):
        read_cursor(text, username=username, view=view)


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_cursor_that_was_touched_is_refused(position: int) -> None:
    text = sign_cursor(CURSOR, username="alice", view="orders")
    letters = list(text)
    letters[position] = "A" if letters[position] != "A" else "B"

    with pytest.raises(CursorRefused):
        read_cursor("".join(letters), username="alice", view="orders")


@pytest.mark.parametrize("text", ["", "x", "a:b:c", "ü" * 50, '{"username":"alice"}'])
def test_what_was_never_a_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorRefused) as caught:
        read_cursor(text, username="alice", view="orders")

    assert isinstance(caught.value, InvalidOperation)
