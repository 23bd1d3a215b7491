"""The page that is written."""

from bench import machine, report
from bench.report import Aim, Section


def test_an_aim_is_met_up_to_its_bound() -> None:
    assert Aim("a", 2.0, 2, "times").is_met
    assert not Aim("a", 2.01, 2, "times").is_met


def test_figures_have_their_unit() -> None:
    assert report.microseconds(0.0000173) == "17.3 µs"
    assert report.microseconds(0.0012345) == "1,234 µs"
    assert report.milliseconds(0.01234) == "12.3 ms"
    assert report.ratio(1.0449) == "1.04"


def test_the_page_says_what_was_aimed_at_and_what_was_left_out() -> None:
    measured = Section(
        "Reads", "How  it\nwas done.", ("What", "Ours"), (("get", "1 µs"),), (Aim("A read", 5.5, 5, "times"),)
    )
    missing = Section("Servers", "By loopback.", left_out="no server is here")
    assert report.page([measured, missing], heading="Performance", about="About it.") == (
        "# Performance\n\nAbout it.\n\n## Aims\n\n"
        "| What | Measured | At most | Met |\n|---|---:|---:|---:|\n| A read | 5.50 times | 5 times | **no** |\n\n"
        "## Reads\n\nHow it was done.\n\n| What | Ours |\n|---|---:|\n| get | 1 µs |\n\n"
        "## Servers\n\nBy loopback.\n\nLeft out: no server is here.\n"
    )


def test_no_line_of_prose_is_longer_than_a_line_of_the_docs() -> None:
    page = report.page([Section("Long", "word " * 200, left_out="x")], heading="Performance", about="word " * 200)
    assert max(map(len, page.splitlines())) <= report.WIDTH


def test_the_machine_is_told_in_plain_words() -> None:
    assert "core" in machine.described()
    assert "SQLite" in machine.described()
    assert "/" not in machine.described()
