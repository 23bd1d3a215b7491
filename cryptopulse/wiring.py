"""The lists through which core and market find what the apps bring. Dotted paths only: nothing is imported here."""

TABLES: tuple[str, ...] = (
    "core.tables.TABLES",
    "core.accounts.tables.TABLES",
    "market.tables.TABLES",
    "market.triggers.tables.TABLES",
    "portfolio.tables.TABLES",
    "budgets.tables.TABLES",
    "alerts.tables.TABLES",
    "carbon.tables.TABLES",
)

# The layout of the rows that this release writes, and the oldest layout whose releases may still open them. A release
# that only adds fields, tables or indexes raises neither. Releases of layout 1 know neither the counts nor the states
# that rows of layout 2 rest on, and on a file they stop at an index that they do not know.
LAYOUT: tuple[int, int] = (2, 2)

# (layout, `() -> None`): what brings older rows to that layout. Ordered by layout; safe to repeat and to stop anywhere.
# On a file `prepare` runs them, on DynamoDB `manage.py upgradetables`.
UPGRADES: tuple[tuple[int, str], ...] = (
    (2, "carbon.upgrades.judge_again"),
    (2, "core.accounts.upgrades.unify_addresses"),
    (2, "core.accounts.upgrades.count_usage"),
)

# what the rows of a table count, what a user holds a few of, and how much of each there may be: see core.usage
USAGE_MEASURES: tuple[str, ...] = (
    "core.trash.MEASURES",
    "portfolio.usage.MEASURES",
    "budgets.usage.MEASURES",
    "alerts.usage.MEASURES",
    "carbon.usage.MEASURES",
)
USAGE_HELD: tuple[str, ...] = ("budgets.usage.HELD", "core.accounts.usage.HELD")
QUOTAS: tuple[str, ...] = (
    "core.usage.quotas.QUOTAS",
    "budgets.usage.QUOTAS",
    "core.accounts.usage.QUOTAS",
    "carbon.usage.QUOTAS",
)

# what each app asks of its tables
ACCESS_PATTERNS: tuple[str, ...] = (
    "core.layout.access_patterns.ACCESS_PATTERNS",
    "core.accounts.access_patterns.ACCESS_PATTERNS",
    "core.usage.access_patterns.ACCESS_PATTERNS",
    "core.console.access_patterns.ACCESS_PATTERNS",
    "market.access_patterns.ACCESS_PATTERNS",
    "portfolio.access_patterns.ACCESS_PATTERNS",
    "portfolio.console.access_patterns.ACCESS_PATTERNS",
    "budgets.access_patterns.ACCESS_PATTERNS",
    "alerts.access_patterns.ACCESS_PATTERNS",
    "carbon.access_patterns.ACCESS_PATTERNS",
)

# the entries of the main navigation, and tuples of those of the staff area, in their order
MENU: tuple[str, ...] = (
    "cryptopulse.overview.urls.PLACE",
    "portfolio.urls.PLACE",
    "market.urls.PLACE",
    "budgets.urls.PLACE",
    "carbon.urls.PLACE",
    "alerts.urls.PLACE",
)
STAFF_MENU: tuple[str, ...] = (
    "core.console.urls.PEOPLE",
    "portfolio.console.urls.PLACES",
    "market.console.urls.PLACES",
    "carbon.console.urls.PLACES",
    "core.console.urls.SITE",
)

# what the codes of errors mean
CODES: tuple[str, ...] = (
    "core.codes.CODES",
    "core.accounts.codes.CODES",
    "core.usage.codes.CODES",
    "market.codes.CODES",
    "portfolio.codes.CODES",
    "budgets.codes.CODES",
    "alerts.codes.CODES",
    "carbon.codes.CODES",
)

# what the schedule runs again and again
SCHEDULE: tuple[str, ...] = (
    "core.tasks.SCHEDULE",
    "market.tasks.SCHEDULE",
    "market.triggers.tasks.SCHEDULE",
    "budgets.tasks.SCHEDULE",
    "alerts.tasks.SCHEDULE",
    "cryptopulse.tasks.SCHEDULE",
)

HANDLERS: dict[str, tuple[str, ...]] = {
    "accounts.password_reset_requested": ("alerts.handlers.queue_password_reset",),
    "accounts.address_named": ("alerts.handlers.queue_confirmation",),
    "accounts.address_confirmed": ("alerts.handlers.release_waiting",),
    "accounts.address_changed": ("alerts.handlers.queue_change_notice",),
    "accounts.address_reverted": ("alerts.handlers.queue_revert_notice",),
    "accounts.close_requested": ("core.accounts.handlers.erase_closed_account",),
    "portfolio.order_filled": ("alerts.handlers.notify_order_filled",),
    "budgets.expense_changed": ("carbon.handlers.follow_expense",),
    "budgets.expenses_imported": ("carbon.handlers.follow_import",),
    "budgets.threshold_crossed": ("alerts.handlers.notify_threshold_crossed",),
    "budgets.large_expense": ("alerts.handlers.notify_large_expense",),
    "budgets.import_finished": ("alerts.handlers.notify_import_finished",),
    "carbon.goal_over": ("alerts.handlers.notify_goal_over",),
    "carbon.achievement_earned": ("alerts.handlers.notify_achievement_earned",),
    "carbon.entry_changed": ("carbon.handlers.bring_estimate_back", "carbon.handlers.refresh_achievements"),
    "carbon.goal_changed": ("carbon.handlers.refresh_achievements",),
}

# modules of pure functions that run in a process of their own (core.sandbox); `warm_up()` of one is called beforehand
SANDBOXED: tuple[str, ...] = (
    "budgets.domain.receipt_content",
    "budgets.domain.importing.bank_file",
    "budgets.pdf.report",
)

# what an account may choose about an app: see core.accounts.app_settings
ACCOUNT_SETTINGS: tuple[str, ...] = ("portfolio.account_settings.COST_BASIS",)

# (user) -> writes that belong in the transaction of the sign-up
ACCOUNT_OPENINGS: tuple[str, ...] = ("portfolio.services.opening_writes",)

# (username) -> None, called before the rows of a closed account are deleted: what deleting them alone would leave wrong
ACCOUNT_CLOSINGS: tuple[str, ...] = ("alerts.services.alerts_close", "budgets.services.receipts.receipts_close")

# (table, row) -> row, for the export: what is kept packed as a person can read it, any other row as it is
EXPORT_UNPACKERS: tuple[str, ...] = ("budgets.repositories.import_parts.part_unpacked",)

# the channels that notify users, by name: what other apps let users choose among (core.accounts.notice_channels)
NOTICE_CHANNELS: tuple[str, ...] = ("alerts.channels.CHANNELS",)

# objects that bring an armed index and a claim to the trigger engine (market.triggers)
TRIGGER_SUBSCRIBERS: tuple[str, ...] = ("alerts.subscriber.SUBSCRIBER",)

# prepared on every start, safe to repeat
START_UPS: tuple[str, ...] = ("market.services.market_prepare",)

# (asset ids) -> those that exist, with their latest prices: what a client of /ws/stream/ may watch
STREAM_PRICES: tuple[str, ...] = ("market.selectors.prices_to_push",)

# () -> list[Part], parts of /readyz
HEALTH: tuple[str, ...] = ("cryptopulse.health.market", "cryptopulse.health.deliveries")

# rules of `manage.py reconcile`: tuples of (Account) -> disagreements among the rows of one account, ...
RECONCILIATIONS: tuple[str, ...] = (
    "core.accounts.reconciling.RULES",
    "core.usage.reconciling.RULES",
    "portfolio.reconciling.RULES",
    "budgets.reconciling.RULES",
    "alerts.reconciling.RULES",
    "carbon.reconciling.RULES",
    "cryptopulse.reconciling.RULES",
)

# ... and of (stream of a table, now) -> disagreements in the store as a whole
STORE_RECONCILIATIONS: tuple[str, ...] = (
    "core.accounts.reconciling.STORE_RULES",
    "core.outbox.reconciling.STORE_RULES",
    "core.audit.reconciling.STORE_RULES",
    "alerts.reconciling.STORE_RULES",
    "carbon.reconciling.STORE_RULES",
)
