"""No pattern that meets what people send takes longer than its text is long: each is tried with its worst input."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.patterns.found import patterns, patterns_in_place
from tests.patterns.growth import LINEAR, growth, looks_steep
from tests.patterns.worst import WORST, pumped

FOUND = patterns()
_SAMPLES = " 1a-.,T:_é\x00"
QUADRATIC = {
    "of two runs": (r"\d\s*\s*[a-z]", "fullmatch", pumped("1", " ", "!")),
    "of a run that is looked for": (r"[T\s]+\d{1,2}:\d{2}.*$", "sub", pumped("1", " ", "x")),
    "of a run that begins everywhere": (r"(\d[\d,]*\.\d\d(?!\d))", "split", pumped("", "1", "x")),
}


def used(pattern: re.Pattern[Any], operation: str) -> Callable[[Any], object]:
    """The pattern as the product calls it."""
    if operation == "sub":
        return lambda text: pattern.sub(text[:0], text)
    method: Callable[[Any], object] = getattr(pattern, operation)
    return method


def test_every_pattern_of_the_product_is_in_the_table_and_no_other() -> None:
    assert sorted(FOUND) == sorted(WORST)


def test_no_pattern_is_compiled_where_it_is_used_so_that_none_is_missed() -> None:
    assert patterns_in_place() == []


@pytest.mark.parametrize("name", sorted(WORST))
def test_the_worst_input_of_its_grammar_takes_as_long_as_it_is(name: str) -> None:
    use = WORST[name]
    call = used(FOUND[name], use.operation)
    assert [rate for worst in use.worst if (rate := growth(call, worst)) > LINEAR] == []


@pytest.mark.parametrize("name", sorted(WORST))
def test_nor_does_any_short_piece_repeated(name: str) -> None:
    pattern, call = FOUND[name], used(FOUND[name], WORST[name].operation)
    steep = [make for make in repeated(pattern) if looks_steep(call, make) and growth(call, make) > LINEAR]
    assert [make(20) for make in steep] == []


@pytest.mark.parametrize("which", QUADRATIC)
def test_a_quadratic_pattern_is_found_out(which: str) -> None:
    pattern, operation, worst = QUADRATIC[which]
    assert growth(used(re.compile(pattern), operation), worst) > LINEAR


def test_addresses_are_made_of_segments_each_of_one_kind() -> None:
    converters = {
        (type(converter).__name__, converter.regex)
        for pattern in url_patterns(get_resolver())
        for converter in pattern.pattern.converters.values()
    }
    segments = {("StringConverter", "[^/]+"), ("IntConverter", "[0-9]+"), ("SlugConverter", "[-a-zA-Z0-9_]+")}
    assert converters <= {*segments, ("PathConverter", ".+")}
    routes = [str(each.pattern) for each in url_patterns(get_resolver())]
    assert [route for route in routes if re.search(r"<path:.*<|>[^/]*<", route)] == []
    own = {str(each.pattern) for each in url_patterns(get_resolver()) if not hasattr(each.pattern, "_route")}
    assert own == {"^.*$"}


@pytest.mark.parametrize(("pump", "after"), [("a", ""), ("a/", ""), ("/", "a"), ("expenses/", "\n"), ("%", "/")])
def test_an_address_takes_as_long_to_resolve_as_it_is(pump: str, after: str) -> None:
    def resolve(path: str) -> None:
        for pattern in url_patterns(get_resolver()):
            pattern.pattern.match(path)

    assert growth(resolve, pumped("api/v1/", pump, after)) < LINEAR


def repeated(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], Any]]:
    """Makers of texts out of one or two characters, of those in the pattern and some of each kind."""
    is_text = isinstance(pattern.pattern, str)
    written = pattern.pattern if is_text else pattern.pattern.decode("latin-1")
    signs = sorted({each for each in (*written, *_SAMPLES) if each not in "\\[]{}?*+|^$<>P=!"})[:24]
    for pump, after in product([*signs, *map("".join, product(signs, signs))], ("", "!")):
        made = pump[0], pump, after
        yield pumped(*(made if is_text else (each.encode("latin-1") for each in made)))


def url_patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address of the product."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from url_patterns(each)
        else:
            yield each
