"""All words of the alerts: the same on pages, in notifications and in mails."""

from alerts.presentation.prices import firing_words, link, rearm_text, suppressed_text, test_words

__all__ = ["firing_words", "link", "rearm_text", "suppressed_text", "test_words"]
