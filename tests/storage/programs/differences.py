"""What programs leave out where a server is known to differ from DynamoDB, with the reason."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto


class Feature(Enum):
    """Something that a program may contain, or whose answer may be compared."""

    BOOLEANS = auto()
    NULLS = auto()
    BINARY_PREFIXES = auto()
    TWO_ATTRIBUTES = auto()
    MIXED_ORDERS = auto()
    UPDATES_THAT_ONLY_REMOVE = auto()
    SUMS_OF_ANY_NUMBERS = auto()
    IMPOSSIBLE_UPDATES = auto()
    IMPOSSIBLE_UPDATES_IN_TRANSACTIONS = auto()
    PAGES_WITHOUT_SORT_KEY = auto()
    PAGES_BETWEEN_WRITES = auto()
    LAST_CURSORS = auto()
    FAILED_ITEMS = auto()


MAKES_ITEM = "it makes an item of the key alone where there was none"
NO_CONDITIONS = "it does not say which conditions failed beside the update"
LOOKS_AHEAD = "it looks ahead, and gives no cursor where a page ends with the last row"

DIFFERENCES: Mapping[str, Mapping[Feature, str]] = {
    "moto": {
        Feature.BOOLEANS: "it compares as Python does: True == 1",
        Feature.NULLS: "it takes null for an attribute that is missing",
        Feature.BINARY_PREFIXES: "it compares bytes in base64",
        Feature.TWO_ATTRIBUTES: "it takes two missing attributes for equal",
        Feature.MIXED_ORDERS: "it fails at the order of two types",
        Feature.UPDATES_THAT_ONLY_REMOVE: MAKES_ITEM,
        Feature.SUMS_OF_ANY_NUMBERS: "it rounds sums to 28 digits",
        Feature.IMPOSSIBLE_UPDATES: "it does half of an update that cannot be done",
        Feature.IMPOSSIBLE_UPDATES_IN_TRANSACTIONS: NO_CONDITIONS,
        Feature.PAGES_BETWEEN_WRITES: LOOKS_AHEAD,
        Feature.LAST_CURSORS: LOOKS_AHEAD,
    },
    "native": {
        Feature.PAGES_WITHOUT_SORT_KEY: "it gives the same row again on every page",
        Feature.UPDATES_THAT_ONLY_REMOVE: MAKES_ITEM,
    },
    "local": {
        Feature.PAGES_WITHOUT_SORT_KEY: "it gives no cursor, as there can be but one row",
        Feature.LAST_CURSORS: "it gives no cursor where no other row can follow in the range asked for",
        Feature.IMPOSSIBLE_UPDATES_IN_TRANSACTIONS: NO_CONDITIONS,
        Feature.UPDATES_THAT_ONLY_REMOVE: MAKES_ITEM,
        Feature.FAILED_ITEMS: "this version does not know that a single write can ask for the item that failed it",
    },
}


def features(kinds: Iterable[str]) -> frozenset[Feature]:
    """What a program may contain that runs on stores of these kinds."""
    return frozenset(Feature).difference(*(DIFFERENCES.get(kind, {}) for kind in kinds))
