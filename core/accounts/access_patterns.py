"""What is asked of the tables of users, sessions and keys."""

from core.access_patterns import AccessPattern
from core.accounts.tables import API_KEYS, RESERVATIONS, SESSIONS, USERS

REPOSITORIES = "core.accounts.repositories"
TESTS = "tests/accounts/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        USERS, "a user by username", "GetItem", f"{REPOSITORIES}.users.user_address", f"{TESTS}::test_users_by_username"
    ),
    AccessPattern(
        USERS,
        "a user by email address",
        "Query EmailIndex",
        f"{REPOSITORIES}.users.email_query",
        f"{TESTS}::test_users_by_email",
    ),
    AccessPattern(
        USERS,
        "whether there is an open account of a name, within the transaction that needs it",
        "TransactWriteItems",
        f"{REPOSITORIES}.users.open_check",
        f"{TESTS}::test_users_exists",
    ),
    AccessPattern(
        RESERVATIONS,
        "who holds an address",
        "GetItem",
        f"{REPOSITORIES}.reservations.reservation_address",
        f"{TESTS}::test_reservations_holder_of_an_address",
    ),
    AccessPattern(
        SESSIONS, "one session", "GetItem", f"{REPOSITORIES}.sessions.session_address", f"{TESTS}::test_sessions_one"
    ),
    AccessPattern(
        API_KEYS,
        "the key with a secret",
        "GetItem",
        f"{REPOSITORIES}.api_keys.key_address",
        f"{TESTS}::test_api_keys_one",
    ),
    AccessPattern(
        API_KEYS,
        "keys of a user, newest first",
        "Query UserIndex",
        f"{REPOSITORIES}.api_keys.keys_query",
        f"{TESTS}::test_api_keys_of_a_user",
    ),
)
