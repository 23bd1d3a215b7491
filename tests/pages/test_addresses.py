"""`{% url %}` of every template, and the tables of figures in time."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, set_script_prefix

from core.presentation.series import SeriesRow, rows_html


@pytest.fixture
def under_a_prefix() -> Iterator[None]:
    set_script_prefix("/site/")
    yield
    set_script_prefix("/")


def rendered(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def test_each_argument_has_its_own_address_also_when_asked_again() -> None:
    for asset_id in ("bitcoin", "ethereum", "bitcoin"):
        assert rendered('{% url "market:asset" which %}', which=asset_id) == f"/markets/{asset_id}/"


def test_an_address_can_be_kept_under_a_name() -> None:
    assert rendered('{% url "market:list" as there %}[{{ there }}]') == "[/markets/]"


def test_an_unknown_name_is_an_error_each_time() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            rendered('{% url "market:nowhere" %}')


@pytest.mark.usefixtures("under_a_prefix")
def test_what_was_made_under_another_prefix_is_not_used() -> None:
    assert rendered('{% url "market:list" %}') == "/site/markets/"


def test_what_was_made_of_other_addresses_is_not_used() -> None:
    assert rendered('{% url "market:list" %}') == "/markets/"
    with override_settings(ROOT_URLCONF="core.accounts.urls"), pytest.raises(NoReverseMatch):
        rendered('{% url "market:list" %}')


def test_figures_in_time_are_rows_whose_text_is_escaped() -> None:
    row = SeriesRow("2026-11-20", "20 Nov <b>", (("1.5", "1.50"), ("2", "<i>2</i>")))
    assert rows_html([row]) == (
        '<tr><th scope="row"><time datetime="2026-11-20">20 Nov &lt;b&gt;</time></th>'
        '<td class="num" data-value="1.5">1.50</td><td class="num" data-value="2">&lt;i&gt;2&lt;/i&gt;</td></tr>'
    )
