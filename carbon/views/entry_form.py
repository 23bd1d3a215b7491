"""What adding, changing and measuring have in common: choosing an activity, then saying how much of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from carbon import selectors
from carbon.domain.entry import Entry, EntryDraft
from carbon.forms.entries import EntryForm, local_text
from carbon.presentation.catalogue import Catalogue, Choice, catalogue_of
from carbon.services.entries import Preview, entry_preview
from core.accounts import places
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import UNPROCESSABLE, add_errors, render_form

FORM, PREVIEW, PICKER = "carbon/entry_form.html", "carbon/entry_preview.html", "carbon/activities.html"
LATELY_READ, LATELY_SHOWN = 25, 6


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the page is for: its words, where it leads back, what it does with a draft, and the entry it is about."""

    heading: str
    button: str
    back: str
    save: Callable[[EntryForm, EntryDraft], HttpResponse]
    first_category: str = ""
    entry: Entry | None = None
    note: str = ""


def enter(
    request: SignedInRequest, purpose: Purpose, *, initial: Mapping[str, Any], activity: str = ""
) -> HttpResponse:
    """The page of this purpose: the list of activities until one is chosen, then its form, then the saving.

    `activity` is the one that is chosen where the address names none. htmx gets the preview alone.
    """
    sent = request.POST if request.method == "POST" else request.GET
    said = sent.get("activity", activity)
    catalogue = catalogue_of(selectors.factors_listed())
    choice = catalogue.find(said)
    if choice is None:
        return _choosing(request, purpose, catalogue, said)
    data = sent.copy()
    data["activity"] = choice.activity
    if request.method == "POST":
        form = EntryForm(data, choice=choice, initial=initial)
        if "preview" in sent:
            return _form_page(request, purpose, form, choice, _previewed(request, purpose, form))
        return _saved(request, purpose, form, choice)
    if request.htmx:
        form = EntryForm(data, choice=choice)
        return render(request, PREVIEW, {"form": form, "preview": _previewed(request, purpose, form), "asked": True})
    named = {name: sent[name] for name in ("amount", "unit", "description") if name in sent}
    form = EntryForm(initial={**initial, **named, "activity": choice.activity}, choice=choice)
    return _form_page(request, purpose, form, choice, None)


def _choosing(request: SignedInRequest, purpose: Purpose, catalogue: Catalogue, said: str) -> HttpResponse:
    near = catalogue.near(said)
    lately = selectors.entries_newest(request.user, LATELY_READ).items if not said else ()
    context = {
        "purpose": purpose,
        "said": said,
        "near": near,
        "choices": catalogue.choices,
        "groups": catalogue.groups(first=purpose.first_category),
        "lately": _lately(lately, catalogue),
        "entry": purpose.entry,
    }
    return render(request, PICKER, context, status=UNPROCESSABLE if said else 200)


def _lately(entries: tuple[Entry, ...], catalogue: Catalogue) -> list[Choice]:
    """The activities of the newest entries that can be chosen again, the latest first."""
    found = (catalogue.find(entry.activity) for entry in entries if not entry.is_estimate)
    return list(dict.fromkeys(choice for choice in found if choice))[:LATELY_SHOWN]


def _previewed(request: SignedInRequest, purpose: Purpose, form: EntryForm) -> Preview | None:
    """What the form would make; None where it is wrong, which its errors then say."""
    if not form.is_valid():
        return None
    try:
        return entry_preview(request.user, _draft(request, purpose, form), purpose.entry)
    except InvalidInput as error:
        add_errors(form, error)
        return None


def _saved(request: SignedInRequest, purpose: Purpose, form: EntryForm, choice: Choice) -> HttpResponse:
    if form.is_valid():
        try:
            draft = _draft(request, purpose, form)
            return purpose.save(form, draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
    return _form_page(request, purpose, form, choice, None)


def _draft(request: SignedInRequest, purpose: Purpose, form: EntryForm) -> EntryDraft:
    """What a valid form says of the entry that it is about, if of one.

    The form knows minutes alone: a time that was left as it is keeps its seconds, and the entry with it its day. And
    a country that was removed means that of the settings, not the one before.
    """
    draft, before = form.draft, purpose.entry
    if before is None:
        return draft
    if local_text(draft.timestamp) == local_text(before.timestamp):
        draft = replace(draft, timestamp=before.timestamp)
    keeps_region = not before.is_estimate and draft.activity == before.activity and "region" in form.fields
    if keeps_region and not draft.region and before.region in places.countries():
        draft = replace(draft, region=request.user.country)
    return draft


def _form_page(
    request: SignedInRequest, purpose: Purpose, form: EntryForm, choice: Choice, preview: Preview | None
) -> HttpResponse:
    return render_form(request, FORM, form, purpose=purpose, choice=choice, preview=preview, entry=purpose.entry)
