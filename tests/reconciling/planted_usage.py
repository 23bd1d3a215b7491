"""Wrong counts of what users keep."""

from core.storage import Store
from tests.reconciling.books import rows, spoil
from tests.reconciling.planting import Planted, changed, changed_by, doubled, lost

COUNTS = {"entry": "counts"}


def a_lapse_lost(opened: Store) -> None:
    """Forget that some of the rows in the trash go by themselves."""
    [counts] = rows(opened, "Usage", **COUNTS)
    spoil("Usage", counts, **{next(name for name in counts if name.startswith("rows@")): None})


PLANTED: list[Planted] = [
    ("a count of rows", "usage_is_what_is_kept", "rows is", changed_by("Usage", has=COUNTS, rows="1")),
    ("a count of files", "usage_is_what_is_kept", "files is 3, the rows come to 2",
     changed_by("Usage", has=COUNTS, files="1")),
    ("a count of bytes", "usage_is_what_is_kept", "bytes is", changed_by("Usage", has=COUNTS, bytes="-1")),
    ("a count of goals", "usage_is_what_is_kept", "goals is", changed("Usage", has=COUNTS, goals=None)),
    ("what goes by itself", "usage_is_what_is_kept", "rows@", a_lapse_lost),
    ("all counts lost", "usage_is_what_is_kept", "bytes is 0", lost("Usage", has=COUNTS)),
    ("an expense that nobody counted", "usage_is_what_is_kept", "rows is", doubled("Expenses", "expense_id", has={})),
    ("a key that is not counted", "held_are_there", "ends at no time", lost("Usage", has={"entry": "api_keys"})),
    ("a key that is counted and not there", "held_are_there", "its row says nothing", lost("ApiKeys", has={})),
    ("an open import that is not counted", "held_are_there", "ends at no time",
     lost("Usage", has={"entry": "open_imports"})),
]  # fmt: skip
