"""Pages of the staff about trading."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from core.accounts.requests import SignedInRequest
from core.console.activity import activity as activity_now
from core.console.guard import staff_page
from core.paging import cursor_or_first
from core.reading import Rows
from market.selectors import assets_listed
from portfolio import selectors
from portfolio.console.forms import EveryonesFilter, HoldersFilter
from portfolio.rights import SEE_ACTIVITY, SEE_TRANSACTIONS
from portfolio.selectors import Holder, Trade
from portfolio.views.records import render_list, trade_sums

PAGE = 50
DAYS = 7


@staff_page(SEE_TRANSACTIONS)
@require_safe
def transactions(request: SignedInRequest) -> HttpResponse:
    """Trades of everyone, or of one user, newest first."""
    form = EveryonesFilter(request.GET)
    rows: Rows[Trade] = Rows(())
    if form.is_valid():
        user, until = form.cleaned_data["user"], form.cleaned_data["until"]
        cursor = cursor_or_first(request)
        if user:
            rows = selectors.trades_of(user, PAGE, cursor, until=until)
        else:
            rows = selectors.trades_of_everyone(PAGE, cursor, until=until)
    return render_list(request, "console/transactions.html", form, rows, sums=trade_sums(rows.items))


@staff_page(SEE_TRANSACTIONS)
@require_safe
def holders(request: SignedInRequest) -> HttpResponse:
    """Who holds an asset."""
    form = HoldersFilter(request.GET, assets=assets_listed())
    rows: Rows[Holder] = Rows(())
    asset_id = form.cleaned_data["asset"] if form.is_valid() else ""
    if asset_id:
        rows = selectors.holders_of(asset_id, PAGE, cursor_or_first(request))
    return render_list(request, "console/holders.html", form, rows, asset_id=asset_id)


@never_cache
@staff_page(SEE_ACTIVITY)
@require_safe
def activity(request: SignedInRequest) -> HttpResponse:
    """Recent sign-ups, sign-ins and trades: counts, and the last ones."""
    today = clock.now().date()
    days = [today - timedelta(days=back) for back in range(DAYS)]
    context = {"activity": activity_now(), "days": [(day, *selectors.trades_counted(day)) for day in days]}
    return render(request, "console/activity.html", context)
