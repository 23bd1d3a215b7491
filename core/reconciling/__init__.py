"""Whether all that is stored agrees: cash with its ledger, holdings with trades, firings with what was told.

Each app brings its rules (`RECONCILIATIONS` and `STORE_RECONCILIATIONS` of the wiring module); this package reads the
rows, calls the rules, and reads again what disagrees before it says so.
"""

from core.reconciling.rules import Account, AccountRule, Disagreement, StoreRule, Stream, compared
from core.reconciling.run import Report, reconcile

__all__ = ["Account", "AccountRule", "Disagreement", "Report", "StoreRule", "Stream", "compared", "reconcile"]
