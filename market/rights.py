"""Rights of the staff about the market."""

from core.accounts.rights import Right

SEE_MARKET_STATISTICS = Right(
    "see and export statistics of the market over all assets", frozenset({"analyst", "admin"})
)
CHANGE_ASSETS = Right("add assets, edit them, and say which may be bought", frozenset({"admin"}))
