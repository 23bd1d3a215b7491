"""What `/metrics` serves, and who may read it."""

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as text_format
from pytest_django import Settings

from alerts.services import deliver_due
from core import clock, heartbeat, wiring
from core.metrics import server
from core.storage import measured
from market.services import ticks_record
from tests.alerts.builders import an_alert, prices_move
from tests.builders import a_user, api_client
from tests.journeys.test_every_address_is_guarded import NAMED
from tests.market.builders import a_tick, an_asset
from tests.platform.events import happen
from tests.ports import free_port
from tests.waiting import PATIENCE

TOKEN = "prometheus-reads-with-this-token"
DAY = timedelta(days=1)
HERE = {"host": "localhost"}

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(client: Client, **headers: str) -> Samples:
    """Every sample, by name and labels."""
    answer = client.get("/metrics", headers={**HERE, **headers})
    assert answer.status_code == 200, answer.content
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_format(answer.content.decode())
        for sample in family.samples
    }


def summed(samples: Samples, name: str, **labels: str) -> float:
    """The sum of the samples of this name that bear these labels."""
    wanted = set(labels.items())
    return sum(value for (found, of), value in samples.items() if found == name and wanted <= of)


def has_ipv6() -> bool:
    """Whether this machine can speak to itself over IPv6."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def an_order(name: str = "alice") -> None:
    an_asset("bitcoin", price="80000")
    body = {"asset_id": "bitcoin", "side": "buy", "amount": "100"}
    answer = api_client(a_user(name)).post(
        "/api/v1/orders/", body, format="json", headers={"Idempotency-Key": f"order-of-{name}"}
    )
    assert answer.status_code == 201, answer.json()


class TestReaders:
    def test_a_program_on_the_machine_may_read(self, client: Client) -> None:
        assert client.get("/metrics", headers=HERE).status_code == 200
        assert client.get("/metrics", headers={"host": "127.0.0.1:8000"}).status_code == 200
        assert client.get("/metrics", headers={"host": "[::1]:8000"}, REMOTE_ADDR="::1").status_code == 200

    @pytest.mark.parametrize("address", ["203.0.113.8", "10.0.0.4", "2001:db8::1", "", "local"])
    def test_a_stranger_may_not(self, client: Client, address: str) -> None:
        answer = client.get("/metrics", headers=HERE, REMOTE_ADDR=address)
        assert (answer.status_code, b"METRICS_TOKEN" in answer.content) == (403, True)
        assert b"cryptopulse_" not in answer.content

    @pytest.mark.parametrize(
        "headers",
        [
            {"x-forwarded-for": "127.0.0.1"},
            {"x-forwarded-proto": "https"},
            {"forwarded": "for=127.0.0.1"},
            {"x-real-ip": "127.0.0.1"},
            {"via": "1.1 proxy"},
            {"host": "testserver"},
            {"host": "127.0.0.1.testserver"},
        ],
    )
    def test_no_request_through_a_proxy_may_read_it(
        self, client: Client, settings: Settings, headers: dict[str, str]
    ) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        assert client.get("/metrics", headers={**HERE, **headers}).status_code == 403

    def test_with_a_token_any_program_that_has_it_may_read_it(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = TOKEN
        with_it = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}, REMOTE_ADDR="203.0.113.8")
        assert with_it.status_code == 200

    @pytest.mark.parametrize("header", ["", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN])
    def test_with_a_token_nobody_may_without(self, client: Client, settings: Settings, header: str) -> None:
        settings.METRICS_TOKEN = TOKEN
        answer = client.get("/metrics", headers={**HERE, **({"authorization": header} if header else {})})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert b"cryptopulse_" not in answer.content

    def test_being_signed_in_does_not_help(self) -> None:
        answer = api_client(a_user("alice")).get("/metrics", REMOTE_ADDR="203.0.113.8")
        assert answer.status_code == 403


class TestPortOfAWorker:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
    def test_it_answers_wherever_the_site_may_listen(self, host: str) -> None:
        if ":" in host and not has_ipv6():
            pytest.skip("this machine has no IPv6")
        port = free_port()
        server.start(host, port)
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        with urllib.request.urlopen(f"{address}/metrics", timeout=PATIENCE) as answer:
            assert any(family.name == "process_open_fds" for family in text_format(answer.read().decode()))
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}/", timeout=PATIENCE)


class TestFormats:
    def test_text_unless_asked_otherwise(self, client: Client) -> None:
        answer = client.get("/metrics", headers=HERE)
        assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
        assert answer["Cache-Control"] == "no-store"
        assert any(family.name == "cryptopulse_health_ok" for family in text_format(answer.content.decode()))

    def test_open_metrics_for_who_asks_for_it(self, client: Client) -> None:
        answer = client.get("/metrics", headers={**HERE, "accept": "application/openmetrics-text; version=1.0.0"})
        assert answer["Content-Type"].startswith("application/openmetrics-text")
        found = open_metrics(answer.content.decode())  # type: ignore[no-untyped-call]
        assert any(family.name == "cryptopulse_health_ok" for family in found)

    def test_names_and_help_follow_the_conventions(self, client: Client) -> None:
        an_order()
        client.get("/metrics", headers=HERE)
        answer = client.get("/metrics", headers=HERE)
        ours = [family for family in text_format(answer.content.decode()) if family.name.startswith("cryptopulse_")]
        assert len(ours) > 15
        for family in ours:
            assert re.fullmatch(r"[a-z][a-z0-9_]+", family.name)
            assert family.documentation.endswith("."), family.name
            assert not re.search(r"_(ms|milliseconds|minutes)\b", family.name)
            for sample in family.samples:
                assert sample.name.endswith("_total") is (family.type == "counter"), sample.name


class TestWhatMoves:
    def test_store_requests_of_a_journey_by_table_are_those_measured(self, client: Client) -> None:
        before = scrape(client)
        with measured() as usage:
            an_order()
        after = scrape(client)
        for table, counts in usage.by_table.items():
            for name, counted in (
                ("cryptopulse_store_requests_total", counts.requests),
                ("cryptopulse_store_read_units_total", counts.read_units),
                ("cryptopulse_store_write_units_total", counts.write_units),
            ):
                moved = summed(after, name, table=table) - summed(before, name, table=table)
                health = summed(after, name, table=table, journey="health")
                health -= summed(before, name, table=table, journey="health")
                assert moved - health == counted, (name, table)

    def test_requests_are_counted_by_view_method_and_status(self, client: Client) -> None:
        before = scrape(client)
        for path in ("/healthz", "/healthz", "/no/such/page/7", "/markets/asset/nothing/"):
            client.get(path)
        client.post("/healthz")
        after = scrape(client)

        def more(**labels: str) -> float:
            name = "cryptopulse_http_requests_total"
            return summed(after, name, **labels) - summed(before, name, **labels)

        assert more(view="healthz", method="GET", status="200") == 2
        assert more(view="healthz", method="POST", status="405") == 1
        assert more(view="no such page") >= 1
        count = "cryptopulse_http_request_duration_seconds_count"
        assert summed(after, count, view="healthz") - summed(before, count, view="healthz") == 3

    def test_a_method_that_a_client_made_up_has_no_series_of_its_own(self, client: Client) -> None:
        client.generic("BREW", "/healthz")
        assert summed(scrape(client), "cryptopulse_http_requests_total", method="BREW") == 0
        assert summed(scrape(client), "cryptopulse_http_requests_total", method="other") >= 1

    def test_the_state_of_the_site_is_that_of_readyz(self, client: Client) -> None:
        an_asset("bitcoin", price="80000")
        happen("alice", 1, 2)
        heartbeat.write(schedule_at=None)
        samples = scrape(client)
        assert summed(samples, "cryptopulse_outbox_events", state="waiting") == 2
        assert summed(samples, "cryptopulse_feed_newest_price_age_seconds", feed="test") < 60
        assert summed(samples, "cryptopulse_trigger_series_waiting") == 1
        for name, part in client.get("/readyz").json().items():
            if name != "status":
                assert summed(samples, "cryptopulse_health_ok", part=name) == part["ok"]

    @pytest.mark.usefixtures("store_out_of_reach")
    def test_without_its_store_the_process_still_tells_its_own(self, client: Client) -> None:
        samples = scrape(client)
        assert summed(samples, "cryptopulse_health_ok", part="store") == 0
        assert summed(samples, "cryptopulse_store_errors_total", error="StoreUnavailable") >= 1

    def test_ticks_are_counted_by_feed_and_what_became_of_them(self, client: Client) -> None:
        an_asset("bitcoin", price="80000")
        before = scrape(client)
        later = clock.now() + timedelta(seconds=1)
        ticks = [a_tick("81000", later), a_tick("-1", later + timedelta(seconds=1)), a_tick("9", later - DAY)]
        ticks_record([*ticks, a_tick("200000", later + timedelta(seconds=2))])
        after = scrape(client)
        outcomes = ("accepted", "not_positive", "late", "quarantined")
        name = "cryptopulse_feed_ticks_total"
        moved = [
            summed(after, name, outcome=o, feed="test") - summed(before, name, outcome=o, feed="test") for o in outcomes
        ]
        assert moved == [1, 1, 1, 1]

    def test_a_move_that_fires_an_alert_is_counted_from_the_look_to_the_mail(self, client: Client) -> None:
        an_alert(a_user("alice"))
        before = scrape(client)
        assert prices_move("111") == 1
        deliver_due()
        after = scrape(client)

        def more(name: str, **labels: str) -> float:
            return summed(after, name, **labels) - summed(before, name, **labels)

        assert more("cryptopulse_trigger_looks_total", outcome="worked") >= 1
        assert more("cryptopulse_trigger_moves_total") >= 1
        assert more("cryptopulse_trigger_firings_total") == 1
        assert more("cryptopulse_trigger_claims_total", outcome="claimed") >= 1
        assert more("cryptopulse_deliveries_total", channel="email", state="sent") == 1
        assert summed(after, "cryptopulse_deliveries_due") == summed(before, "cryptopulse_deliveries_due")

    def test_the_process_itself_is_measured(self, client: Client) -> None:
        samples = scrape(client)
        assert summed(samples, "process_resident_memory_bytes") > 1_000_000
        assert summed(samples, "process_open_fds") > 0


class TestPrice:
    def test_a_scrape_is_15_requests_and_the_next_ones_none(self, client: Client) -> None:
        an_asset("bitcoin", price="80000")
        with time_machine.travel(clock.now(), tick=False):
            with measured() as usage:
                scrape(client)
            assert usage.requests == 15
            with measured() as usage:
                for _ in range(10):
                    scrape(client)
            assert usage.requests == 0

    def test_a_stranger_costs_nothing(self, client: Client) -> None:
        with measured() as usage:
            client.get("/metrics", REMOTE_ADDR="203.0.113.8")
        assert usage.requests == 0


def test_labels_are_names_out_of_the_code(client: Client) -> None:
    before = scrape(client)
    an_order("somebody")
    client.get("/markets/bitcoin/")
    client.get("/password-reset/somebody/a-token/")
    client.get("/accounts/somebody")
    allowed: Mapping[str, set[str]] = {
        "view": {*NAMED, "no such page", "unnamed"},
        "table": {table.name for table in wiring.tables()},
        "part": {"store", "outbox", "worker", "schedule", "feed", "triggers", "deliveries"},
    }
    moved = [sample for sample, value in scrape(client).items() if before.get(sample) != value]
    assert any(("view", "market:asset") in labels for _, labels in moved)
    for name, labels in moved:
        for label, value in labels:
            assert value in allowed.get(label, {value}), (name, label, value)
            assert "somebody" not in value
            assert "a-token" not in value
