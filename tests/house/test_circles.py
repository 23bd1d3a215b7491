"""No circle of imports in the product: neither of modules, nor of the parts of any package."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest
from django.conf import settings

ROOTS: list[str] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"][
    "root_packages"
]


@cache
def product() -> grimp.ImportGraph:
    """Who imports whom, imports inside functions and for types alone included."""
    return grimp.build_graph(*ROOTS, cache_dir=None)


def circle_of(edges: Mapping[str, set[str]]) -> list[str]:
    """A way that leads back to where it began; empty where there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def circle_of_modules(graph: grimp.ImportGraph) -> list[str]:
    """A circle of modules."""
    return circle_of({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})


def circles_of_parts(graph: grimp.ImportGraph) -> Iterator[list[str]]:
    """For each package, and for the product as a whole, a circle of its modules and packages, if it has one."""
    for parent in (None, *sorted(graph.modules)):
        if circle := circle_of(_parts(graph, parent)):
            yield circle


def _parts(graph: grimp.ImportGraph, parent: str | None) -> dict[str, set[str]]:
    """Of the parts of a package, which import which of the others."""
    parts = graph.find_children(parent) if parent else {module for module in graph.modules if "." not in module}
    part_of = {module: part for part in parts for module in (part, *graph.find_descendants(part))}
    edges: dict[str, set[str]] = {part: set() for part in parts}
    for module, part in part_of.items():
        imported = {part_of.get(each, part) for each in graph.find_modules_directly_imported_by(module)}
        edges[part] |= imported - {part}
    return edges


def a_graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    """A graph of a made-up product, with its packages."""
    graph = grimp.ImportGraph()
    for importer, imported in imports:
        for module in (importer, imported):
            names = module.split(".")
            for end in range(1, len(names) + 1):
                graph.add_module(".".join(names[:end]))
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_the_product_has_none() -> None:
    assert len(product().modules) > 500
    assert circle_of_modules(product()) == []
    assert list(circles_of_parts(product())) == []


def test_two_modules_that_import_each_other_are_found() -> None:
    graph = a_graph(("shop.a", "shop.b"), ("shop.b", "shop.a"))
    assert set(circle_of_modules(graph)) == {"shop.a", "shop.b"}


@pytest.mark.parametrize("package", ["shop.", ""])
def test_two_packages_that_import_each_other_are_found_though_their_modules_do_not(package: str) -> None:
    graph = a_graph((f"{package}a.x", f"{package}b.x"), (f"{package}b.y", f"{package}a.y"))
    assert circle_of_modules(graph) == []
    assert [set(circle) for circle in circles_of_parts(graph)] == [{f"{package}a", f"{package}b"}]
