"""What is written when an account proves its address, moves to another, or goes back to one that it had before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core import clock
from core.accounts import events
from core.accounts.domain import User
from core.accounts.repositories.reservations import (
    reservation_check,
    reservation_delete,
    reservation_put,
    reservation_put_by_proof,
)
from core.accounts.reservations import KEPT_FOR, MOST_KEPT, KeptAddress, Reservation
from core.errors import Refused
from core.events import Event, event_put
from core.storage import Write

Held = Mapping[str, Reservation]
"""The reservations of the addresses in question, by address, as they were read."""


@dataclass(frozen=True, slots=True)
class Move:
    """The account after it, and the writes that go with its row: reservations and events."""

    after: User
    writes: tuple[Write, ...]


class AddressProvedByAnother(Refused):
    """Another account has proved the address that this one names; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "email_taken", "Another account has confirmed this address. Choose another for yours.", field="email"
        )


def addresses_of(user: User) -> list[str]:
    """The account's address and those that it can go back to."""
    return [user.email, *(kept.email for kept in user.kept_addresses)]


def own(user: User, held: Held, emails: Iterable[str]) -> list[Reservation]:
    """Those of these addresses that the account holds."""
    found = (held.get(email) for email in emails)
    return [each for each in found if each is not None and each.username == user.username]


def proof_writes(user: User) -> list[Write]:
    """The address is the account's own from now on, also where another had named it; then waiting mails are sent.

    The write labelled `email` fails where another account has proved it before. The caller writes the account's row.
    """
    taken = reservation_put_by_proof(Reservation(user.email, user.username), clock.now())
    return [taken, event_put(events.address_confirmed(user))]


def move_to(user: User, new: str, held: Held, now: datetime) -> Move:
    """To an address that waits for proof; the one that is left stays reserved if it is proved.

    Raises Refused `email_taken`, and `email_changes` where five addresses are reserved for the account already.
    """
    theirs = held.get(new)
    is_own = theirs is not None and theirs.username == user.username
    if theirs is not None and not is_own and theirs.is_proved(now):
        raise Refused("email_taken", "Another account has this address.", field="email")
    kept = [each for each in user.kept_addresses if each.kept_until > now]
    expired = [each.email for each in user.kept_addresses if each not in kept and each.email != new]
    writes: list[Write] = [reservation_delete(each) for each in own(user, held, expired)]
    happened: list[Event] = []
    for left in own(user, held, [user.email]):
        if not user.email_confirmed or not user.has_mailbox:
            writes.append(reservation_delete(left))
            continue
        if len(kept) >= MOST_KEPT:
            raise Refused("email_changes", f"You changed your address {MOST_KEPT} times in a week. Try again later.")
        kept.append(KeptAddress(user.email, now + KEPT_FOR))
        writes.append(reservation_put(replace(left, kept_until=kept[-1].kept_until), left))
        happened.append(events.address_changed(user, user.email))
    after = replace(user, email=new, kept_addresses=tuple(kept), updated_at=now)
    if after.has_mailbox:
        after = replace(after, email_unconfirmed_since=now)
        happened.append(events.address_named(after))
    if theirs is None or is_own or theirs.gives_way(now):
        writes.append(reservation_put(Reservation(new, user.username, after.email_unconfirmed_since), theirs))
    else:
        writes.append(reservation_check(new, theirs))
    return Move(after, (*writes, *map(event_put, happened)))


def back_to(user: User, kept: KeptAddress, held: Held, now: datetime) -> Move:
    """To an address that the account had; those that it took since are released, and cannot be restored.

    Otherwise an intruder who proved an address of their own could go back to that one for a week.
    """
    earlier = user.kept_addresses[: user.kept_addresses.index(kept)]
    given_back = [each for each in addresses_of(user) if each not in (kept.email, *(one.email for one in earlier))]
    after = replace(user, email=kept.email, email_unconfirmed_since=None, kept_addresses=earlier, updated_at=now)
    writes: list[Write] = [reservation_delete(each) for each in own(user, held, given_back)]
    writes.append(reservation_put(Reservation(kept.email, user.username), held.get(kept.email)))
    happened = [events.address_confirmed(after)]
    if user.email_confirmed:
        happened.append(events.address_reverted(after, user.email))
    return Move(after, (*writes, *map(event_put, happened)))
