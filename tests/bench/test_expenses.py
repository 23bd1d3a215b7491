"""What is measured of expenses is what the product does: totals agree, and every row arrives."""

from pathlib import Path

import pytest

from bench import imports, month, servers_here
from budgets.reconciling import RULES
from budgets.selectors import month_summary
from core.agreement import reconcile
from core.storage import using


def test_the_months_to_be_summed_up_agree_with_their_expenses() -> None:
    with month.filled("memory://", 50) as few, month.filled("memory://", 120) as many:
        for store, count in ((few, 50), (many, 120)):
            with using(store):
                found = reconcile(store, pauses=()).disagreements
                assert [each for each in found if each.rule in {rule.__name__ for rule in RULES}] == []
                assert month_summary(month.OWNER.username, month.MONTH).count == count
        assert set(month.timed_summaries({50: few, 120: many}, 3)) == {50, 120}


def test_a_store_with_other_expenses_than_it_should_have_is_not_measured() -> None:
    with month.filled("memory://", 5) as store, pytest.raises(RuntimeError, match="5 expenses were summed up"):
        month.timed_summaries({6: store}, 1)


def test_every_row_of_the_file_is_imported_and_undone() -> None:
    assert imports.file_of(120).count(b"\n") == 121
    found = imports.speeds("memory://", 120)
    assert min(found.preview, found.adding, found.undoing) > 0


def test_without_a_server_the_embedded_store_is_measured_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(servers_here, "FOLDER", tmp_path)
    section = imports.measure(quick=True)
    assert [row[0] for row in section.rows] == ["memory", "file"]
    assert "make servers" in section.about
