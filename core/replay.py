"""Requests that come again, and changes that another one overtook: one rule for all apps."""

from core.errors import Refused

MISMATCH = "idempotency_mismatch"
CHANGED = "changed_meanwhile"


def check_same(**fields: tuple[object, object]) -> None:
    """Each field as (asked now, asked the first time); of a digest of all of them, the field is the id.

    Raises Refused `idempotency_mismatch` at the first that differs: an id creates one thing, however often it is sent.
    """
    for field, (now, first) in fields.items():
        if now != first:
            raise Refused(
                MISMATCH,
                "This was sent before under the same id, with other values. "
                "Send the same values again, or the new ones under a new id.",
                field=field,
            )


def check_unchanged(seen: object, stored: object, what: str) -> None:
    """Raises Refused `changed_meanwhile` when what is stored has another version than the one that was seen.

    seen None: the client does not check.
    """
    if seen is not None and seen != stored:
        raise overtaken(what)


def overtaken(what: str) -> Refused:
    """The refusal of a change that another one came before; `what` begins a sentence, as in `This goal`."""
    return Refused(CHANGED, f"{what} was changed in the meantime. Look at it again, then repeat your change.")
