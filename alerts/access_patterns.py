"""What is asked of the tables of alerts, their history and notifications."""

from alerts.tables import ALERT_CONFIGURATIONS, ALERT_HISTORY, NOTIFICATIONS
from core.access_patterns import patterns

TESTS = "tests/alerts/test_access_patterns.py"

_alerts = patterns(ALERT_CONFIGURATIONS, "alerts.repositories.alerts", TESTS)
_history = patterns(ALERT_HISTORY, "alerts.repositories.history", TESTS)
_notifications = patterns(NOTIFICATIONS, "alerts.repositories", TESTS)

ACCESS_PATTERNS = (
    _alerts("alerts of a user, newest first", "Query", "alerts_query", "test_alerts_of_a_user_newest_first"),
    _alerts("one alert", "GetItem", "alert_address", "test_alerts_one"),
    _alerts("everyone's alerts on an asset", "Query SymbolIndex", "asset_query", "test_alerts_of_a_symbol"),
    _alerts(
        "alerts armed between two prices", "Query ArmedIndex", "armed_query", "test_alerts_armed_between_two_prices"
    ),
    _history("the history of a user", "Query", "user_query", "test_history_of_a_user"),
    _history("the history of an alert", "Query AlertIndex", "alert_query", "test_history_of_an_alert"),
    _notifications(
        "the newest notifications", "Query", "notifications.notifications_query", "test_notifications_newest"
    ),
    _notifications(
        "unread notifications", "Query UnreadIndex", "notifications.unread_query", "test_notifications_unread"
    ),
    _notifications("deliveries that are due", "Query DueIndex", "deliveries.due_query", "test_notifications_due"),
)
