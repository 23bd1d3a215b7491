"""Who holds which address, as rows of the Reservations table."""

from datetime import datetime

from core import clock
from core.accounts.reservations import GIVES_WAY_AFTER, Reservation
from core.accounts.tables import RESERVATIONS
from core.storage.operations import Attr, Check, ConditionBase, Delete, Get, Item, Put

EMAIL = "email#"


def reservation_address(email: str) -> Get:
    """Where the holder of an email address is."""
    return Get(RESERVATIONS, {"name": EMAIL + email})


def reservation_put_if_free(reservation: Reservation, now: datetime) -> Put:
    """Reserve an address that nobody holds or whose holder has to give way, label `email`."""
    long_ago = clock.to_text(now - GIVES_WAY_AFTER)
    return _put(reservation, _UNHELD | _given_up(now) | Attr("unconfirmed_since").lte(long_ago))


def reservation_put_by_proof(reservation: Reservation, now: datetime) -> Put:
    """Reserve an address that was just proved, also from a holder who did not prove it, label `email`."""
    is_own = Attr("username").eq(reservation.username)
    return _put(reservation, _UNHELD | is_own | Attr("unconfirmed_since").exists() | _given_up(now))


def reservation_put(reservation: Reservation, before: Reservation | None) -> Put:
    """Write a reservation, label `email`; fails where it is no longer as it was read before."""
    return _put(reservation, _as_read(before))


def reservation_check(email: str, before: Reservation | None) -> Check:
    """The condition, label `email`, that an address is held as it was read."""
    return Check(RESERVATIONS, {"name": EMAIL + email}, _as_read(before), "email")


def reservation_delete(reservation: Reservation) -> Delete:
    """Release an address that this user holds, label `reservation`."""
    is_own = Attr("username").eq(reservation.username)
    return Delete(RESERVATIONS, {"name": EMAIL + reservation.email}, condition=is_own, label="reservation")


def reservation_from_item(item: Item) -> Reservation:
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
