"""Values of every type: a few that meet again and again, and any others."""

from decimal import Context, Decimal
from typing import Any

from hypothesis import strategies as st

from core.storage.numbers import DIGITS, GREATEST_EXPONENT, LEAST_EXPONENT
from tests.storage.programs.differences import Feature

Values = st.SearchStrategy[Any]

SMALL = [Decimal(text) for text in ("0", "1", "-1", "2", "0.1", "-2.5", "10")]
EXTREME = [Decimal("9" * DIGITS), Decimal("-9.99E125"), Decimal("1E-130"), Decimal("-1E-130"), Decimal("1E125")]
WIDE = Context(prec=DIGITS)

numbers: st.SearchStrategy[Decimal] = st.one_of(
    st.sampled_from(SMALL),
    st.sampled_from(EXTREME),
    st.builds(
        lambda digits, exponent: Decimal(digits).scaleb(exponent, WIDE),
        st.integers(-(10**DIGITS) + 1, 10**DIGITS - 1),
        st.integers(LEAST_EXPONENT, GREATEST_EXPONENT - DIGITS + 1),
    ),
)
texts: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(["a", "ab", "b", "é", "世界", "🌍", "a\x00"]), st.text(min_size=1, max_size=4)
)
binaries: st.SearchStrategy[bytes] = st.one_of(
    st.sampled_from([b"a", b"ab", b"\x00", b"\xff"]), st.binary(min_size=1, max_size=4)
)
ordered: Values = st.one_of(numbers, texts, binaries)


def anything(features: frozenset[Feature]) -> Values:
    """Any value, nested at most twice."""
    flat = ordered
    if Feature.BOOLEANS in features:
        flat |= st.booleans()
    if Feature.NULLS in features:
        flat |= st.none()
    inner = st.one_of(flat, _nested(flat))
    return st.one_of(flat, _nested(inner))


def _nested(values: Values) -> Values:
    return st.one_of(
        st.lists(values, max_size=3), st.dictionaries(st.sampled_from(["x", "y", "größe"]), values, max_size=2)
    )
