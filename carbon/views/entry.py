"""Pages of one entry: adding it, what came out, changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from carbon import selectors, services
from carbon.domain.entry import EntryDraft
from carbon.forms.entries import EntryForm, initial_of
from carbon.presentation import figures
from carbon.views.entering import Purpose, enter
from core import clock
from core.accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def entry_add(request: SignedInRequest) -> HttpResponse:
    """Choose an activity (`?activity=`, an id or what people call it), then say how much of it."""

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        entry = services.entry_add(request.user, entry_id=form.cleaned_data["id"], draft=draft)
        messages.success(request, f"Added: {figures.kg_exact(entry.kg)} kg CO₂e.")
        return redirect("carbon:entry", entry.entry_id)

    purpose = Purpose("Add a carbon entry", "Add the entry", reverse("carbon:entries"), save)
    return enter(request, purpose, initial={"timestamp": timezone.localtime(clock.now())})


@require_safe
def entry_detail(request: SignedInRequest, entry_id: str) -> HttpResponse:
    """What an entry came to, and by which factor; one store request."""
    return render(request, "carbon/entry.html", {"entry": selectors.entry_get(request.user.username, entry_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: SignedInRequest, entry_id: str) -> HttpResponse:
    """Change a measured entry; an estimate is measured instead."""
    entry = selectors.entry_get(request.user.username, entry_id)
    if entry.is_estimate:
        return redirect("carbon:measure", entry_id)

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        changed = services.entry_change(request.user, entry_id, draft, version=form.seen)
        messages.success(request, f"Saved: {figures.kg_exact(changed.kg)} kg CO₂e.")
        return redirect("carbon:entry", entry_id)

    purpose = Purpose("Edit the entry", "Save", reverse("carbon:entry", args=[entry_id]), save, entry.category, entry)
    return enter(request, purpose, initial=initial_of(entry), activity=entry.activity)
