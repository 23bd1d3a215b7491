"""The SQL of one table: a tree of items by key, and a tree of keys for each index."""

import json

from core.storage.schema import Attribute, AttributeType, Index, Table

CATALOG = """
CREATE TABLE IF NOT EXISTS "catalog" (name TEXT PRIMARY KEY, declaration TEXT NOT NULL) WITHOUT ROWID
"""


class Statements:
    """The texts of all statements on one table; values always travel as parameters."""

    def __init__(self, table: Table) -> None:
        self.table = table
        items = quoted(f"table {table.name}")
        self.get = f"SELECT item, size FROM {items} WHERE partition = ? AND sort = ?"
        self.put = f"INSERT OR REPLACE INTO {items} (partition, sort, item, size, expiry) VALUES (?, ?, ?, ?, ?)"
        self.delete = f"DELETE FROM {items} WHERE partition = ? AND sort = ?"
        self.scan = f"SELECT item, partition, sort FROM {items} WHERE (partition, sort) > (?, ?) ORDER BY 2, 3 LIMIT ?"
        self.total = f"SELECT COUNT(*), COALESCE(SUM(size), 0) FROM {items}"
        self.expire = f"UPDATE {items} SET expiry = ? WHERE partition = ? AND sort = ?"
        self.create_expiry = (
            f"CREATE INDEX {quoted(f'expiry {table.name}')} ON {items} (expiry) WHERE expiry IS NOT NULL"
        )
        self.drop_expiry = f"DROP INDEX IF EXISTS {quoted(f'expiry {table.name}')}"
        self.expired = f"SELECT item, size FROM {items} WHERE expiry <= ? LIMIT ?"
        self.indexes = [IndexStatements(table, index) for index in table.indexes]

    def create(self) -> list[str]:
        """The statements that make the table."""
        items = quoted(f"table {self.table.name}")
        made = [
            f"CREATE TABLE {items} (partition BLOB NOT NULL, sort BLOB NOT NULL, item TEXT NOT NULL, "
            "size INTEGER NOT NULL, expiry INTEGER, PRIMARY KEY (partition, sort)) WITHOUT ROWID"
        ]
        if self.table.ttl is not None:
            made.append(self.create_expiry)
        return made + [index.create for index in self.indexes]

    def drop(self) -> list[str]:
        """The statements that delete it."""
        return [f"DROP TABLE IF EXISTS {quoted(f'table {self.table.name}')}", *(index.drop for index in self.indexes)]

    def select(self, index: Index | None, sort: str, *, after: bool, descending: bool) -> str:
        """A query's rows (item, size). Parameters: partition, those of `sort`, then the cursor's key if `after`."""
        direction, beyond = ("DESC", "<") if descending else ("ASC", ">")
        if index is None:
            source, order = f"{quoted(f'table {self.table.name}')} AS i", ["i.sort"]
            partition = "i.partition"
        else:
            keys = quoted(f"index {self.table.name} {index.name}")
            # CROSS keeps this order of loops: along the index, then to each item
            source = (
                f"{keys} AS k CROSS JOIN {quoted(f'table {self.table.name}')} AS i "
                "ON i.partition = k.item_partition AND i.sort = k.item_sort"
            )
            order, partition = ["k.sort", "k.item_partition", "k.item_sort"], "k.partition"
        where = [f"{partition} = ?"]
        if sort:
            where.append(sort.format(column=order[0]))
        if after:
            where.append(f"({', '.join(order)}) {beyond} ({', '.join('?' * len(order))})")
        ordering = ", ".join(f"{column} {direction}" for column in order)
        return f"SELECT i.item, i.size FROM {source} WHERE {' AND '.join(where)} ORDER BY {ordering}"


class IndexStatements:
    """The statements on the rows of one index."""

    def __init__(self, table: Table, index: Index) -> None:
        self.index = index
        keys = quoted(f"index {table.name} {index.name}")
        columns = "partition, sort, item_partition, item_sort"
        self.create = (
            f"CREATE TABLE {keys} (partition BLOB NOT NULL, sort BLOB NOT NULL, item_partition BLOB NOT NULL, "
            f"item_sort BLOB NOT NULL, PRIMARY KEY ({columns})) WITHOUT ROWID"
        )
        self.drop = f"DROP TABLE IF EXISTS {keys}"
        self.put = f"INSERT INTO {keys} ({columns}) VALUES (?, ?, ?, ?)"
        self.delete = f"DELETE FROM {keys} WHERE ({columns}) = (?, ?, ?, ?)"


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def declaration(table: Table) -> str:
    """Key, indexes and TTL of a table as JSON, for the catalog."""

    def key(attributes: tuple[Attribute, ...]) -> list[list[str]]:
        return [[attribute.name, attribute.type] for attribute in attributes]

    indexes = [[index.name, key(index.key)] for index in table.indexes]
    return json.dumps({"key": key(table.key), "indexes": indexes, "ttl": table.ttl})


def declared(name: str, text: str) -> Table:
    """The inverse of `declaration`."""

    def key(pairs: list[tuple[str, AttributeType]]) -> tuple[Attribute, Attribute | None]:
        first, *rest = (Attribute(name, kind) for name, kind in pairs)
        return first, rest[0] if rest else None

    stored = json.loads(text)
    indexes = tuple(Index(index_name, *key(pairs)) for index_name, pairs in stored["indexes"])
    return Table(name, *key(stored["key"]), indexes=indexes, ttl=stored["ttl"])
