"""How a table in a store differs from its declaration, in sentences that are the same on every backend."""

from collections.abc import Iterable

from core.storage.schema import Attribute, Index, Table


def drift(declared: Table, existing: Table) -> tuple[str, ...]:
    """A sentence for each difference of indexes and TTL, or one of the key; none where the table is as declared."""
    if declared.key != existing.key:
        return (_of_key(declared, existing),)
    return (*_of_indexes(declared, existing), *_of_ttl(declared, existing))


def missing_indexes(declared: Table, existing: Table) -> tuple[Index, ...]:
    """Indexes that are declared but missing; one that exists with another key is not among them."""
    names = {index.name for index in existing.indexes}
    return tuple(index for index in declared.indexes if index.name not in names)


def _of_key(declared: Table, existing: Table) -> str:
    return (
        f"{declared.name}: the key is declared as {_key(declared.key)}, but is {_key(existing.key)}. "
        "A key cannot be changed: dump the tables, drop this one, create it and load it."
    )


def _of_indexes(declared: Table, existing: Table) -> Iterable[str]:
    found_by_name = {index.name: index for index in existing.indexes}
    for index in declared.indexes:
        found = found_by_name.pop(index.name, None)
        if found is None:
            yield (
                f"{declared.name}: the index {index.name} {_key(index.key)} is declared, but missing. "
                "`createtables --add-indexes` adds it."
            )
        elif found.key != index.key:
            yield (
                f"{declared.name}: the index {index.name} is declared as {_key(index.key)}, but is "
                f"{_key(found.key)}. Delete it in the store, then `createtables --add-indexes`."
            )
    for index in found_by_name.values():
        yield (
            f"{declared.name}: the index {index.name} {_key(index.key)} exists, but is not declared. "
            "It costs a write for each item, and nothing reads it."
        )


def _of_ttl(declared: Table, existing: Table) -> Iterable[str]:
    if declared.ttl == existing.ttl:
        return
    if existing.ttl is None:
        yield f"{declared.name}: items are declared to expire by {declared.ttl}, but do not. `createtables` adds it."
    elif declared.ttl is None:
        yield (
            f"{declared.name}: items are declared not to expire, but expire by {existing.ttl}. "
            "Switch that off in the store."
        )
    else:
        yield (
            f"{declared.name}: items are declared to expire by {declared.ttl}, but expire by {existing.ttl}. "
            "Switch that off in the store, then `createtables`."
        )


def _key(attributes: tuple[Attribute, ...]) -> str:
    return "(" + ", ".join(f"{each.name}{' N' if each.type == 'N' else ''}" for each in attributes) + ")"
