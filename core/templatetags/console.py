"""Template tags of the staff area: `{% load console %}`."""

from django import template
from django.urls import NoReverseMatch, reverse

from core.audit import AuditEntry
from core.console import presentation

register = template.Library()


@register.filter
def in_words(action: str) -> str:
    """What was done, in words."""
    return presentation.action_in_words(action)


@register.filter
def bytes_in_words(size: int) -> str:
    """An amount of bytes."""
    return presentation.size_in_words(size)


@register.filter
def grouped(count: int) -> str:
    """A count with its thousands grouped: `17,457`."""
    return f"{count:,}"


@register.filter
def subject_page(entry: AuditEntry) -> str:
    """The address of the page about an entry's subject, `staff:<kind>`; empty where it has none."""
    try:
        return reverse(f"staff:{entry.kind}", args=[entry.identifier])
    except NoReverseMatch:
        return ""
