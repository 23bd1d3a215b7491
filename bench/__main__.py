"""`python -m bench [--quick] [--write] [NAME ...]`: measure, print the tables, and write docs/performance.md.

A full run of everything writes the page; a quick or a partial one only with --write. It ends with 1 when a comparison
failed, not when an aim was missed: a slow machine is not a failure.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django

from bench import machine, report

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
NAMES = ("embedded", "dynamodb", "moves", "month", "imports", "pages")


def main(arguments: Sequence[str]) -> None:
    """Run the comparisons that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure how fast the product is.")
    parser.add_argument("--quick", action="store_true", help="few rounds and small stores: only shows that it works")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md also after such a run")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all by default")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"{', '.join(sorted(unknown))} is not a comparison; there are {', '.join(NAMES)}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    _run(options.names or NAMES, quick=options.quick, write=options.write or not (options.quick or options.names))


def _run(names: Sequence[str], *, quick: bool, write: bool) -> None:
    began, load = time.monotonic(), machine.load()
    sections = []
    for name in NAMES:
        if name in names:
            print(f"{name} ...", file=sys.stderr, flush=True)
            sections.append(_measure(name)(quick))
    about = _ABOUT.format(
        date=machine.today(),
        machine=machine.described(),
        load=load,
        minutes=(time.monotonic() - began) / 60,
        quick=" This was a quick run: too few rounds to believe." if quick else "",
    )
    text = report.page(sections, heading="Performance", about=about)
    print(text)
    if write:
        PAGE.write_text(text)


def _measure(name: str) -> Callable[[bool], report.Section]:
    from bench import dynamodb, embedded, imports, month, moves, pages

    found: dict[str, Callable[[bool], report.Section]] = {
        "embedded": embedded.measure,
        "dynamodb": dynamodb.measure,
        "moves": moves.measure,
        "month": month.measure,
        "imports": imports.measure,
        "pages": pages.measure,
    }
    return found[name]


_ABOUT = """
`make bench` writes this page: one run, on {date}, of {minutes:.0f} minutes, on {machine}; {load} processes were waiting
for a core when it began.{quick} What is compared takes turns, call by call, so that noise of the machine hits both
sides. Requests and capacity units of each journey are in [capacity](capacity.md).
"""

if __name__ == "__main__":
    main(sys.argv[1:])
