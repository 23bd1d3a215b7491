"""What is written when somebody has shown that mail to an account's address reaches them."""

from core import clock
from core.accounts import events
from core.accounts.domain import User
from core.accounts.repositories import reservations
from core.accounts.reservations import Reservation
from core.events import event_put
from core.storage import Write


class AddressProvedByAnother(Exception):
    """Another account has proved the address before; nothing was written."""


def proof_writes(user: User) -> list[Write]:
    """The address is the account's own from now on, also where another had named it; then what waits goes out.

    The write labelled `email` fails where another account has proved it before. The account's own row is the caller's.
    """
    taken = reservations.take_by_proof(Reservation(user.email, user.username), clock.now())
    return [taken, event_put(events.address_confirmed(user))]
