"""Rights of the staff about emission factors."""

from core.accounts.rights import Right

CHANGE_FACTORS = Right("add emission factors", frozenset({"admin"}))
