"""Web, worker and schedule as processes of their own, with Redis between them, started as their units start them."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from core import health, heartbeat
from tests import servers
from tests.platform.many import BEAT, WEB, WORKER, many_processes
from tests.platform.processes import ROOT, Site, environment, manage
from tests.ports import free_port
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.services

DEAD_IS_TOLD_WITHIN = (heartbeat.LASTS + heartbeat.EVERY + health.RECENT + timedelta(seconds=10)).total_seconds()


def is_ok(site: Site, part: str) -> bool:
    """What /readyz says of one part."""
    return bool(site.get("/readyz")[1][part]["ok"])


def prices_move(site: Site) -> None:
    """Returns once the worker has looked at the feed twice; fails when it does not."""
    seen: set[str] = set()

    def moved() -> bool:
        _, prices = site.get("/api/v1/prices/?assets=bitcoin")
        seen.add(prices["items"][0]["at"])
        return len(seen) == 3

    wait_until(moved)


def value(port: int, name: str, **labels: str) -> float:
    """The sum of the samples of this name and labels at /metrics of a port."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    samples = [sample for family in families for sample in family.samples]
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


def test_prices_move_and_each_process_tells_its_own_metrics(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, WEB, WORKER, BEAT) as many:
        prices_move(many.site)
        wait_until(lambda: is_ok(many.site, "worker") and is_ok(many.site, "schedule"))
        polls = {"task": "market.tasks.poll", "outcome": "success"}
        assert value(many.metrics_port, "cryptopulse_tasks_total", **polls) >= 2
        assert value(many.metrics_port, "cryptopulse_feed_ticks_total", feed="simulated", outcome="accepted") > 20
        assert value(many.metrics_port, "cryptopulse_store_requests_total", journey="prices_poll") > 0
        assert value(many.metrics_port, "cryptopulse_health_ok") == 0
        assert value(many.port, "cryptopulse_health_ok", part="worker") == 1
        assert value(many.port, "cryptopulse_http_requests_total", view="api:prices") >= 3
        assert value(many.port, "cryptopulse_tasks_total") == 0


def test_a_worker_tells_its_metrics_to_who_has_the_token(tmp_path: Path, redis_url: str) -> None:
    token = "t" * 40
    with many_processes(tmp_path, redis_url, WORKER, METRICS_TOKEN=token) as many:
        address = f"http://127.0.0.1:{many.metrics_port}/metrics"

        def status(**headers: str) -> int:
            try:
                with urllib.request.urlopen(
                    urllib.request.Request(address, headers=headers), timeout=PATIENCE
                ) as answer:
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                return error.code
            except OSError:
                return 0

        wait_until(lambda: status() != 0)
        assert status() == 401
        assert status(Authorization=f"Bearer {token}") == 200


def test_two_workers_cannot_tell_metrics_on_one_port(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, WORKER) as many:
        wait_until(lambda: answers(many.metrics_port))
        first = many.running.pop(WORKER)
        many.running["first"] = first
        many.start(WORKER)
        assert many.ends(WORKER, PATIENCE) != 0
        assert f"WORKER_METRICS_PORT is {many.metrics_port}" in many.log.read_text()
        assert first.poll() is None


def test_a_dead_worker_and_a_dead_schedule_show_within_the_lease(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, WEB, WORKER, BEAT) as many:
        site = many.site
        wait_until(lambda: is_ok(site, "worker") and is_ok(site, "schedule"))

        many.kill(BEAT)
        wait_until(lambda: not is_ok(site, "schedule"), within=DEAD_IS_TOLD_WITHIN)
        assert is_ok(site, "worker")
        assert site.get("/readyz")[1]["status"] == "degraded"
        many.start(BEAT)
        wait_until(lambda: is_ok(site, "schedule"))

        many.kill(WORKER)
        wait_until(lambda: not is_ok(site, "worker"), within=DEAD_IS_TOLD_WITHIN)
        many.start(WORKER)
        wait_until(lambda: is_ok(site, "worker"))


def test_a_restart_of_redis_is_survived_by_every_process(tmp_path: Path) -> None:
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    with many_processes(tmp_path, url) as many:
        with servers.redis(port=port):
            many.start(WEB, WORKER, BEAT)
            prices_move(many.site)
        assert [many.site.get("/api/v1/prices/?assets=bitcoin")[0] for _ in range(5)] == [200] * 5
        time.sleep(3)
        assert many.site.get("/healthz")[0] == 200
        with servers.redis(port=port):
            prices_move(many.site)
            assert [process.poll() for process in many.running.values()] == [None] * 3
    assert "Redis does not answer" in (tmp_path / "log").read_text()


def test_it_runs_on_a_dynamodb_server_that_holds_nothing_yet(
    tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    with servers.native() as endpoint:
        options = {"DATASTORE_URL": f"dynamodb://eu-central-1?endpoint={endpoint}"}
        made = manage("createtables", env=environment(tmp_path, **options))
        assert made.returncode == 0, made.stderr
        with many_processes(tmp_path, redis_url, WEB, WORKER, BEAT, **options) as many:
            prices_move(many.site)
            wait_until(lambda: many.site.get("/readyz")[1]["status"] == "ok")


def test_one_of_several_web_processes_behind_a_port_says_that_it_is_not_all(tmp_path: Path, redis_url: str) -> None:
    env = environment(tmp_path, REDIS_URL=redis_url)
    assert manage("prepare", env=env).returncode == 0
    port = free_port()
    with (tmp_path / "log").open("a") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "uvicorn", "cryptopulse.asgi:application", "--lifespan", "off"),
                *("--port", str(port), "--workers", "2"),
            ],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            text=True,
        )
    site = Site(process, port)
    try:
        site.wait_until_up()
        with pytest.raises(urllib.error.HTTPError, match="503") as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE)
        assert b"without --workers" in refused.value.read()
    finally:
        process.terminate()
        process.wait(30)


def test_limits_hold_while_redis_is_away(tmp_path: Path) -> None:
    port = free_port()
    with many_processes(tmp_path, f"redis://127.0.0.1:{port}/0", WEB, API_VISITOR_REQUESTS_PER_MINUTE="5") as many:
        site = many.site
        statuses = [site.get("/api/v1/prices/?assets=bitcoin")[0] for _ in range(6)]
        assert statuses == [200] * 5 + [429]


def answers(port: int) -> bool:
    """Whether metrics are served there."""
    try:
        return value(port, "process_open_fds") > 0
    except OSError:
        return False
