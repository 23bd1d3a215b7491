"""Tables of the alerts."""

from core.storage.schema import Index, Table, number, text

ALERT_CONFIGURATIONS = Table(
    "AlertConfigurations",
    text("username"),
    text("alert_id"),
    indexes=(
        Index("SymbolIndex", text("symbol"), text("username"), about="Everyone's alerts on an asset."),
        Index("ArmedIndex", text("arm"), number("threshold"), about="Alerts that a price between two others may fire."),
    ),
    about="Alerts that users set. The row `#COUNT` of a user counts them, for the quota.",
    attributes={
        "alert_id": "id made by the client or the server, in time order",
        "symbol": "the asset's id",
        "ticker": "the asset's ticker symbol, for lists",
        "asset_name": "the asset's name, for lists",
        "condition_type": "the kind of the condition, such as `price_threshold`",
        "condition": "what it is made of, as the user set it; of a price: operator, threshold and price_type",
        "frequency": "`once` or `every`",
        "cooldown": "seconds of market time after a firing in which no other notifies",
        "hysteresis": "how far beyond the threshold a close must go back before the alert is armed again, in money",
        "expires_at": "when it ends, as the user set it",
        "market_expires_at": "the same moment on the clock of the asset's feed",
        "channels": "by which channels it notifies",
        "name": "the user's name for it",
        "note": "the user's note, sent with every firing",
        "fire_if_true": "whether it fires at once where its condition is already met when it is set",
        "enabled": "false while it is paused",
        "phase": "`armed`, `waiting` to be armed again, or `done`",
        "ended_by": "what made it done: `fired` or `expired`",
        "arm": "the partition of prices that may fire it or arm it again; absent while paused or done",
        "threshold": "the price in that partition: the armed level; absent in the same cases",
        "arm_seq": "it ignores moves of the series before this number",
        "trigger_count": "how often it fired",
        "last_triggered": "market time of the last firing",
        "digest": "what it was made from, so that a repeated request is recognised",
        "version": "grows with every write; every write is bound to the version it was decided on",
        "created_at": "when it was created",
        "updated_at": "when it was last written",
        "count": "of the row `#COUNT`: how many alerts the user has",
    },
)

ALERT_HISTORY = Table(
    "AlertHistory",
    text("username"),
    text("triggered_at"),
    indexes=(Index("AlertIndex", text("user_alert"), text("triggered_at"), about="The history of one alert."),),
    about="Every firing of an alert, suppressed or not, and every notification of budgets, carbon and orders.",
    attributes={
        "triggered_at": "market time of the move, or wall time of the fact, `#`, id of the row",
        "kind": "where it comes from: `price` (as of rows without one), `budget`, `carbon` or `order`",
        "told_as": "of budgets, carbon and orders: the kind of the notification",
        "subject": "of budgets, carbon and orders: the category, import, goal, achievement or order that it is about",
        "title": "of budgets, carbon and orders: the notification, in one line",
        "link": "of budgets, carbon and orders: the page with the rows behind it",
        "alert_id": "the alert, of a price",
        "user_alert": "username, `#`, alert id: ids are made by clients, so one alone could be another user's",
        "outcome": "`fired` or `suppressed`",
        "reason": "why it was suppressed: `cooldown` or `expired`",
        "number": "which firing of the alert this was, 1 for the first",
        "symbol": "the asset's id",
        "current_price": "the price that was compared",
        "condition_type": "the kind of the condition; `price_threshold` where there is none",
        "threshold": "of a `price_threshold`: the threshold it was compared with; other kinds have their own",
        "operator": "likewise: how",
        "price_type": "of a `price_threshold`: which price it was",
        "source": "the feed that the price came from",
        "channels": "by which channels it notified",
        "notification_id": "the notification; its delivery rows say what became of each message",
        "message_id": "Message-ID of the mail, without the host; of budgets, carbon and orders the event's id",
        "recorded_at": "wall time of the row",
    },
)

NOTIFICATIONS = Table(
    "Notifications",
    text("username"),
    text("entry"),
    ttl="ttl",
    indexes=(
        Index("UnreadIndex", text("unread_for"), text("entry"), about="Notifications that the user has not read."),
        Index("DueIndex", text("due"), text("due_at"), about="Deliveries to be sent, or whose sender may have died."),
    ),
    about="Notifications (`NOTE#<id>`), and their deliveries by other channels (`DELIVERY#<id>#<channel>`).",
    attributes={
        "entry": "`NOTE#<notification id>` or `DELIVERY#<notification id>#<channel>`",
        "kind": (
            "`alert`, `order`, `test`, `budget_alert`, `budget_exceeded`, `large_expense`, `import_summary`, "
            "`carbon_goal` or `achievement`; of a delivery also `account`: a mail about the account itself, "
            "which is not a notification"
        ),
        "title": "one line",
        "body": "sentences; of a delivery as the mail says them, with what the user wrote marked as theirs",
        "subject": "of a delivery: the mail's, without words of the user",
        "link": "the page that it is about",
        "source": "where the fact came from",
        "at": "when it happened, on the clock of its source",
        "asset_id": "the asset whose clock that is, if it is the clock of one",
        "created_at": "when it was written, wall time",
        "reference": "alert id and firing number, or the event's id: with the host it is the Message-ID",
        "unread_for": "the username while it is unread, else absent",
        "read_at": "when it was read",
        "notification_id": "id of the notification, in a delivery too",
        "about": (
            "of a mail about the account: `password_reset`, `confirm_address`, `address_changed` or `address_reverted`"
        ),
        "address": "of a mail about the account: where it goes",
        "credential_version": "of a mail about the account: the account's when it was asked for",
        "expires_at": "of a mail about the account: it is dropped when it has not gone out by then",
        "channel": "of a delivery: by which channel",
        "status": (
            "of a delivery: queued, sending, retry, sent, failed or suppressed; waiting for a confirmed address"
        ),
        "due": "of a delivery that is not over and does not wait: `due#0`",
        "due_at": "when to send it; while sending, when the lease ends",
        "lease": "of a delivery that is being sent: id of the sender",
        "ttl": (
            "a delivery that has ended expires 90 days later, one that waits for a confirmed address 90 days after "
            "it was written; notifications and the history of alerts stay"
        ),
        "attempts": "of a delivery: time, outcome, duration in milliseconds and detail of each",
    },
)

TABLES = (ALERT_CONFIGURATIONS, ALERT_HISTORY, NOTIFICATIONS)
