"""A running site with three accounts, one of the staff, that has one of everything."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from core import clock
from tests.platform.processes import Site, environment, manage, running

PASSWORD = "a-long-enough-passphrase"
LIMITS = ("API_REQUESTS_PER_MINUTE", "API_VISITOR_REQUESTS_PER_MINUTE", "API_SIGN_INS_PER_MINUTE")
CSV = b"date,description,amount\r\n2026-11-02,Corner Grocery,18.40\r\n2026-11-03,Bakery,3.10\r\n"
OWN_IDS = ("expense_id", "alert_id", "order_id", "transaction_id", "entry_id", "goal_id", "import_id")


class Client:
    """A program that calls the API of a site as one user."""

    def __init__(self, site: Site, name: str) -> None:
        self._address = f"http://127.0.0.1:{site.port}/api/v1/"
        self._headers: dict[str, str] = {}
        self.post("auth/register/", {"username": name, "email": f"{name}@example.com", "password": PASSWORD})
        issued = self.post("auth/token/", {"username": name, "password": PASSWORD})
        self.key, self.key_id = issued["token"], issued["id"]
        self._headers = {"Authorization": f"Bearer {self.key}"}

    def post(self, path: str, body: Any = None) -> Any:
        """The JSON that answers a POST."""
        return self._answer("POST", path, json.dumps(body).encode(), "application/json")

    def put(self, path: str, body: Any) -> Any:
        """The JSON that answers a PUT."""
        return self._answer("PUT", path, json.dumps(body).encode(), "application/json")

    def upload(self, path: str, name: str, content: bytes) -> Any:
        """The JSON that answers a POST of a form with one file."""
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        return self._answer("POST", path, head + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x")

    def _answer(self, method: str, path: str, body: bytes, content_type: str) -> Any:
        headers = {**self._headers, "Content-Type": content_type}
        request = urllib.request.Request(self._address + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")


@contextmanager
def described(folder: Path) -> Iterator[tuple[Site, Path]]:
    """The site, and the file that `tests.contract.hooks` reads."""
    with running(folder, **dict.fromkeys(LIMITS, "10000000")) as site:
        owner, closing, _ = (Client(site, name) for name in ("owner", "closing", "other"))
        assert manage("grantrole", "owner", "admin", env=environment(folder)).returncode == 0
        facts = {
            "key": owner.key,
            "key_id": owner.key_id,
            "closing_key": closing.key,
            "own_ids": OWN_IDS,
            "words": _words(),
            "ids": _filled(owner),
        }
        file = folder / "site.json"
        file.write_text(json.dumps(facts))
        yield site, file


def _words() -> dict[str, str]:
    """A value of each field whose form alone does not make it good."""
    now = clock.now()
    today, earlier = (str((now - timedelta(days=days)).date()) for days in (0, 7))
    return {
        "activity": "car_petrol",
        "amount": "20.00",
        "asset_id": "bitcoin",
        "assets": "bitcoin,ethereum",
        "best_before": "2030-01-01",
        "category": "Travel",
        "date": today,
        "default_category": "Other",
        "expires_at": clock.to_text(now + timedelta(days=7)),
        "fee": "0.00",
        "from": earlier,
        "label": "A label",
        "licence": "A licence",
        "name": "A name",
        "password": PASSWORD,
        "price": "100.00",
        "quantity": "0.01",
        "reason": "Tried by a program",
        "region": "GB",
        "source": "A source",
        "symbol": "bitcoin",
        "timestamp": clock.to_text(now - timedelta(hours=1)),
        "time_zone": "Europe/Lisbon",
        "to": today,
        "unit": "km",
    }


def _filled(owner: Client) -> dict[str, list[str]]:
    """Makes some of everything; the ids by the name that they have in addresses."""
    owner.post("portfolio/deposits/", {"amount": "9000"})
    expenses = [owner.post("expenses/", {"amount": f"{n}.50", "category": "Travel"})["expense_id"] for n in range(1, 9)]
    owner.post("categories/", {"name": "Coffee"})
    owner.put("budgets/Travel/", {"amount": "400"})
    condition = {"operator": ">", "threshold": "999999"}
    alerts = [owner.post("alerts/", {"asset_id": "bitcoin", "condition": condition})["alert_id"] for _ in range(4)]
    order = {"side": "buy", "asset_id": "bitcoin", "amount": "50.00"}
    driven = {"activity": "car_petrol", "amount": "100", "unit": "km"}
    goals = [{"period": "monthly", "target_kg": str(100 + n)} for n in range(4)]
    return {
        "expense_id": expenses,
        "alert_id": alerts,
        "order_id": [owner.post("orders/", order)["order_id"] for _ in range(2)],
        "entry_id": [owner.post("carbon/entries/", driven)["entry_id"] for _ in range(4)],
        "goal_id": [owner.post("carbon/goals/", goal)["goal_id"] for goal in goals],
        "import_id": [owner.upload("expenses/imports/", "bank.csv", CSV)["import_id"] for _ in range(3)],
        "key_id": [owner.post("api-keys/", {"name": f"Key {n}"})["id"] for n in range(4)],
        "asset_id": ["bitcoin", "ethereum", "solana"],
        "category": ["Travel", "Food & Dining", "Coffee"],
        "code": ["invalid", "not_found"],
        "username": ["other", "owner"],
    }
