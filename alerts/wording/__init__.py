"""Alerts in words: the same on pages, in notifications and in mails."""

from alerts.wording.prices import (
    firing_body,
    firing_mail,
    firing_subject,
    firing_title,
    link,
    rearm_text,
    test_body,
    test_mail,
)

__all__ = [
    "firing_body",
    "firing_mail",
    "firing_subject",
    "firing_title",
    "link",
    "rearm_text",
    "test_body",
    "test_mail",
]
