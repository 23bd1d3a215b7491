"""Error codes of alerts."""

from core.codes import Code

CODES: dict[str, Code] = {
    "alert_quota": Code(409, "Alert quota reached", "Delete an alert to make room for another."),
    "alert_expired": Code(409, "Alert expired", "Set a later end, or create a new alert."),
    "no_price": Code(409, "No price yet", "Try again when the feed has a price for this asset."),
    "too_many_tests": Code(
        429, "Too many test messages", "Five go out within 300 seconds; wait as many seconds as `Retry-After` says."
    ),
}
