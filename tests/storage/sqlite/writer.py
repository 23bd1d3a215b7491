"""A process that writes until it is killed: `python -m tests.storage.sqlite.writer PATH NAME COUNT`.

Each transaction raises the counter and adds the row of its number; the number is printed once it was acknowledged.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from core.storage import Change, Put, Store, Update, open_store
from tests.storage.tables import NAMES, NOTES


def write(store: Store, name: str, number: int) -> None:
    note = {"owner": name, "note": f"{number:06d}", "kind": "written", "weight": number, "filling": "x" * 2000}
    store.transact_write([Change(NAMES, {"name": "counter"}, Update(add={"count": 1})), Put(NOTES, note)])


def main(path: str, name: str, count: str) -> None:
    store = open_store(f"sqlite:///{path}")
    for number in range(int(count)):
        write(store, name, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
