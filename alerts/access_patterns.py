"""What is asked of the tables of alerts, their history and notifications."""

from alerts.tables import ALERT_CONFIGURATIONS, ALERT_HISTORY, NOTIFICATIONS
from core.access_patterns import AccessPattern

REPOSITORIES = "alerts.repositories"
TESTS = "tests/alerts/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        ALERT_CONFIGURATIONS,
        "alerts of a user, newest first",
        "Query",
        f"{REPOSITORIES}.alerts.alerts_query",
        f"{TESTS}::test_alerts_of_a_user_newest_first",
    ),
    AccessPattern(
        ALERT_CONFIGURATIONS,
        "one alert",
        "GetItem",
        f"{REPOSITORIES}.alerts.alert_address",
        f"{TESTS}::test_alerts_one",
    ),
    AccessPattern(
        ALERT_CONFIGURATIONS,
        "everyone's alerts on an asset",
        "Query SymbolIndex",
        f"{REPOSITORIES}.alerts.asset_query",
        f"{TESTS}::test_alerts_of_a_symbol",
    ),
    AccessPattern(
        ALERT_CONFIGURATIONS,
        "alerts armed between two prices",
        "Query ArmedIndex",
        f"{REPOSITORIES}.alerts.armed_query",
        f"{TESTS}::test_alerts_armed_between_two_prices",
    ),
    AccessPattern(
        ALERT_HISTORY,
        "the history of a user",
        "Query",
        f"{REPOSITORIES}.history.user_query",
        f"{TESTS}::test_history_of_a_user",
    ),
    AccessPattern(
        ALERT_HISTORY,
        "the history of an alert",
        "Query AlertIndex",
        f"{REPOSITORIES}.history.alert_query",
        f"{TESTS}::test_history_of_an_alert",
    ),
    AccessPattern(
        NOTIFICATIONS,
        "the newest notifications",
        "Query",
        f"{REPOSITORIES}.notifications.notifications_query",
        f"{TESTS}::test_notifications_newest",
    ),
    AccessPattern(
        NOTIFICATIONS,
        "unread notifications",
        "Query UnreadIndex",
        f"{REPOSITORIES}.notifications.unread_query",
        f"{TESTS}::test_notifications_unread",
    ),
    AccessPattern(
        NOTIFICATIONS,
        "deliveries that are due",
        "Query DueIndex",
        f"{REPOSITORIES}.deliveries.due_query",
        f"{TESTS}::test_notifications_due",
    ),
)
