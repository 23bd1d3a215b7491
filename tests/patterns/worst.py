"""The worst input of each pattern by its own grammar: what it follows for long and must give up at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Make = Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Use:
    """operation: the method that the product calls. worst: makers of a text of about so many characters."""

    operation: str
    worst: tuple[Make, ...]


def pumped(before: Any, pump: Any, after: Any) -> Make:
    """A maker of texts: `pump` as often as it takes, between the others."""
    return lambda size: before + pump * (size // len(pump)) + after


def full(*worst: tuple[Any, Any, Any]) -> Use:
    """A pattern that must be all of a text."""
    return Use("fullmatch", tuple(pumped(*each) for each in worst))


def within(operation: str, *worst: tuple[Any, Any, Any]) -> Use:
    """A pattern that is looked for at every place of a text."""
    return Use(operation, tuple(pumped(*each) for each in worst))


_IMPORTING = "budgets.domain.importing"
_HEX = "0123456789abcdef"
_MONTH = full(("2026-1", "1", ""), ("", "2", "-01"), ("2026-0", "1", "1"))

WORST: dict[str, Use] = {
    "alerts.templatetags.alerts.NUMBER": within(
        "split", ("", "1", "x"), ("", "1,", "x"), ("", "1,,", "."), ("", "1.1", ""), ("", ",", "1.1"), ("", "1.11", "1")
    ),
    "budgets.domain.expense._NEW_LINE": within("sub", ("", "\r", "x"), ("", "\r\n", "")),
    f"{_IMPORTING}.amounts._AMOUNT": full(
        ("1", " ", "ab!"),
        ("(", " ", "1"),
        ("- ", " ", "!"),
        ("1", " 1", "!"),
        ("1", "'", "!"),
        ("", "a", "!"),
        ("1", ".,", "cr!"),
        (".", "1", "!"),
        ("", "-", "1"),
        ("1 ", "cr ", ""),
        ("$", "$", "1"),
    ),
    f"{_IMPORTING}.amounts._SPACE": within("sub", ("1", " ", "1"), ("", " '", "1")),
    f"{_IMPORTING}.amounts._LAST_MARK": within(
        "search", ("", ".", "1"), ("", ",1", "."), (".", "1", ","), ("", ".1", "\n")
    ),
    f"{_IMPORTING}.columns._NO_WORD": within("sub", ("a", " ", "a"), ("", "_-", "a"), ("", "a ", "")),
    f"{_IMPORTING}.dates._OF_DAY": within(
        "sub", ("1", " ", "x"), ("1", "T", "x"), ("1", " T", "1:1"), ("1", " 1", "x"), ("", " 12:0", "x")
    ),
    f"{_IMPORTING}.dates._PARTED": full(
        ("1", " ", "x"), ("1", " -", "1"), ("1 ", "1 ", "x"), ("", "1", "x"), ("1", "-", "")
    ),
    f"{_IMPORTING}.dates._WHOLE": full(("", "1", ""), ("2026", "0", "x")),
    f"{_IMPORTING}.dates._NAMED[0]": full(
        ("1", " ", "x"),
        ("1 jan", " ", "x"),
        ("1", "-", "jan 2026"),
        ("1", "a", "1"),
        ("1 jan", "./-, ", "2"),
        ("1", "1", ""),
    ),
    f"{_IMPORTING}.dates._NAMED[1]": full(
        ("jan", " ", "x"),
        ("jan", "-", "1 x"),
        ("jan 1", " ", "x"),
        ("", "a", "1"),
        ("jan 1", ", ", "20"),
        ("jan", "1", ""),
    ),
    f"{_IMPORTING}.rows._NO_LETTER": within("sub", ("a", " ", "a"), ("", "_-", "a"), ("", "a ", "")),
    f"{_IMPORTING}.rows._SPACES": within("sub", ("a", " ", "a"), ("", " a", ""), ("", "\n\t", "x")),
    f"{_IMPORTING}.rows._CONTROL": within("sub", ("", "\x00", "a"), ("", "a\x7f", "")),
    f"{_IMPORTING}.delimited._NO_TEXT": within("search", ("", "a", ""), ("", "\t", "")),
    f"{_IMPORTING}.delimited._DIGIT": within("search", ("", "a", ""), ("", "²", "")),
    "budgets.domain.jpeg._MARKER": within(
        "search", (b"", b"\xff", b""), (b"", b"\xff\x00", b""), (b"", b"\xff\xd0", b""), (b"\xff", b"\xff\xff", b"\x00")
    ),
    "budgets.domain.receipt_content._BETWEEN_FOLDERS": within("split", ("", "/", "a"), ("", "a", "/"), ("", "a\\", "")),
    "budgets.domain.receipt_content._NOT_IN_NAMES": within("sub", ("", "<", "a"), ("", "a%", ""), ("a", "/\\", "a")),
    "budgets.forms.expenses._WHOLE_NUMBER": full(("", "1", ""), ("1", "1", "x")),
    "carbon.data.published_tables._WORD": within("findall", ("", "a", ""), ("", "a1", ""), ("", "1", "a")),
    "carbon.domain.activity._SEPARATORS": within("sub", ("a", " ", "a"), ("", "- ", "a"), ("", "a-", "")),
    "carbon.domain.activity._ACTIVITY": full(("a", "a", ""), ("a", "_", "-"), ("", "a1", "A")),
    "carbon.domain.units._SIMPLE": within("sub", ("a", " ", "a"), ("", "- ", "a"), ("", "a-", "")),
    "core.accounts.domain._USERNAME": full(("", "a", ""), ("", "a_", "A")),
    "core.accounts.email_form._EMAIL": full(
        ("", "a", "@"),
        ("a@", "a", ".com"),
        ("a@", "a.", ""),
        ("a@", "a-", "."),
        ("a@", "ab.", "-"),
        ("", "a@", "b"),
        ("a@" + "a" * 60 + ".", "-" * 60 + "a.", "c"),
        ("a@", "a" + "-" * 60, ""),
        ("a@b.", "c", "-"),
        ("", "..", "@a.b"),
    ),
    "core.accounts.email_form._UNSEEN": within("search", ("", "a", ""), ("", "\u0301", "")),
    "core.accounts.domain._PHONE": full(("", "1", ""), ("", "1", "x")),
    "core.accounts.domain._PHONE_PUNCTUATION": within("sub", ("", " ", "1"), ("", "(1)", "")),
    "core.api.fields.DayField._form": full(("2026-01-0", "1", ""), ("", "2026-", ""), ("", "1", "-01-01")),
    "core.console.row_counts._WORD": within("sub", ("", "a", ""), ("", "aA", ""), ("", "A", "a")),
    "core.money._WHOLE": full(("", "1", ""), ("-", "1", "x"), ("", "+", "1")),
    "core.ids._UUID7": full(("", _HEX, ""), ("019a9f3c-5c00-7abc-8def-", "0", "x"), ("", "0123456-", "")),
    "cryptopulse.edge.middleware._PLAIN": full(("", "a", ""), ("", "a-", "!")),
    "core.money._NUMBER": full(
        ("", "1", "x"), ("1.", "1", "x"), ("1e", "1", "x"), (".", "1", "."), ("", "1.", ""), ("", "1e1", "x")
    ),
    "core.periods.MONTH": within(
        "search", ("2026-1", "1", ""), ("", "2026-", ""), ("", "2", "-01"), ("\n", "\n", "2026-11")
    ),
    "core.periods._MONTH": _MONTH,
    "core.storage.store_urls._LAG": full(("", "1", ""), ("", "1", "x")),
    "core.storage.store_urls._REGION": full(("", "a", "!"), ("", "a-", "")),
    "core.storage.store_urls._PREFIX": full(("", "a", "!"), ("", "a.", "")),
    "core.storage.store_urls._ENDPOINT": within("match", ("http", "s", "://"), ("https://", "/", ""), ("", "http", "")),
    "cryptopulse.options.private_files._BUCKET": full(("", "a", "!"), ("", "a-.", "")),
    "cryptopulse.options.private_files._ENDPOINT": within("match", ("http", "s", "://"), ("https://", "/", "")),
    "cryptopulse.options.reading._IN_A_HEADER": full(("a", "=", "a"), ("", "a", "!"), ("", "a=", "")),
    "cryptopulse.options.reading._FOREIGN": within("match", ("", "AWS", "_"), ("PYTHO", "N", ""), ("T", "Z", "")),
    "market.domain.editing._ID": full(("", "a", "!"), ("", "-_", "")),
    "market.domain.editing._SYMBOL": full(("", "a", " "), ("", "é", "")),
    "portfolio.domain.input_errors._ASSET_ID": full(("", "a", "!"), ("", ".-", "")),
}
