"""Alerts in words: the same on pages, in notifications and in mails."""

from alerts.wording.prices import firing_words, link, rearm_text, test_words

__all__ = ["firing_words", "link", "rearm_text", "test_words"]
