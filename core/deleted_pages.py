"""Pages on which things of one kind are deleted and restored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from core.accounts.domain import User
from core.accounts.requests import SignedInRequest
from core.errors import Refused
from core.presentation.undo import offer_undo
from core.tables import TRASH_KEPT
from core.trash import SHOWN, Deleted, identifier_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedPages(Generic[T]):
    """Views for one kind of things.

    name, names: what people call one and several of them. deleted: what a user deleted. delete: the service that
    returns the entry by which the service `restore` brings the thing back; both may raise Refused. template: extends
    `components/deleted.html`. The urls are names of addresses: `restore_url` takes the entry, and `page_url` the id of
    one thing; without it the list is shown instead. The texts say what was done.
    """

    name: str
    names: str
    deleted: Callable[[str], Sequence[Deleted[T]]]
    delete: Callable[[User, str], str]
    restore: Callable[[User, str], T]
    template: str
    list_url: str
    deleted_url: str
    restore_url: str
    page_url: str = ""
    deleted_text: str
    restored_text: str

    @method_decorator(require_POST)
    def delete_one(self, request: SignedInRequest, **address: str) -> HttpResponse:
        """Deletes the thing whose id is the one part of the address, and offers to undo that."""
        (identifier,) = address.values()
        try:
            entry = self.delete(request.user, identifier)
        except Refused as error:
            messages.error(request, error.detail)
            return self._page_of(identifier)
        offer_undo(request, self.deleted_text, reverse(self.restore_url, args=[entry]))
        return redirect(self.list_url)

    @method_decorator(require_safe)
    def list_deleted(self, request: SignedInRequest) -> HttpResponse:
        """What was deleted and can be restored, the latest first; one store request."""
        context = {
            "name": self.name,
            "names": self.names,
            "kept": f"{TRASH_KEPT.days} days",
            "shown": SHOWN,
            "list_url": reverse(self.list_url),
            "restore_url": self.restore_url,
            "deleted": self.deleted(request.user.username),
        }
        return render(request, self.template, context)

    @method_decorator(require_POST)
    def restore_one(self, request: SignedInRequest, entry: str) -> HttpResponse:
        """Brings a deleted thing back."""
        try:
            self.restore(request.user, entry)
        except Refused as error:
            messages.error(request, error.detail)
            return redirect(self.deleted_url)
        messages.success(request, self.restored_text)
        return self._page_of(identifier_of(entry))

    def _page_of(self, identifier: str) -> HttpResponse:
        return redirect(self.page_url, identifier) if self.page_url else redirect(self.list_url)
