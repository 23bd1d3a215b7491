"""Tables of users, their sessions and their keys."""

from core.currencies import BASE
from core.storage.schema import Index, Table, text

USERS = Table(
    "Users",
    text("username"),
    indexes=(
        Index("EmailIndex", text("email"), about="users by email address"),
        Index("RoleIndex", text("role"), text("created_at"), about="who has a role, oldest first"),
        Index("DirectoryIndex", text("directory"), text("username"), about="users by the beginning of their names"),
    ),
    about="One row for each account; the username is the identity everywhere.",
    attributes={
        "email": "address in its normal form; who holds it is in Reservations",
        "email_unconfirmed_since": "since when the address is unconfirmed, UTC; absent for one that is confirmed",
        "kept_addresses": "earlier confirmed addresses: `email`, and `kept_until`, until when it can go back",
        "password_hash": "Argon2, or a hash imported from elsewhere until the first sign-in",
        "credential_version": "grows when the password changes; older sessions and reset links are void",
        "full_name": "as the user writes it",
        "phone_number": "10 to 15 digits",
        "role": "user, admin, analyst or moderator",
        "status": "pending, active, suspended, rejected, or closing while the account is being deleted",
        "account": "practice, empty or sample",
        "currency": "display currency",
        "home_currency": f"currency of expenses and budgets, chosen at the sign-up; {BASE.code} where absent",
        "time_zone": "IANA name; days and months of the user are of this zone",
        "country": "ISO 3166-1 alpha-2 code",
        "theme": "system, light or dark",
        "privacy": "whether amounts are hidden",
        "refresh_seconds": "how often open pages fetch new prices",
        "carbon_budget_kg": "kg CO2e that the user wants to stay under each month",
        "directory": "the same for all, so that one index holds every name",
        "created_at": "when the account was made, UTC",
        "updated_at": "when the profile last changed, UTC",
        "last_sign_in": "when the user last gave the password, UTC",
    },
)

RESERVATIONS = Table(
    "Reservations",
    text("name"),
    about="Names that only one account may hold, taken in the transaction of the sign-up: `email#<address>`.",
    attributes={
        "username": "who holds it",
        "unconfirmed_since": "since when nobody has confirmed it, UTC; absent for one that is confirmed",
        "kept_until": "of an address that its holder gave up: until when nobody else may have it, UTC",
    },
)

SESSIONS = Table(
    "Sessions",
    text("session_key"),
    indexes=(Index("UserIndex", text("username"), about="all sessions of a user, to end them"),),
    ttl="expires_at",
    about="Signed-in browsers.",
    attributes={
        "session_key": "SHA-256 of the key that the cookie holds",
        "username": "whose session it is",
        "data": "what the session holds, signed",
        "expires_at": "epoch seconds; not valid from then on",
    },
)

API_KEYS = Table(
    "ApiKeys",
    text("key_hash"),
    indexes=(Index("UserIndex", text("username"), text("created_at"), about="keys of a user, oldest first"),),
    ttl="expires_at",
    about="Keys for programs; the key itself is nowhere.",
    attributes={
        "key_hash": "SHA-256 of the key",
        "key_id": "the id under which the owner can revoke it",
        "name": "what the owner calls it",
        "scope": "read or write",
        "created_at": "UTC",
        "expires_at": "epoch seconds; absent for a key that does not expire",
    },
)

TABLES = (USERS, RESERVATIONS, SESSIONS, API_KEYS)
