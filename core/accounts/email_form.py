"""The one form in which an email address is stored and compared, however it was typed."""

import re
import unicodedata

LONGEST_EMAIL = 254
EMAIL_RULE = "Enter an email address like name@example.com."
UNSEEN_RULE = "The address contains invisible characters. Type it instead of pasting it."

_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (zero width and direction), surrogate, private, unassigned, separators of lines and paragraphs."""
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that show nothing: the rest of Unicode's Default_Ignorable_Code_Point, and the blank of Braille."""


def normal_email(text: str) -> str:
    """The address in the form that is stored: NFKC, lower-case, the domain in letters rather than in Punycode.

    NFKC, because an address in wide or ligature letters looks like another person's. Lower-case and no casefold, which
    would take "ß" for "ss": two mailboxes. The domain is brought through IDNA as the mail program does it, so that two
    names that mail would not tell apart are one here. Raises ValueError with the rule.
    """
    typed = text.strip()
    if len(typed) > LONGEST_EMAIL or typed.count("@") > 1:
        raise ValueError(EMAIL_RULE)
    if holds_unseen(typed):
        raise ValueError(UNSEEN_RULE)
    local, at, domain = _normal_text(typed).rpartition("@")
    email = _normal_text(f"{local}{at}{_in_letters(domain)}")
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise ValueError(EMAIL_RULE)
    return email


def holds_unseen(text: str) -> bool:
    """Whether a character of the text is a control, has no width, or changes the direction of others."""
    return bool(_UNSEEN.search(text)) or any(unicodedata.category(each) in _UNSEEN_CATEGORIES for each in text)


def looked_up(text: str) -> tuple[str, ...]:
    """The forms under which an address that was typed may be held: the normal one, and the one of earlier releases."""
    earlier = text.strip().lower()
    try:
        return tuple(dict.fromkeys((normal_email(text), earlier)))
    except ValueError:
        return (earlier,)


def _normal_text(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def _in_letters(domain: str) -> str:
    if domain.isascii() and "xn--" not in domain:
        return domain
    try:
        return domain.encode("idna").decode("ascii").encode("ascii").decode("idna")
    except UnicodeError as error:
        raise ValueError(EMAIL_RULE) from error
