"""What the staff area asks of the tables of users and of the audit log."""

from core.access_patterns import patterns
from core.accounts.tables import USERS
from core.tables import AUDIT_LOG

TESTS = "tests/console/test_access_patterns.py"

_users = patterns(USERS, "core.accounts.repositories.users", TESTS)
_audit_log = patterns(AUDIT_LOG, "core.audit.repository", TESTS)

ACCESS_PATTERNS = (
    _users("who has a role, newest account first", "Query RoleIndex", "role_query", "test_users_by_role"),
    _users(
        "users by the beginning of their names", "Query DirectoryIndex", "directory_query", "test_users_by_name_prefix"
    ),
    _audit_log("entries of a month, newest first", "Query", "month_query", "test_audit_log_of_a_month"),
    _audit_log(
        "entries about one subject, newest first", "Query SubjectIndex", "subject_query", "test_audit_log_of_a_subject"
    ),
)
