"""Every library is pinned, the ones that libraries need too, and no file names where they come from."""

import re
from importlib import metadata

from tests.platform.processes import ROOT

PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")


def canonical(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    """Name to version, of every line that pins."""
    found = map(PIN.fullmatch, (ROOT / file).read_text().splitlines())
    return {canonical(match[1]): match[2] for match in found if match}


def needed(names: set[str]) -> set[str]:
    """These and all that they need, as installed here."""
    seen: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        try:
            requirements = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            seen.discard(name)  # for another Python or system
            continue
        wanted = {
            canonical(re.split(r"[ <>=!~;\[(]", line, maxsplit=1)[0]) for line in requirements if "extra ==" not in line
        }
        waiting |= wanted - seen
    return seen


def test_every_requirement_names_one_version() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-"))]
        assert [line for line in lines if not PIN.fullmatch(line)] == []


def test_constraints_pin_all_that_requirements_lead_to() -> None:
    required = pins("requirements.txt") | pins("requirements-dev.txt")
    constraints = pins("constraints.txt")
    assert {name: constraints.get(name) for name in required} == required
    assert needed(set(required)) - set(constraints) - {"pip", "setuptools"} == set()


def test_no_file_says_where_packages_come_from() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    for file in ("requirements.txt", "requirements-dev.txt", "constraints.txt", "Makefile", ".ci/run", "package.json"):
        assert not re.search(r"https?://|--index-url|--find-links", (ROOT / file).read_text()), file
