"""Rights of the staff about what users trade."""

from core.accounts.rights import Right

SEE_TRANSACTIONS = Right("see the transactions of all users, and who holds an asset", frozenset({"moderator", "admin"}))
SEE_ACTIVITY = Right("see the activity of the site", frozenset({"moderator", "admin"}))
