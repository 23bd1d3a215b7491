"""Who holds which address, as rows of the Reservations table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core import clock
from core.accounts.email_form import looked_up
from core.accounts.reservations import GIVES_WAY_AFTER, Reservation
from core.accounts.tables import RESERVATIONS
from core.storage import Attr, Check, ConditionBase, Delete, Get, Item, Put, store

EMAIL = "email#"


def get_operation(email: str) -> Get:
    """The address of the row that says who holds an email address."""
    return Get(RESERVATIONS, {"name": EMAIL + email})


def get_many(emails: Iterable[str]) -> dict[str, Reservation]:
    """Those of these addresses that are held, by address; 1 request, consistent."""
    wanted = list(dict.fromkeys(emails))
    items = store().batch_get([get_operation(email) for email in wanted], consistent=True)
    return {email: from_item(item) for email, item in zip(wanted, items, strict=True) if item is not None}


def get(email: str) -> Reservation | None:
    """Who holds an address at this moment; 1 request, consistent."""
    item = store().get(RESERVATIONS, {"name": EMAIL + email}, consistent=True)
    return None if item is None else from_item(item)


def holder_of(typed: str) -> str | None:
    """The username that an address stands for at this moment, in whatever form it was typed; 1 request."""
    forms = looked_up(typed)
    found = get_many(forms) if len(forms) > 1 else {form: each for form in forms if (each := get(form)) is not None}
    return next((found[form].username for form in forms if form in found and found[form].signs_in()), None)


def take_if_free(reservation: Reservation, now: datetime) -> Put:
    """Take an address that nobody holds or whose holder has to give way, label `email`."""
    long_ago = clock.to_text(now - GIVES_WAY_AFTER)
    return _put(reservation, _UNHELD | _given_up(now) | Attr("unconfirmed_since").lte(long_ago))


def take_by_proof(reservation: Reservation, now: datetime) -> Put:
    """Take an address that was just proved, also from who did not prove it, label `email`."""
    is_own = Attr("username").eq(reservation.username)
    return _put(reservation, _UNHELD | is_own | Attr("unconfirmed_since").exists() | _given_up(now))


def replace(reservation: Reservation, before: Reservation | None) -> Put:
    """Write what was decided on what was read, label `email`; it fails where that has changed since."""
    return _put(reservation, _as_read(before))


def check(email: str, before: Reservation | None) -> Check:
    """The condition, label `email`, that an address is held as it was read."""
    return Check(RESERVATIONS, {"name": EMAIL + email}, _as_read(before), "email")


def delete(reservation: Reservation) -> Delete:
    """Give back an address that this user holds, label `reservation`."""
    is_own = Attr("username").eq(reservation.username)
    return Delete(RESERVATIONS, {"name": EMAIL + reservation.email}, condition=is_own, label="reservation")


def from_item(item: Item) -> Reservation:
    """The reservation that a row describes."""
    return Reservation(
        email=item["name"].removeprefix(EMAIL),
        username=item["username"],
        unconfirmed_since=_moment(item.get("unconfirmed_since")),
        kept_until=_moment(item.get("kept_until")),
    )


_UNHELD: ConditionBase = Attr("name").not_exists()


def _put(reservation: Reservation, condition: ConditionBase) -> Put:
    item: Item = {"name": EMAIL + reservation.email, "username": reservation.username}
    for name in ("unconfirmed_since", "kept_until"):
        moment = getattr(reservation, name)
        if moment is not None:
            item[name] = clock.to_text(moment)
    return Put(RESERVATIONS, item, condition=condition, label="email")


def _given_up(now: datetime) -> ConditionBase:
    return Attr("kept_until").lte(clock.to_text(now))


def _as_read(before: Reservation | None) -> ConditionBase:
    if before is None:
        return _UNHELD
    unchanged: ConditionBase = Attr("username").eq(before.username)
    for name in ("unconfirmed_since", "kept_until"):
        moment = getattr(before, name)
        unchanged &= Attr(name).not_exists() if moment is None else Attr(name).eq(clock.to_text(moment))
    return unchanged


def _moment(text: str | None) -> datetime | None:
    return None if text is None else clock.from_text(text)
