"""Our DynamoDB backend against bare boto3 and PynamoDB, and the embedded store against a server through boto3."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from bench import servers_here
from bench.bare_boto3 import REGION, BareBoto3
from bench.report import Aim, Section, microseconds, ratio
from bench.rows import ORDERS, key, order
from bench.timing import Call, Timing, taking_turns
from bench.with_pynamodb import WithPynamoDB
from core.storage import Item, KeyCondition, Put, Query, Store, Update, open_store

READER, WRITER = "alice", "bob"
STORED = 300
IN_A_TRANSACTION = 5
ROWS_OF_A_QUERY = 25
PREFIX = "Bench_"
MOST_AGAINST_BOTO3, MOST_AGAINST_PYNAMODB = 1.05, 1.0
OURS, BOTO3, PYNAMODB, EMBEDDED = "ours", "boto3", "pynamodb", "embedded"
SIDES = (OURS, BOTO3, PYNAMODB, EMBEDDED)
ONE = Decimal(1)

Orders = Mapping[str, Sequence[Sequence[Item]]]

TITLE = "DynamoDB backend against bare boto3 and PynamoDB"
ABOUT = (
    "Every side is given the same values of Python and gives such back, over loopback to a native "
    "DynamoDB-compatible server. Bare boto3 is `boto3.client` as it comes, with boto3's own TypeSerializer and "
    "TypeDeserializer. Ours checks types, limits and sizes besides, and asks for the units consumed. The embedded "
    "store, in memory, does the same work in the same rounds. Medians."
)


@dataclass(frozen=True, slots=True)
class Sides:
    """All that take part, and the rows that they write, each its own."""

    store: Store
    embedded: Store
    boto3: BareBoto3
    pynamodb: WithPynamoDB

    def contests(self, rounds: int) -> list[tuple[str, dict[str, Call], int]]:
        """What is measured: its name, who does it, and in how many rounds."""
        return [
            ("get", self._gets(), rounds),
            ("put", self._puts(_orders(rounds)), rounds),
            ("update", self._updates(), rounds),
            (f"query of {ROWS_OF_A_QUERY} rows", self._queries(), rounds // 2),
            (f"transaction of {IN_A_TRANSACTION}", self._transactions(_orders(rounds // 2)), rounds // 2),
        ]

    def _gets(self) -> dict[str, Call]:
        keys = [key(READER, number) for number in range(STORED)]
        return {
            OURS: lambda number: self.store.get(ORDERS, keys[number % STORED]),
            BOTO3: lambda number: self.boto3.get(keys[number % STORED]),
            PYNAMODB: lambda number: self.pynamodb.get(keys[number % STORED]),
            EMBEDDED: lambda number: self.embedded.get(ORDERS, keys[number % STORED]),
        }

    def _puts(self, orders: Orders) -> dict[str, Call]:
        return {
            OURS: lambda number: self.store.put(ORDERS, orders[OURS][number][0]),
            BOTO3: lambda number: self.boto3.put(orders[BOTO3][number][0]),
            PYNAMODB: lambda number: self.pynamodb.put(orders[PYNAMODB][number][0]),
            EMBEDDED: lambda number: self.embedded.put(ORDERS, orders[EMBEDDED][number][0]),
        }

    def _updates(self) -> dict[str, Call]:
        change = Update(set={"status": "open"}, add={"version": ONE})
        keys = {side: key(READER, number) for number, side in enumerate(SIDES)}
        return {
            OURS: lambda _: self.store.update(ORDERS, keys[OURS], change),
            BOTO3: lambda _: self.boto3.update(keys[BOTO3], "open", ONE),
            PYNAMODB: lambda _: self.pynamodb.update(keys[PYNAMODB], "open", ONE),
            EMBEDDED: lambda _: self.embedded.update(ORDERS, keys[EMBEDDED], change),
        }

    def _queries(self) -> dict[str, Call]:
        newest = Query(ORDERS, KeyCondition("username").eq(READER), limit=ROWS_OF_A_QUERY, descending=True)
        return {
            OURS: lambda _: self.store.query(newest),
            BOTO3: lambda _: self.boto3.query(READER, ROWS_OF_A_QUERY),
            PYNAMODB: lambda _: self.pynamodb.query(READER, ROWS_OF_A_QUERY),
            EMBEDDED: lambda _: self.embedded.query(newest),
        }

    def _transactions(self, orders: Orders) -> dict[str, Call]:
        def puts(side: str, number: int) -> list[Put]:
            return [Put(ORDERS, item) for item in orders[side][number]]

        return {
            OURS: lambda number: self.store.transact_write(puts(OURS, number)),
            BOTO3: lambda number: self.boto3.transaction(orders[BOTO3][number]),
            PYNAMODB: lambda number: self.pynamodb.transaction(orders[PYNAMODB][number]),
            EMBEDDED: lambda number: self.embedded.transact_write(puts(EMBEDDED, number)),
        }


def measure(quick: bool) -> Section:
    """Left out where the native server is not there."""
    if not servers_here.has_native():
        return Section(TITLE, ABOUT, left_out=servers_here.MISSING)
    rounds = 60 if quick else 2_000
    rows: list[tuple[str, ...]] = []
    against_boto3, against_pynamodb = [], []
    with on_native() as sides:
        for what, calls, times in sides.contests(rounds):
            found = taking_turns(calls, rounds=times, warm_up=times // 10)
            rows.append(_row(what, found))
            against_boto3.append(found[OURS].median / found[BOTO3].median)
            against_pynamodb.append(found[OURS].median / found[PYNAMODB].median)
    return Section(
        TITLE,
        ABOUT,
        ("What", "Ours", "Bare boto3", "PynamoDB", "Ours / boto3", "Ours / PynamoDB", "Embedded", "Embedded / boto3"),
        tuple(rows),
        (
            Aim("DynamoDB backend against bare boto3, the worst", max(against_boto3), MOST_AGAINST_BOTO3, "times"),
            Aim("DynamoDB backend against PynamoDB, the worst", max(against_pynamodb), MOST_AGAINST_PYNAMODB, "times"),
        ),
    )


@contextmanager
def on_native() -> Iterator[Sides]:
    """All sides on one native server, with the rows to be read."""
    with servers_here.native() as endpoint:
        store = open_store(f"dynamodb://{REGION}?prefix={PREFIX}&endpoint={endpoint}")
        embedded = open_store("memory://")
        table = PREFIX + ORDERS.name
        sides = Sides(store, embedded, BareBoto3(endpoint, table), WithPynamoDB(endpoint, table))
        try:
            for each in (store, embedded):
                each.create_tables([ORDERS])
                each.load(ORDERS, (order(READER, number) for number in range(STORED)))
            yield sides
        finally:
            store.close()
            embedded.close()
            sides.boto3.close()


def _orders(rounds: int) -> Orders:
    """By side and round the five orders that it may write, each once."""

    def five(side: str, number: int) -> list[Item]:
        first = IN_A_TRANSACTION * number
        return [order(f"{WRITER}-{side}", each) for each in range(first, first + IN_A_TRANSACTION)]

    return {side: [five(side, number) for number in range(rounds + rounds // 10)] for side in SIDES}


def _row(what: str, found: Mapping[str, Timing]) -> tuple[str, ...]:
    ours, bare, mapped, embedded = (found[side].median for side in SIDES)
    return (
        what,
        microseconds(ours),
        microseconds(bare),
        microseconds(mapped),
        ratio(ours / bare),
        ratio(ours / mapped),
        microseconds(embedded),
        f"{embedded / bare:.3f}",
    )
