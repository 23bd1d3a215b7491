"""Where mail goes that does not leave this machine."""

from pathlib import Path

from django.conf import settings

from core.addresses import is_local

CONSOLE = "django.core.mail.backends.console.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"


def mail_place() -> str:
    """Where a mail is found, in words, when EMAIL_URL prints mails or puts them into files; empty when they leave.

    The folder is named only where the site serves this machine alone: other visitors learn no paths.
    """
    if settings.EMAIL_BACKEND == CONSOLE:
        return "printed in the terminal where the site runs"
    if settings.EMAIL_BACKEND == FILES:
        if not is_local(settings.PUBLIC_URL):
            return "a file in the folder that EMAIL_URL names"
        return f"a file in the folder {Path(getattr(settings, 'EMAIL_FILE_PATH', '')).absolute()}"
    return ""


def waits_for_proof() -> bool:
    """Whether mail to an address that nobody has proved waits: not where no mail leaves this machine."""
    return not mail_place()
