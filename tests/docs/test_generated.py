"""Generated pages are those that the code makes now, and what is written by hand agrees with it."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from core import wiring
from core.codes import codes
from cryptopulse.documentation import PAGES as GENERATED
from cryptopulse.options import ALL
from tests.docs.pages import ROOT, everything

OPTIONS = {option.name: option for option in ALL}


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == GENERATED[name](), "run `make docs`"


def test_a_page_that_fell_behind_fails_the_check(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(GENERATED, "capacity.md")  # which takes seconds to measure, and is compared above
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("writedocs", verbosity=0)
    call_command("writedocs", "--check")
    (tmp_path / "docs" / "tables.md").write_text("old")
    with pytest.raises(CommandError, match=r"docs/tables\.md fell behind the code: run `make docs`\."):
        call_command("writedocs", "--check")


def test_every_option_is_in_the_settings_page() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == set(OPTIONS)


def test_the_options_in_the_readme_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert len(rows) >= 5
    for name, default in rows:
        assert default == (OPTIONS[name].default or "http://localhost:PORT"), name


def test_options_set_in_examples_exist() -> None:
    named = set(re.findall(r"\b([A-Z]{2,}(?:_[A-Z]+)*)=", everything()))
    read_by_boto3 = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    assert named - set(OPTIONS) - read_by_boto3 <= {"KEY", "CSV"}


def test_every_table_and_attribute_is_in_the_tables_page() -> None:
    page = (ROOT / "docs" / "tables.md").read_text()
    for table in wiring.tables():
        section = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert table.about in section
        assert all(f"| `{attribute}` |" in section for attribute in table.attributes)
        assert all(f"| {index.name} |" in section for index in table.indexes)


def test_every_table_says_what_it_is_for_and_each_index_too() -> None:
    for table in wiring.tables():
        assert table.about, table.name
        assert all(index.about for index in table.indexes), table.name


def test_names_of_older_designs_lead_to_attributes_that_exist() -> None:
    known = {f"{table.name}.{name}" for table in wiring.tables() for name in (*table.attributes, *table.key_names)}
    page = (ROOT / "docs" / "older-names.md").read_text()
    named = re.findall(r"\| `(\w+\.\w+)` \|$", page, re.MULTILINE)
    assert len(named) > 15
    assert set(named) <= known


def test_every_error_code_is_in_the_errors_page() -> None:
    page = (ROOT / "docs" / "errors.md").read_text()
    assert set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == set(codes())
