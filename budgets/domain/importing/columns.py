"""What the columns of a bank file hold, by their names."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from core import currencies

Role = Literal[
    "date",
    "amount",
    "debit",
    "credit",
    "direction",
    "description",
    "merchant",
    "category",
    "identifier",
    "currency",
]

_NAMES: Mapping[Role, str] = {
    "date": (
        "date; transaction date; trans date; date of transaction; booking date; booked on; posting date; "
        "post date; posted date; completed date; started date; value date; created on; buchungstag; "
        "buchungsdatum; datum; boekdatum; transactiedatum; date operation; date de l operation; "
        "date comptable; fecha; fecha operacion; fecha de operacion; data; data operazione; data contabile; "
        "bokforingsdag; wertstellung; valutadatum"
    ),
    "amount": (
        "amount; transaction amount; amount in account currency; betrag; umsatz; bedrag; montant; importe; "
        "importo; belopp; kwota; valor; value"
    ),
    "debit": (
        "debit; debits; debit amount; money out; paid out; withdrawal; withdrawals; withdrawal amount; soll; "
        "debet; debito; cargo; dare; uscite"
    ),
    "credit": (
        "credit; credits; credit amount; money in; paid in; deposit; deposits; deposit amount; haben; "
        "credito; abono; avere; entrate"
    ),
    "direction": (
        "debit credit; credit debit; dr cr; cr dr; debit or credit; credit debit indicator; "
        "debit credit indicator; direction; soll haben; af bij"
    ),
    "description": (
        "description; transaction description; details; transaction details; narrative; memo; particulars; "
        "note; notes; text; verwendungszweck; buchungstext; omschrijving; mededelingen; libelle; concepto; "
        "descripcion; descrizione; causale"
    ),
    "merchant": (
        "merchant; merchant name; payee; payee name; counterparty; counterparty name; counter party; "
        "beneficiary; name; name description; naam omschrijving; auftraggeber empfanger; "
        "beguenstigter zahlungspflichtiger; zahlungsempfanger; tegenpartij"
    ),
    "category": "category; spending category; kategorie; categorie; categoria",
    "identifier": (
        "transaction id; fitid; transaction number; transaction reference; bank reference; reference number; "
        "unique id; id; transaktions id; volgnr"
    ),
    "currency": "currency; currency code; ccy; wahrung; devise; muntsoort; moneda; divisa",
}
NAMES: Mapping[Role, Sequence[str]] = {role: names.split("; ") for role, names in _NAMES.items()}
"""Names of columns as `plain_name` makes them, the better ones first."""

ROLES: tuple[Role, ...] = tuple(NAMES)
CURRENCIES = (*currencies.CURRENCIES, "sek", "nok", "dkk", "pln", "czk", "nzd", "sgd", "hkd")
"""Codes that banks add to the name of a column of amounts."""
LONGEST_NAME = 200
"""Characters, several times those of the longest name above."""
_NO_WORD = re.compile(r"[\W_]+")


def plain_name(text: str) -> str:
    """A column's name in small letters, without accents, signs and a currency at its end.

    What is beyond `LONGEST_NAME` characters is left out: sorting accents takes as long as the square of their number.
    """
    letters = unicodedata.normalize("NFKD", text[:LONGEST_NAME]).casefold()
    words = _NO_WORD.sub(" ", "".join(each for each in letters if not unicodedata.combining(each))).split()
    if len(words) > 1 and words[-1] in CURRENCIES:
        words.pop()
    return " ".join(words)


def recognised(header: Sequence[str]) -> dict[Role, int]:
    """Which column holds what, by their names; a column has one meaning, the first that fits.

    Where one column holds the amounts, columns of debit and credit add nothing and are left out; a direction is only of
    use beside an amount.
    """
    names = [plain_name(cell) for cell in header]
    found: dict[Role, int] = {}
    for role, known in NAMES.items():
        for name in known:
            if name in names and names.index(name) not in found.values():
                found[role] = names.index(name)
                break
    if "amount" in found:
        found.pop("debit", None)
        found.pop("credit", None)
    else:
        found.pop("direction", None)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names its columns: a date and some amount among them."""
    found = recognised(cells)
    return "date" in found and bool({"amount", "debit", "credit"} & found.keys())
