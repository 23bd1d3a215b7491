"""Every two of the five stores answer alike to random programs.

PROGRAM_EXAMPLES says how many programs each pair runs; PROGRAM_SEED=any other text gives other programs.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path

import hypothesis
import pytest
from hypothesis import Phase, given, note

from core.storage import Delete, Get, Store
from tests import stores
from tests.storage.programs.differences import Feature, features
from tests.storage.programs.generating import KEYS, Generator, Program
from tests.storage.programs.showing import shown
from tests.storage.programs.steps import ReadMany, Run, answers
from tests.storage.tables import TABLES

EXAMPLES = int(os.environ.get("PROGRAM_EXAMPLES", "40"))
SEED = os.environ.get("PROGRAM_SEED", "1")
PROFILE = hypothesis.settings(
    max_examples=EXAMPLES,
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],  # an explanation would run as many programs again
)
KINDS = ("memory", "file", "moto", *stores.SERVERS)
PAIRS = [
    pytest.param(pair, marks=[pytest.mark.services] if set(pair) & set(stores.SERVERS) else [], id="-".join(pair))
    for pair in combinations(KINDS, 2)
]
NOTHING_LEFT = [Delete(table, key) for table, key in KEYS]
EVERYTHING = ReadMany(tuple(Get(table, key) for table, key in KEYS))


@pytest.fixture
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[tuple[str, str], tuple[Store, Store]]]:
    """The kinds of a pair and a store of each; the tables are those of all programs, which begin by emptying them."""
    kinds: tuple[str, str] = request.param
    with ExitStack() as stack:
        opened = [stack.enter_context(stores.opened(kind, tmp_path)) for kind in kinds]
        for each in opened:
            each.create_tables(TABLES)
        yield kinds, (opened[0], opened[1])
        for each in opened:
            for table in TABLES:
                each.drop(table)


@pytest.mark.parametrize("pair", PAIRS, indirect=True)
def test_random_programs_agree(pair: tuple[tuple[str, str], tuple[Store, Store]]) -> None:
    kinds, both = pair
    shared = features(kinds)

    @hypothesis.seed(zlib.crc32(f"{SEED} {kinds}".encode()))
    @PROFILE
    @given(program=Generator(shared).programs())
    def agree(program: Program) -> None:
        one, other = (_played(program, store, shared) for store in both)
        for number, (step, first, second) in enumerate(zip((*program.steps, EVERYTHING), one, other, strict=True), 1):
            if first != second:
                note(f"{kinds[0]} and {kinds[1]} differ at step {number}, {shown(step)}:\n{first}\n{second}")
            assert first == second

    agree()


def _played(program: Program, store: Store, shared: frozenset[Feature]) -> list[object]:
    """The answers to every step, and then every item."""
    store.batch_write(NOTHING_LEFT)
    return list(answers((*program.steps, EVERYTHING), Run(store, shared)))
