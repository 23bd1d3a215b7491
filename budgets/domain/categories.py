"""What money is spent on: eleven categories, and the user's own."""

from collections.abc import Collection
from unicodedata import normalize

from core.errors import InvalidInput

CATEGORIES = (
    "Food & Dining",
    "Transportation",
    "Housing",
    "Utilities",
    "Entertainment",
    "Healthcare",
    "Shopping",
    "Education",
    "Travel",
    "Insurance",
    "Other",
)
LONGEST_CATEGORY = 50
MOST_OWN_CATEGORIES = 50


def normal_category(name: str) -> str:
    """A name in the form that is stored and compared: composed characters (NFC), no superfluous space.

    Of one that is much too long only the beginning, too long as well: composing takes as long as the square of the
    number of accents.
    """
    return " ".join(normalize("NFC", name[: LONGEST_CATEGORY * 4]).split())


def category_error(name: str, categories: Collection[str]) -> str:
    """What is wrong where it is not one of these categories, with the choices; capitals count."""
    if name in categories:
        return ""
    return f"This category was not found. Choose one of {', '.join(categories)}; or add your own first."


def new_category(name: str) -> str:
    """The name of an own category in the form that is stored: 1 to 50 printable characters, no doubled space.

    One of them is a letter or a digit. Raises InvalidInput, also for the name of one of the eleven.
    """
    category = normal_category(name)
    if not category or len(category) > LONGEST_CATEGORY or not category.isprintable():
        raise InvalidInput({"name": [f"Enter 1 to {LONGEST_CATEGORY} printable characters."]})
    if not any(character.isalnum() for character in category):
        raise InvalidInput({"name": ["Use at least one letter or digit."]})
    if same_name(category, CATEGORIES) is not None:
        raise InvalidInput({"name": ["This is a standard category. Choose another name."]})
    return category


def same_name(name: str, names: Collection[str]) -> str | None:
    """That of the names which differs from this one in capitals at most; None where there is none."""
    return next((each for each in names if each.casefold() == name.casefold()), None)
