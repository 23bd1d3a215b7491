"""Files of `dumptables`: a line for each item, and at the end the count and checksum of each table.

`"Users"<tab>{"username":{"S":"alice"},...}` is an item, `end<tab>{"Users":{"items":1,"checksum":"..."}}` the last line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TextIO

from core.storage.codec import AttributeMap, decode_item, encode_item
from core.storage.errors import InvalidOperation
from core.storage.item_json import from_json, to_json
from core.storage.operations import Item
from core.storage.schema import Table
from core.storage.transfer import Tally, TransferFailed
from core.storage.whole_store import Store

END = "end"


def write_dump(lines: TextIO, store: Store, tables: Iterable[Table]) -> Mapping[str, Tally]:
    """Every item of the tables, one at a time, and the end; what was written, by table."""
    tallies: dict[str, Tally] = {}
    for table in tables:
        tally = tallies[table.name] = Tally()
        for item in store.dump(table):
            typed = encode_item(item)
            tally.add(typed)
            lines.write(f"{json.dumps(table.name)}\t{to_json(typed)}\n")
    ends = {name: {"items": tally.items, "checksum": f"{tally.checksum:064x}"} for name, tally in tallies.items()}
    lines.write(f"{END}\t{json.dumps(ends)}\n")
    return tallies


@dataclass(frozen=True)
class DumpFile:
    """A file of `dumptables`, read from its start at each use."""

    path: Path

    def checked(self, tables: Mapping[str, Table]) -> Mapping[Table, Tally]:
        """What the file holds of each table, once all of it has been read.

        Raises TransferFailed, naming the line, for one that is not a line of `dumptables` or not of a table given, for
        items that differ from the counts and checksums at the end, and for a file that has no end.
        """
        found: dict[str, Tally] = {}
        number = 0
        for number, (name, typed) in self._lines():
            if name not in tables:
                raise TransferFailed(f"{self.path}, line {number}: {name} is not a table of this version.")
            found.setdefault(name, Tally()).add(typed)
        ends = self._ends(number)
        for name, end in ends.items():
            if name not in tables:
                raise TransferFailed(f"{self.path}, line {number + 1}: {name} is not a table of this version.")
            tally = found.pop(name, Tally())
            if tally != end:
                raise TransferFailed(
                    f"{self.path}, line {number + 1}: {end.items} items of {name} were dumped, and {tally.items} are "
                    "here, or they differ. The file was changed or damaged."
                )
        if found:
            raise TransferFailed(f"{self.path}, line {number + 1}: the end does not count those of {', '.join(found)}.")
        return {tables[name]: end for name, end in ends.items()}

    def by_table(self) -> Iterator[tuple[str, Iterator[Item]]]:
        """The items, one at a time, by table; each table's must be taken before the next table."""
        for name, lines in groupby(self._lines(), key=lambda line: line[1][0]):
            yield name, (decode_item(typed) for _, (_, typed) in lines)

    def _lines(self) -> Iterator[tuple[int, tuple[str, AttributeMap]]]:
        """Number, table and item of each line before the end."""
        # bytes that are not UTF-8 become text that no item can hold, and so an error with its line
        with self.path.open(encoding="utf-8", errors="surrogateescape") as lines:
            for number, line in enumerate(lines, start=1):
                name, _, rest = line.partition("\t")
                if name == END:
                    return
                try:
                    typed = encode_item(decode_item(from_json(rest)))
                    yield number, (json.loads(name), typed)
                except (ValueError, KeyError, AttributeError, TypeError, ArithmeticError, InvalidOperation) as error:
                    cut = "" if line.endswith("\n") else " The file ends here: dump again."
                    raise TransferFailed(f"{self.path}, line {number}: not a line of `dumptables`.{cut}") from error

    def _ends(self, items: int) -> Mapping[str, Tally]:
        with self.path.open(encoding="utf-8", errors="surrogateescape") as lines:
            end = next((line for line in lines if line.startswith(f"{END}\t")), None)
        if end is None:
            raise TransferFailed(f"{self.path}, line {items}: the file ends after it: dump again.")
        try:
            read = json.loads(end.partition("\t")[2])
            return {name: Tally(int(each["items"]), int(each["checksum"], 16)) for name, each in read.items()}
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise TransferFailed(f"{self.path}, line {items + 1}: the end is incomplete: dump again.") from error
