"""What is asked of the tables of users, sessions and keys."""

from core.access_patterns import patterns
from core.accounts.tables import API_KEYS, RESERVATIONS, SESSIONS, USERS

TESTS = "tests/accounts/test_access_patterns.py"

_users = patterns(USERS, "core.accounts.repositories.users", TESTS)
_reservations = patterns(RESERVATIONS, "core.accounts.repositories.reservations", TESTS)
_sessions = patterns(SESSIONS, "core.accounts.repositories.sessions", TESTS)
_api_keys = patterns(API_KEYS, "core.accounts.repositories.api_keys", TESTS)

ACCESS_PATTERNS = (
    _users("a user by username", "GetItem", "user_address", "test_users_by_username"),
    _users("a user by email address", "Query EmailIndex", "email_query", "test_users_by_email"),
    _users(
        "whether there is an open account of a name, within the transaction that needs it",
        "TransactWriteItems",
        "open_check",
        "test_users_exists",
    ),
    _reservations("who holds an address", "GetItem", "reservation_address", "test_reservations_holder_of_an_address"),
    _sessions("one session", "GetItem", "session_address", "test_sessions_one"),
    _api_keys("the key with a secret", "GetItem", "key_address", "test_api_keys_one"),
    _api_keys("keys of a user, newest first", "Query UserIndex", "keys_query", "test_api_keys_of_a_user"),
)
