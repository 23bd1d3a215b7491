"""Prices of chosen assets, to everybody."""

from datetime import timedelta

import pytest

from core import clock
from tests.market.builders import an_asset
from tests.stream.clients import Server
from tests.stream.prices import move

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def prices() -> None:
    an_asset("bitcoin", price="100")
    an_asset("ethereum", price="10.50")


def test_a_visitor_hears_of_the_chosen_assets_alone(layer: str, server: Server) -> None:
    with server.connected() as client:
        assert client.watch("bitcoin") == {"type": "watching", "assets": ["bitcoin"], "unknown": []}
        at = an_asset("bitcoin").price_at
        assert at is not None
        now = {"type": "price", "asset_id": "bitcoin", "price": "100", "at": clock.to_text(at), "source": "test"}
        assert client.hear() == now
        move("11", "ethereum")
        move("101.5")
        assert client.hear() == now | {"price": "101.5", "at": clock.to_text(at + SECOND)}
