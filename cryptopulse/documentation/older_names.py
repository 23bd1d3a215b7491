"""What became of the attribute names of the five table designs that this product brings together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OlderName:
    """A name in an older design that has another one here; `here` is `Table.attribute`, or a sentence."""

    design: str
    name: str
    here: str


TRADING = "trading simulator"
ORDERS = "order processor"
SPEED = "speed layer"
BUDGET = "budget assistant"
FOOTPRINT = "carbon tracker"

OLDER_NAMES: tuple[OlderName, ...] = (
    OlderName(TRADING, "Users.password", "Users.password_hash"),
    OlderName(TRADING, "Portfolios.balance", "Portfolios.current_balance"),
    OlderName(TRADING, "Portfolios.holdings", "one row of Portfolios for each asset, `ASSET#<asset_id>`"),
    OlderName(TRADING, "Transactions.type", "Transactions.transaction_type"),
    OlderName(TRADING, "Transactions.coin_id", "Transactions.asset_id"),
    OlderName(TRADING, "Transactions.amount", "Transactions.total_amount"),
    OlderName(TRADING, "PriceAlerts.coin_id", "AlertConfigurations.symbol"),
    OlderName(TRADING, "PriceAlerts.target_price", "AlertConfigurations.condition"),
    OlderName(TRADING, "PriceAlerts.condition", "AlertConfigurations.condition"),
    OlderName(TRADING, "PriceAlerts.active", "AlertConfigurations.enabled"),
    OlderName(TRADING, "PriceAlerts.triggered_at", "AlertConfigurations.last_triggered"),
    OlderName(ORDERS, "PK, SK", "keys with names of their own: `username` and `entry` in Portfolios"),
    OlderName(ORDERS, "UserTransactionsIndex", "the key of Transactions"),
    OlderName(ORDERS, "orders.order_type", "Orders.side"),
    OlderName(ORDERS, "orders.expires_at", "nothing yet: market orders are filled at once"),
    OlderName(ORDERS, "orders.entity_type", "nothing: the table says it"),
    OlderName(ORDERS, "UserOrdersIndex", "the key of Orders, and AssetOrdersIndex"),
    OlderName(SPEED, "user_id", "`username` in every table"),
    OlderName(SPEED, "UserIndex", "the key of AlertConfigurations: ids are in the order of time"),
    OlderName(SPEED, "notification_method", "AlertConfigurations.channels"),
    OlderName(SPEED, "delivery_status", "Notifications.status"),
    OlderName(BUDGET, "users.user_id", "`username` in every table"),
    OlderName(BUDGET, "username-index", "the key of Users"),
    OlderName(BUDGET, "expenses.receipt_url", "Expenses.receipt"),
    OlderName(BUDGET, "expenses: user_id-index", "the key of Expenses"),
    OlderName(BUDGET, "expenses: user_id-date-index", "DateIndex of Expenses"),
    OlderName(BUDGET, "budgets.budget_id", "nothing: a category has one budget a month, in `budgets` of `BUDGETS`"),
    OlderName(BUDGET, "budgets: user_id-index, user_id-category-index", "the row `BUDGETS`, which holds them all"),
    OlderName(BUDGET, "budgets.category, amount, alert_threshold, created_at", "Budgets.budgets"),
    OlderName(BUDGET, "notifications.type", "Notifications.kind"),
    OlderName(BUDGET, "notifications.message", "Notifications.body"),
    OlderName(BUDGET, "notifications.delivery_method", "Notifications.channel"),
    OlderName(FOOTPRINT, "userId", "`username` in every table"),
    OlderName(FOOTPRINT, "carbontrack-users", "Users; the aggregated statistics are CarbonTotals, by day and month"),
    OlderName(FOOTPRINT, "CarbonData, carbontrack-entries", "the table CarbonEntries, whose key is `entry_id`"),
    OlderName(FOOTPRINT, "carbontrack-entries: userId, timestamp", "TimeIndex of CarbonEntries"),
    OlderName(FOOTPRINT, "carbontrack-entries.timestamp", "CarbonEntries.timestamp"),
    OlderName(FOOTPRINT, "carbontrack-goals.goalId", "CarbonGoals.goal_id"),
    OlderName(FOOTPRINT, "carbontrack-achievements.achievementId", "CarbonAchievements.achievement_id"),
)
