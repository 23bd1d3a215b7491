"""One process that is the whole product, on an empty folder and after being killed."""

import json
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.platform.processes import Site, environment, manage, running
from tests.ports import free_port
from tests.waiting import PATIENCE, wait_until


def price(site: Site) -> str:
    """The latest price of bitcoin, and when it was."""
    status, prices = site.get("/api/v1/prices/?assets=bitcoin")
    assert status == 200
    [item] = prices["items"]
    return f"{item['price']} at {item['at']}"


def wait_for_another(site: Site, before: str) -> str:
    """The first price that differs; fails when none comes."""
    wait_until(lambda: price(site) != before, f"the price is no longer {before}")
    return price(site)


def check_metrics(site: Site) -> None:
    """One process shows all its metrics in one place, to programs on this machine alone."""
    address = f"http://127.0.0.1:{site.port}/metrics"

    def told(**labels: str) -> set[str]:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
        return {s.name for family in families for s in family.samples if s.value and labels.items() <= s.labels.items()}

    wait_until(lambda: "cryptopulse_health_ok" in told(part="schedule"))
    assert "cryptopulse_health_ok" in told(part="worker")
    assert "cryptopulse_tasks_total" in told(task="market.tasks.poll", outcome="success")
    assert "cryptopulse_http_requests_total" in told(view="metrics", status="200")
    assert "cryptopulse_store_requests_total" in told(journey="prices_poll")
    assert {"process_cpu_seconds_total", "python_info"} <= told()
    for header in ("X-Forwarded-For", "Forwarded", "X-Forwarded-Proto"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(urllib.request.Request(address, headers={header: "127.0.0.1"}), timeout=PATIENCE)


def test_it_serves_from_an_empty_folder_and_after_a_kill_and_stops_on_sigterm(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        assert site.get("/healthz") == (200, {"status": "ok"})
        before = wait_for_another(site, price(site))
        assert site.size("/static/css/base.css") > 1000
        status, ready = site.get("/readyz")
        assert (status, ready["store"]["ok"], ready["feed"]["ok"]) == (200, True, True)
        check_metrics(site)
        site.kill()
    with running(tmp_path) as site:
        wait_for_another(site, before)
        said = site.stop()
    assert f"CryptoPulse is at http://localhost:{site.port}/" in said
    assert "grantrole NAME admin" in said
    records = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert any(record["logger"] == "core.requests" and record["view"] == "healthz" for record in records)
    assert [record for record in records if record["level"] in ("WARNING", "ERROR")] == []


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = manage("serve", "--port", str(port), env=environment(tmp_path))
    assert ended.returncode == 1
    assert f"Port {port} is in use" in ended.stderr
    assert "PORT=" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_host_of_another_machine_is_named(tmp_path: Path) -> None:
    ended = manage("serve", "--host", "192.0.2.1", "--port", str(free_port()), env=environment(tmp_path))
    assert ended.returncode == 1
    assert "HOST is 192.0.2.1" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_with_redis_it_says_which_processes_to_start(tmp_path: Path) -> None:
    options = environment(tmp_path, REDIS_URL="redis://localhost:6379/0")
    ended = manage("serve", env=options)
    assert ended.returncode == 1
    assert "celery -A cryptopulse worker" in ended.stderr


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("MARKET_POLL_SECONDS", "soon", "MARKET_POLL_SECONDS is 'soon'"),
        ("DATASTORE_URL", "mysql://x", "DATASTORE_URL is 'mysql://x'"),
        ("MARKET_FEED", "replay:/no/such/file.csv", "/no/such/file.csv"),
    ],
)
def test_wrong_options_stop_the_start_with_a_sentence(tmp_path: Path, option: str, value: str, sentence: str) -> None:
    ended = manage("serve", "--port", str(free_port()), env=environment(tmp_path, **{option: value}))
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
