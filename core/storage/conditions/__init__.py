"""Conditions of boto3 (`Attr`, `Key`), checked once and evaluated on typed items.

They are those of DynamoDB that the product uses, and mean what it means by them. A comparison with an attribute that is
missing, or of another type, does not hold; only `ne` does: what is not there differs from everything.
"""

from core.storage.conditions.keys import KeyRange, key_range
from core.storage.conditions.operands import names
from core.storage.conditions.predicates import Predicate, predicate

__all__ = ["KeyRange", "Predicate", "key_range", "names", "predicate"]
