"""What was measured, as tables of Markdown."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 120


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim: `measured` is to be at most `most`; both in the unit that is written after them."""

    what: str
    measured: float
    most: float
    unit: str

    @property
    def is_met(self) -> bool:
        return self.measured <= self.most


@dataclass(frozen=True, slots=True)
class Section:
    """One comparison: what was done, a table, and what was aimed at.

    `columns` head the table, `rows` are its cells as text. `left_out` says why there is no table; it is then empty.
    """

    title: str
    about: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    aims: tuple[Aim, ...] = field(default=())
    left_out: str = ""


def microseconds(seconds: float) -> str:
    """`17.3 µs`, or `1,234 µs` from a hundred on."""
    value = seconds * 1_000_000
    return f"{value:,.0f} µs" if value >= 100 else f"{value:.1f} µs"


def milliseconds(seconds: float) -> str:
    """`12.3 ms`."""
    return f"{seconds * 1_000:,.1f} ms"


def ratio(value: float) -> str:
    """`1.04`, two digits behind the point."""
    return f"{value:.2f}"


def page(sections: Sequence[Section], *, heading: str, about: str) -> str:
    """The whole page."""
    parts = [f"# {heading}", _wrapped(about), _aims(sections), *(_section(section) for section in sections)]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; every column but the first is aligned to the right."""
    head = "| " + " | ".join(columns) + " |"
    rule = "|---|" + "---:|" * (len(columns) - 1)
    return "\n".join([head, rule, *("| " + " | ".join(row) + " |" for row in rows)])


def _aims(sections: Sequence[Section]) -> str:
    aims = [aim for section in sections for aim in section.aims]
    if not aims:
        return ""
    rows = [
        (aim.what, f"{aim.measured:.2f} {aim.unit}", f"{aim.most:g} {aim.unit}", "yes" if aim.is_met else "**no**")
        for aim in aims
    ]
    return "## Aims\n\n" + table(("What", "Measured", "At most", "Met"), rows)


def _section(section: Section) -> str:
    parts = [f"## {section.title}", _wrapped(section.about)]
    parts.append(f"Left out: {section.left_out}." if section.left_out else table(section.columns, section.rows))
    return "\n\n".join(parts)


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), width=WIDTH, break_on_hyphens=False)
