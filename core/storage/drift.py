"""How a table that stands in a store differs from its declaration, in words that are the same on every backend."""

from collections.abc import Iterable

from core.storage.schema import Attribute, Index, Table


def drift(declared: Table, standing: Table) -> tuple[str, ...]:
    """A sentence for each difference of indexes and TTL, or one of the key; none where the table stands as declared."""
    if declared.key != standing.key:
        return (_of_key(declared, standing),)
    return (*_of_indexes(declared, standing), *_of_ttl(declared, standing))


def missing_indexes(declared: Table, standing: Table) -> tuple[Index, ...]:
    """Indexes that are declared and do not stand; one of the same name with another key is not among them."""
    names = {index.name for index in standing.indexes}
    return tuple(index for index in declared.indexes if index.name not in names)


def _of_key(declared: Table, standing: Table) -> str:
    return (
        f"{declared.name}: the key is declared as {_key(declared.key)}, and stands as {_key(standing.key)}. "
        "A key cannot be changed: dump the tables, drop this one, create it and load it."
    )


def _of_indexes(declared: Table, standing: Table) -> Iterable[str]:
    stand = {index.name: index for index in standing.indexes}
    for index in declared.indexes:
        found = stand.pop(index.name, None)
        if found is None:
            yield (
                f"{declared.name}: the index {index.name} {_key(index.key)} is declared, and does not stand. "
                "`createtables --add-indexes` adds it."
            )
        elif found.key != index.key:
            yield (
                f"{declared.name}: the index {index.name} is declared as {_key(index.key)}, and stands as "
                f"{_key(found.key)}. Take it away in the store, then `createtables --add-indexes`."
            )
    for index in stand.values():
        yield (
            f"{declared.name}: the index {index.name} {_key(index.key)} stands, and is not declared. "
            "It costs a write for each item, and nothing reads it."
        )


def _of_ttl(declared: Table, standing: Table) -> Iterable[str]:
    if declared.ttl == standing.ttl:
        return
    if standing.ttl is None:
        yield f"{declared.name}: items are declared to expire by {declared.ttl}, and do not. `createtables` adds it."
    elif declared.ttl is None:
        yield (
            f"{declared.name}: items are declared not to expire, and expire by {standing.ttl}. "
            "Switch that off in the store."
        )
    else:
        yield (
            f"{declared.name}: items are declared to expire by {declared.ttl}, and expire by {standing.ttl}. "
            "Switch that off in the store, then `createtables`."
        )


def _key(attributes: tuple[Attribute, ...]) -> str:
    return "(" + ", ".join(f"{each.name}{' N' if each.type == 'N' else ''}" for each in attributes) + ")"
