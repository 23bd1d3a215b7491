"""Factors that staff add."""

from __future__ import annotations

from collections.abc import Sequence

from carbon.domain.factor import Factor
from core.accounts.domain import User
from core.storage import Write


def factor_add(actor: User, factor: Factor, also: Sequence[Write] = ()) -> Factor:
    """Add a factor as the newest of its activity, region and unit; its `factor_id` and `version` are given here.

    Entries made from now on take it; none that is there changes. The caller checks the right and brings the audit row
    in `also`. The same factor again, as it stands newest, is returned and nothing written. Raises InvalidInput.
    """
    raise NotImplementedError
