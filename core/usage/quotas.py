"""The quotas: how much of each figure one user may have."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from core import wiring
from core.errors import Refused
from core.tables import FILE_KEPT, TRASH_KEPT


@dataclass(frozen=True, slots=True)
class Quota:
    """One quota. `code` is that of the refusal, `label` names the figure in Settings.

    limit: how much one user may have, read at each use. refusal: the sentence that says what to do, with `{limit}`.
    """

    figure: str
    code: str
    label: str
    limit: Callable[[], int]
    refusal: str
    is_bytes: bool = False

    def refused(self) -> Refused:
        """What is raised for more than that."""
        return Refused(self.code, self.refusal.format(limit=self.shown(self.limit())))

    def shown(self, amount: int) -> str:
        """An amount of the figure as people read it."""
        return filesizeformat(amount) if self.is_bytes else f"{amount:,}"


QUOTAS = (
    Quota(
        "bytes",
        "storage_quota",
        "Size of files",
        lambda: settings.STORAGE_PER_USER,
        "Your files would take more than {limit}, the maximum. Delete expenses with receipts or discard imports: "
        f"a deleted file counts until it leaves the trash after {FILE_KEPT.days} days.",
        is_bytes=True,
    ),
    Quota(
        "files",
        "file_quota",
        "Number of files",
        lambda: settings.FILES_PER_USER,
        "You have {limit} files, the maximum. Delete receipts: a deleted file counts until it leaves the trash "
        f"after {FILE_KEPT.days} days.",
    ),
    Quota(
        "rows",
        "row_quota",
        "Rows",
        lambda: settings.ROWS_PER_USER,
        "This would be more than {limit} rows, the maximum for one account. Delete what you no longer "
        f"need: deleted rows count until they leave the trash after {TRASH_KEPT.days} days.",
    ),
)


@cache
def quotas() -> dict[str, Quota]:
    """Those that the apps list as QUOTAS, by figure, in the order in which Settings shows them."""
    return {quota.figure: quota for some in wiring.listed("QUOTAS") for quota in some}
