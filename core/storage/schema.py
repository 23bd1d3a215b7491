"""Declarations of tables and indexes, from which tables, documentation and checks are made."""

from dataclasses import dataclass, field
from typing import Literal

AttributeType = Literal["S", "N"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a key: its name and whether it is text (S) or a number (N)."""

    name: str
    type: AttributeType = "S"


def number(name: str) -> Attribute:
    """A key attribute that holds a number."""
    return Attribute(name, "N")


def text(name: str) -> Attribute:
    """A key attribute that holds text."""
    return Attribute(name, "S")


@dataclass(frozen=True, slots=True)
class Index:
    """A global secondary index. An item without both key attributes is not in it."""

    name: str
    partition: Attribute
    sort: Attribute | None = None
    about: str = ""
    key: tuple[Attribute, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", _key(self.partition, self.sort))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its key, indexes and the attribute by which rows expire.

    `name` is without the prefix of the deployment. `ttl` names a number attribute in epoch seconds.
    `about` and `attributes` (name -> meaning) go into the generated documentation.
    """

    name: str
    partition: Attribute
    sort: Attribute | None = None
    indexes: tuple[Index, ...] = ()
    ttl: str | None = None
    about: str = ""
    attributes: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    key: tuple[Attribute, ...] = field(init=False, repr=False, compare=False)
    key_names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # kept, since every call of the store asks for them
        object.__setattr__(self, "key", _key(self.partition, self.sort))
        object.__setattr__(self, "key_names", tuple(attribute.name for attribute in self.key))

    def index(self, name: str) -> Index:
        """The index of this name; KeyError names the table when there is none."""
        for index in self.indexes:
            if index.name == name:
                return index
        raise KeyError(f"{self.name} has no index {name}")


def _key(partition: Attribute, sort: Attribute | None) -> tuple[Attribute, ...]:
    return (partition,) if sort is None else (partition, sort)


def same_shape(one: Table, other: Table, *, with_ttl: bool = True) -> bool:
    """Whether two tables have the same key, the same indexes in any order and, if asked, the same TTL attribute."""
    if one.key != other.key or (with_ttl and one.ttl != other.ttl):
        return False
    return {index.name: index.key for index in one.indexes} == {index.name: index.key for index in other.indexes}
