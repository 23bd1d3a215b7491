"""The running site does what its description says, whatever is sent: schemathesis over the whole document."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from tests.contract.site import described
from tests.platform.processes import ROOT, Site

SECONDS = os.environ.get("CONTRACT_SECONDS", "180")
"""How long requests are made up; those for the edges of every schema come first, and take half of it."""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
    "refused_by_rules_alone",
)
NEVER_DONE = {
    ("POST", "api:staff-event-replay"),  # no event was given up
    ("POST", "api:token"),  # no password is guessed
    ("DELETE", "api:receipt"),  # a made-up file is not a receipt
    ("PUT", "api:receipt"),
    ("GET", "api:receipt"),
    ("PUT", "api:budgets-summary"),  # no category is called so
    ("DELETE", "api:budgets-summary"),
}
"""What no made-up request gets done."""


def run(site: Site, facts: Path) -> subprocess.CompletedProcess[str]:
    """schemathesis, with the same requests in the same order each time, until its time is over."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(Path(__file__).with_name("schemathesis.toml")),
        "run",
        f"http://127.0.0.1:{site.port}/api/v1/schema/",
        "--phases=coverage,fuzzing",
        f"--checks={','.join(CHECKS)}",
        f"--max-time={SECONDS}",
        "--generation-deterministic",
        "--no-shrink",
        "--continue-on-failure",
        "--no-color",
        "--warnings=off",
    ]
    own = {
        "CONTRACT_SITE": str(facts),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": "tests.contract.hooks",
    }
    return subprocess.run(command, env={**os.environ, **own}, cwd=facts.parent, capture_output=True, text=True)


def documented() -> set[tuple[str, str]]:
    """Method and view of every operation."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]  # type: ignore[no-untyped-call]
    views = {path: resolve(re.sub(r"\{\w+\}", "x", path)).view_name for path in paths}
    return {(method.upper(), views[path]) for path, operations in paths.items() for method in operations}


@pytest.mark.services
def test_nothing_is_answered_that_is_not_described(tmp_path: Path) -> None:
    with described(tmp_path) as (site, facts):
        ended = run(site, facts)
    assert ended.returncode == 0, ended.stdout[-8000:] + ended.stderr[-2000:]
    answers = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [each for each in answers if each["level"] == "ERROR"] == []
    done = {(each["method"], each["view"]) for each in answers if 200 <= each.get("status", 0) < 300}
    undone = documented() - done - NEVER_DONE
    assert len(undone) * 4 < len(documented()), undone  # else it has tried little more than refusals
