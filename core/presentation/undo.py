"""Messages about what can be undone."""

from django.contrib import messages
from django.http import HttpRequest


def offer_undo(request: HttpRequest, text: str, undo: str) -> None:
    """Show the text with a button that posts to the address `undo`."""
    messages.success(request, text, extra_tags=undo)
