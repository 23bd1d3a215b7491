"""Addresses with what cannot be an id of an asset are not found, whatever their length."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests.builders import a_user, api_client, signed_in
from tests.market.builders import the_catalogue

LONG = "a" * 3_000
"""Longer than a key of the store may be."""


@pytest.fixture(autouse=True)
def _assets() -> None:
    the_catalogue()


@pytest.mark.parametrize("path", [f"/markets/{LONG}/", f"/api/v1/assets/{LONG}/", f"/api/v1/assets/{LONG}/candles/"])
def test_an_asset(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_among_those_that_moved() -> None:
    response = Client().get("/markets/moved/", {"assets": f"{LONG},bitcoin"}, headers={"HX-Request": "true"})
    assert response.status_code == 200


def test_among_prices() -> None:
    assert APIClient().get("/api/v1/prices/", {"assets": LONG}).status_code == 400


def test_on_the_watchlist() -> None:
    alice = a_user()
    program, browser = api_client(alice), signed_in(alice)

    assert program.put(f"/api/v1/watchlist/{LONG}/").status_code == 404
    assert program.delete(f"/api/v1/watchlist/{LONG}/").status_code == 204
    assert browser.get(f"/markets/{LONG}/").status_code == 404
    assert browser.post(f"/markets/{LONG}/watch/", {"watch": "on"}).status_code == 404
