"""Fields, errors and lists come out wired for assistive technology."""

from urllib.parse import urlencode

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from core.accounts.domain import Anonymous
from core.accounts.requests import set_user
from core.paging import next_cursor
from core.reading import Rows


class Order(forms.Form):
    amount = forms.DecimalField(help_text="At least 1.00")
    note = forms.CharField(required=False)
    side = forms.ChoiceField(choices=[("buy", "Buy"), ("sell", "Sell")], widget=forms.RadioSelect)
    once = forms.BooleanField(required=False)


def rendered(source: str, **context: object) -> str:
    return Template("{% load cryptopulse %}" + source).render(Context(context))


def test_a_faulty_field_points_at_its_hint_and_its_error() -> None:
    html = rendered("{% field form.amount %}", form=Order({}))
    assert 'aria-describedby="id_amount_hint id_amount_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_amount_error"' in html
    assert '<p class="error" id="id_amount_error">' in html


def test_a_field_without_hint_or_error_describes_nothing_and_says_that_it_is_optional() -> None:
    html = rendered("{% field form.note %}", form=Order())
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html
    assert "optional" in html


def test_choices_form_a_group_with_a_legend_and_a_box_has_its_label_behind() -> None:
    assert "<legend>Side</legend>" in rendered("{% field form.side %}", form=Order())
    assert rendered("{% field form.once %}", form=Order()).index("<input") < rendered(
        "{% field form.once %}", form=Order()
    ).index("Once")


def test_errors_lead_to_their_fields() -> None:
    form = Order({"amount": "x", "side": "buy"})
    form.add_error(None, "closed")
    html = rendered("{% form_errors form %}", form=form)
    assert 'role="alert"' in html
    assert "<p>closed</p>" in html
    assert '<a href="#id_amount">Amount</a>' in html


def test_a_form_without_errors_shows_no_box() -> None:
    assert rendered("{% form_errors form %}", form=Order()).strip() == ""


def test_the_pager_keeps_the_filter() -> None:
    request = RequestFactory().get("/markets/?q=b%26c&cursor=old")
    set_user(request, Anonymous())
    page = Rows((1,), {"start": 1})
    html = rendered("{% pager page %}", page=page, request=request)
    assert f'href="?{urlencode({"q": "b&c", "cursor": next_cursor(request, page)}).replace("&", "&amp;")}"' in html
    assert 'href="?q=b%26c"' in html


def test_the_last_page_has_no_link_on() -> None:
    html = rendered("{% pager page %}", page=Rows(()), request=RequestFactory().get("/markets/"))
    assert "<a" not in html


@pytest.mark.parametrize(
    ("address", "aria", "link"),
    [
        ("/m/", 'aria-sort="ascending"', "?sort=-name"),
        ("/m/?sort=-name&q=x", 'aria-sort="descending"', "?sort=name&amp;q=x"),
        ("/m/?sort=price&cursor=c", "", "?sort=name"),
    ],
)
def test_a_sort_heading_says_and_turns_the_direction(address: str, aria: str, link: str) -> None:
    html = rendered('{% sort_header "Name" "name" default="name" %}', request=RequestFactory().get(address))
    assert aria in html
    assert ("aria-sort" in html) is bool(aria)
    assert f'href="{link}"' in html
