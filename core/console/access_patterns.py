"""What the staff area asks of the tables of users and of the audit log."""

from core.access_patterns import AccessPattern
from core.accounts.tables import USERS
from core.tables import AUDIT_LOG

USER_ROWS = "core.accounts.repositories.users"
TESTS = "tests/console/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        USERS,
        "who has a role, newest account first",
        "Query RoleIndex",
        f"{USER_ROWS}.role_query",
        f"{TESTS}::test_users_by_role",
    ),
    AccessPattern(
        USERS,
        "users by the beginning of their names",
        "Query DirectoryIndex",
        f"{USER_ROWS}.directory_query",
        f"{TESTS}::test_users_by_name_prefix",
    ),
    AccessPattern(
        AUDIT_LOG,
        "entries of a month, newest first",
        "Query",
        "core.audit.repository.month_query",
        f"{TESTS}::test_audit_log_of_a_month",
    ),
    AccessPattern(
        AUDIT_LOG,
        "entries about one subject, newest first",
        "Query SubjectIndex",
        "core.audit.repository.subject_query",
        f"{TESTS}::test_audit_log_of_a_subject",
    ),
)
