"""Declared access patterns: each names a method and a test that are there, and a request that its table can answer."""

import ast
from functools import cache

import pytest
from django.utils.module_loading import import_string

from core.access_patterns import AccessPattern
from cryptopulse.documentation.access_patterns_page import declared
from tests.docs.pages import ROOT

PATTERNS = declared()
REQUESTS = ("GetItem", "Query", "BatchGetItem", "TransactWriteItems")


@cache
def names_in(path: str) -> frozenset[str]:
    """Names of the functions of a file, those of classes as `Class::name`."""
    names = set()
    for node in ast.parse((ROOT / path).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            names |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return frozenset(names)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: f"{pattern.table.name}: {pattern.name}")
class TestEachPattern:
    def test_its_method_is_there(self, pattern: AccessPattern) -> None:
        assert callable(import_string(pattern.method))

    def test_its_test_is_there(self, pattern: AccessPattern) -> None:
        path, _, name = pattern.test.partition("::")
        assert name.startswith("test_") or "::test_" in name
        assert name in names_in(path)

    def test_its_request_is_one_that_the_table_answers(self, pattern: AccessPattern) -> None:
        request, _, index = pattern.request.partition(" ")
        assert request in REQUESTS
        assert not index or (request == "Query" and index in {each.name for each in pattern.table.indexes})


def test_no_two_patterns_share_a_test() -> None:
    tests = [pattern.test for pattern in PATTERNS]
    assert len(set(tests)) == len(tests)
