"""What comes along for running the product: units, containers, proxy, policies, and rules for Prometheus."""

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn
import yaml
from botocore import xform_name
from botocore.session import get_session
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from core import periodic
from core.metrics import REGISTRY
from core.metrics.exposition import PART
from cryptopulse.options import ALL
from market.triggers.engine import catch_up
from tests.market.builders import an_asset
from tests.platform.many import BEAT, SCHEDULED, WEB, WORKER
from tests.platform.processes import ROOT, environment
from tests.platform.units import FOLDER, INSTALLED, unit
from tests.servers import needed
from tests.waiting import PATIENCE

DEPLOY = ROOT / "deploy"
OPTIONS = {option.name for option in ALL}
UNITS = sorted(path.name for path in FOLDER.iterdir())
PREPARE = "cryptopulse-prepare.service"


def words(exec_start: str) -> list[str]:
    """The command of a unit as a container would be given it."""
    text = re.sub(r"--hostname \S+ ", "", exec_start.removeprefix(INSTALLED))
    return shlex.split(text.replace("%i", "8000").replace("127.0.0.1", "0.0.0.0"))


class TestUnits:
    @pytest.mark.parametrize("name", sorted({*UNITS} - {PREPARE}))
    def test_it_is_restarted_and_given_time_to_end(self, name: str) -> None:
        service = unit(name)["Service"]
        assert service["Restart"] == "always"
        assert int(service["TimeoutStopSec"]) >= 10
        assert unit(name)["Unit"]["StartLimitIntervalSec"] == "0"  # systemd's own is to give up after five starts

    def test_files_may_be_open_for_every_connection(self) -> None:
        [most] = [int(option.default) for option in ALL if option.name == "CONNECTIONS"]
        for name in sorted({*UNITS} - {PREPARE}):
            assert int(unit(name)["Service"]["LimitNOFILE"]) > 2 * most, name

    def test_what_the_schedule_sends_has_a_queue_and_a_worker_of_its_own(self) -> None:
        queues = {entry["options"]["queue"] for entry in periodic.schedule().values()}
        assert queues == {"schedule"}
        assert "--queues schedule " in unit(SCHEDULED)["Service"]["ExecStart"]
        assert "--queues" not in unit(WORKER)["Service"]["ExecStart"]  # it takes these too when nobody else does
        assert {queue.name for queue in settings.CELERY_TASK_QUEUES} == {"celery", "schedule"}

    @pytest.mark.parametrize("name", UNITS)
    def test_it_is_confined(self, name: str) -> None:
        service = unit(name)["Service"]
        assert service["User"] != "root"
        assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
        assert service["CapabilityBoundingSet"] == ""

    @pytest.mark.parametrize("name", UNITS)
    def test_what_it_sets_is_an_option(self, name: str) -> None:
        assert set(re.findall(r"^Environment=(\w+)=", (FOLDER / name).read_text(), re.MULTILINE)) <= OPTIONS

    def test_systemd_understands_them(self, tmp_path: Path) -> None:
        program = needed(shutil.which("systemd-analyze"), "systemd-analyze is missing: it comes with systemd")
        for name in UNITS:
            # the programs that they name are on the machines of the site, not here
            text = re.sub(rf"^ExecStart={INSTALLED}\w+", "ExecStart=/bin/true", (FOLDER / name).read_text(), flags=re.M)
            (tmp_path / name).write_text(text)
        ended = subprocess.run(
            [program, "verify", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True, timeout=60
        )
        assert (ended.returncode, ended.stderr) == (0, "")


class TestContainers:
    @pytest.fixture
    def services(self) -> dict[str, Any]:
        composed: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
        return dict(composed["services"])

    def test_they_run_the_commands_of_the_units(self, services: dict[str, Any]) -> None:
        dockerfile = (DEPLOY / "Dockerfile").read_text()
        command = re.search(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)
        assert command is not None
        assert json.loads(command.group(1)) == words(unit(WEB)["Service"]["ExecStart"])
        assert "command" not in services["web"]
        assert services["worker"]["command"] == words(unit(WORKER)["Service"]["ExecStart"])
        assert services["scheduled"]["command"] == words(unit(SCHEDULED)["Service"]["ExecStart"])
        assert services["beat"]["command"] == words(unit(BEAT)["Service"]["ExecStart"])

    def test_they_have_as_long_to_end_as_the_units(self, services: dict[str, Any]) -> None:
        for service, name in (("web", WEB), ("worker", WORKER), ("scheduled", SCHEDULED), ("beat", BEAT)):
            assert services[service]["stop_grace_period"] == f"{unit(name)['Service']['TimeoutStopSec']}s"

    def test_what_they_set_are_options(self, services: dict[str, Any]) -> None:
        read_by_boto3 = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
        for name in ("web", "worker", "scheduled", "beat", "tables"):
            assert set(services[name]["environment"]) - read_by_boto3 <= OPTIONS, name

    def test_what_one_waits_for_is_there(self, services: dict[str, Any]) -> None:
        for service in services.values():
            assert set(service.get("depends_on", {})) <= set(services)

    def test_the_image_holds_what_exists_and_no_secret(self) -> None:
        dockerfile = (DEPLOY / "Dockerfile").read_text()
        copied = [word for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE) for word in line.split()]
        assert len(copied) >= 10
        allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        for name in copied:
            assert (ROOT / name).exists(), name
            assert f"!{name}" in allowed, f"Docker would not find {name}"
        assert ".env" not in copied
        assert "SECRET_KEY" not in "".join(re.findall(r"^(?:ENV|ARG) .*$", dockerfile, re.MULTILINE))
        assert re.search(r"^USER cryptopulse$", dockerfile, re.MULTILINE)

    def test_what_is_in_the_image_is_enough_to_start_the_site(self, tmp_path: Path) -> None:
        dockerfile = (DEPLOY / "Dockerfile").read_text()
        image = tmp_path / "image"
        image.mkdir()
        for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE):
            for name in line.split():
                if (ROOT / name).is_dir():
                    shutil.copytree(ROOT / name, image / name, ignore=shutil.ignore_patterns("__pycache__", "build"))
                else:
                    shutil.copy(ROOT / name, image / name)
        env = environment(tmp_path)
        for arguments in (["manage.py", "prepare"], ["-c", "from cryptopulse.asgi import application; print('ready')"]):
            ended = subprocess.run(
                [sys.executable, *arguments], cwd=image, env=env, capture_output=True, text=True, timeout=PATIENCE
            )
            assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout == "ready\n"

    def test_every_app_is_in_the_image(self) -> None:
        copied = (DEPLOY / "Dockerfile").read_text()
        for app in ROOT.glob("*/__init__.py"):
            if app.parent.name not in ("tests", "bench"):
                assert f"COPY {app.parent.name} ./{app.parent.name}\n" in copied


class TestProxy:
    def test_it_passes_websockets_on_replaces_what_clients_say_and_keeps_the_metrics(self) -> None:
        text = (DEPLOY / "nginx.conf").read_text()
        assert text.count("{") == text.count("}")
        assert re.search(r"proxy_set_header Upgrade\s+\$http_upgrade;", text)
        assert re.search(r"proxy_set_header Host\s+\$host;", text)
        assert re.search(r"proxy_set_header X-Forwarded-For\s+\$remote_addr;", text)
        assert "$proxy_add_x_forwarded_for" not in text
        assert re.search(r"location = /metrics \{\s+return 404;", text)
        assert not re.search(r"^\s*http2 on;", text, re.MULTILINE)  # the nginx of Debian 12 does not know it

    def test_it_answers_to_its_own_name_alone(self) -> None:
        text = (DEPLOY / "nginx.conf").read_text()
        default, *others = re.findall(r"^server \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
        ports = set(re.findall(r"listen ([^\s;]+)", " ".join(others)))
        for port in ports:
            assert re.search(rf"listen {re.escape(port)} .*default_server;", default)
        assert re.search(r"ssl_reject_handshake on;", default)
        assert re.search(r"return 444;", default)
        assert "proxy_pass" not in default
        for server in others:
            assert re.search(r"server_name pulse\.example\.com;", server)
            assert "default_server" not in server
        assert "$host$request_uri" not in text

    def test_it_ends_idle_connections_before_the_web_processes_do(self) -> None:
        kept = re.search(r"keepalive_timeout (\d+)s;", (DEPLOY / "nginx.conf").read_text())
        assert kept is not None
        assert int(kept.group(1)) < uvicorn.Config("cryptopulse.asgi:application").timeout_keep_alive
        assert "--timeout-keep-alive" not in unit(WEB)["Service"]["ExecStart"]


class TestPolicies:
    """The rights that the policies give are those that the code needs, and no more."""

    SITE, ADMINISTRATION = "backend.py", "administration.py"
    BY_ITEM = {"transact_write_items": ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")}
    DUMPING = {"scan"}
    NEVER_ON_THE_SITE = {"delete_table"}

    def called(self, module: str) -> set[str]:
        """Operations of DynamoDB that a module of the backend names."""
        model = get_session().get_service_model("dynamodb")
        operations = {xform_name(name) for name in model.operation_names}
        tree = ast.parse((ROOT / "core" / "storage" / "dynamodb" / module).read_text())
        constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        return {constant for constant in constants if isinstance(constant, str) and constant in operations}

    def actions(self, operations: set[str]) -> set[str]:
        model = get_session().get_service_model("dynamodb")
        names = {xform_name(name): name for name in model.operation_names}
        return {
            f"dynamodb:{action}"
            for operation in operations
            for action in self.BY_ITEM.get(operation, (names[operation],))
        }

    def allowed(self, policy: str) -> set[str]:
        document = json.loads((DEPLOY / "aws" / policy).read_text())
        [statement] = document["Statement"]
        assert statement["Effect"] == "Allow"
        assert all(":table/CryptoPulse_*" in resource for resource in statement["Resource"])
        return set(statement["Action"])

    def test_the_site_may_what_its_backend_calls(self) -> None:
        assert self.allowed("site.json") == self.actions(self.called(self.SITE) - self.DUMPING)

    def test_the_administration_may_what_making_and_dumping_tables_calls(self) -> None:
        called = (self.called(self.ADMINISTRATION) - self.NEVER_ON_THE_SITE) | self.DUMPING | {"batch_write_item"}
        assert self.allowed("administration.json") == self.actions(called)


class TestPrometheus:
    def test_every_process_of_the_page_is_read(self) -> None:
        config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
        assert all((DEPLOY / "prometheus" / name).exists() for name in config["rule_files"])
        [job] = config["scrape_configs"]
        targets = [target for group in job["static_configs"] for target in group["targets"]]
        assert targets == ["localhost:8000", "localhost:8001", "localhost:9101", "localhost:9201"]
        assert job["metrics_path"] == "/metrics"

    @pytest.mark.parametrize("place", ["deploy/prometheus/alerts.yml", "docs/operations.md"])
    def test_every_metric_that_is_named_exists(self, place: str, client: Client) -> None:
        an_asset("bitcoin", price="80000")
        catch_up("bitcoin")
        served = client.get("/metrics", headers={"host": "localhost"}).content.decode()
        exist = {sample.name for family in text_string_to_metric_families(served) for sample in family.samples}
        for metric in REGISTRY.collect():
            exist |= {metric.name, f"{metric.name}_total", f"{metric.name}_bucket"}
        exist |= {"cryptopulse_worker_heartbeat_age_seconds", "cryptopulse_schedule_heartbeat_age_seconds"}
        named = set(re.findall(r"\bcryptopulse_[a-z_]+", (ROOT / place).read_text()))
        assert len(named) > 5
        assert named - exist == set()

    def test_every_rule_says_what_and_what_to_do(self) -> None:
        [group] = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"]
        assert len(group["rules"]) >= 5
        for rule in group["rules"]:
            assert {"alert", "expr", "labels", "annotations"} <= set(rule)
            assert {"summary", "do"} == set(rule["annotations"])
            assert rule["expr"].count("(") == rule["expr"].count(")")

    def test_the_parts_that_rules_name_exist(self, client: Client) -> None:
        parts = set(client.get("/readyz").json()) - {"status"}
        rules = (DEPLOY / "prometheus" / "alerts.yml").read_text()
        patterns = re.findall(rf'{PART}{{part[!=]?[=~]"([\w|]+)"}}', rules)
        named = {part for pattern in patterns for part in pattern.split("|")}
        assert named == {"store", "polls", "clock"}
        assert named <= parts
