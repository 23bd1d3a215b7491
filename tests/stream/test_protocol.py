"""What a client may say and hears, and what it is refused."""

import json
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from websockets.exceptions import InvalidStatus

from core.storage import measured
from core.stream.hub import HUB
from core.websocket.application import MOST_MALFORMED
from core.websocket.client_messages import LONGEST_MESSAGE, MOST_MESSAGES
from tests.builders import a_user
from tests.market.builders import an_asset
from tests.stream.clients import Server
from tests.stream.prices import move
from tests.stream.waiting import wait_until_open


class TestWatching:
    def test_replaces_what_was_chosen_before(self, server: Server) -> None:
        an_asset("bitcoin", price="100")
        an_asset("ethereum", price="10")
        with server.connected() as client:
            client.watch("bitcoin")
            assert client.hear()["price"] == "100"
            assert client.watch("ethereum")["assets"] == ["ethereum"]
            assert client.hear()["price"] == "10"
            move("101", "bitcoin")
            move("11", "ethereum")
            assert client.hear()["price"] == "11"

    def test_unknown_ids_are_named(self, server: Server) -> None:
        an_asset("bitcoin")
        with server.connected() as client:
            answer = client.watch("bitcoin", "moonrock", "x" * 200, "Größe")
        assert answer == {"type": "watching", "assets": ["bitcoin"], "unknown": ["Größe", "moonrock", "x" * 200]}

    def test_may_end(self, server: Server) -> None:
        an_asset("bitcoin", price="100")
        with server.connected() as client:
            client.watch("bitcoin")
            assert client.hear()["price"] == "100"
            assert client.watch() == {"type": "watching", "assets": [], "unknown": []}
            move("101")
            assert client.watch() == {"type": "watching", "assets": [], "unknown": []}

    def test_costs_one_request_whatever_is_chosen(self, server: Server) -> None:
        an_asset("bitcoin", price="100")
        an_asset("ethereum", price="10")
        with server.connected() as client, measured() as usage:
            client.watch("bitcoin", "ethereum", "moonrock")
            client.hear()
            client.hear()
        assert usage.requests == 1


class TestMalformed:
    @pytest.mark.parametrize(
        ("said", "detail"),
        [
            ("bitcoin", "Send JSON."),
            ("[" * 5000, "Send JSON."),
            (b'{"watch": []}', "Send text, not bytes."),
            ("[]", 'Send {"watch": ["bitcoin"]}, with the ids of the assets.'),
            ('{"watch": [], "more": 1}', 'Send {"watch": ["bitcoin"]}, with the ids of the assets.'),
            ('{"watch": "bitcoin"}', "`watch` is a list of ids of assets."),
            ('{"watch": [1]}', "`watch` is a list of ids of assets."),
            ('{"watch": ["\\ud800"]}', "`watch` is a list of ids of assets."),
            (json.dumps({"watch": ["bitcoin"] * 101}), "Watch at most 100 assets."),
        ],
    )
    def test_messages_are_answered_and_change_nothing(self, server: Server, said: Any, detail: str) -> None:
        an_asset("bitcoin", price="100")
        with server.connected() as client:
            client.watch("bitcoin")
            client.hear()
            client.socket.send(said)
            assert client.hear() == {"type": "error", "code": "malformed", "detail": detail}
            move("101")
            assert client.hear()["price"] == "101"

    def test_messages_without_end_close_the_connection(self, server: Server) -> None:
        with server.connected() as client:
            for _ in range(MOST_MALFORMED):
                client.socket.send("?")
            assert client.ending()[0] == 4400


class TestLimits:
    def test_a_long_message_closes_the_connection(self, server: Server) -> None:
        with server.connected() as client:
            client.socket.send("x" * (LONGEST_MESSAGE + 1))
            assert client.ending()[0] == 1009

    def test_many_messages_close_the_connection(self, server: Server) -> None:
        with server.connected() as client:
            for _ in range(MOST_MESSAGES * 2):
                client.say({"watch": []})
            assert client.ending()[0] == 4429

    def test_connections_of_one_user_are_counted_wherever_they_come_from(
        self, server: Server, settings: Settings
    ) -> None:
        settings.STREAM_CONNECTIONS_PER_USER = 2
        alice = a_user()
        with server.page_of(alice), server.program_of(alice):
            with server.page_of(alice) as third:
                code, reason = third.ending()
                assert code == 4429
                assert " 2 " in reason
            with server.page_of(a_user("bob")) as of_another:
                assert of_another.watch()["type"] == "watching"
        wait_until_open(0)
        with server.page_of(alice) as later:
            assert later.watch()["type"] == "watching"

    def test_nothing_is_kept_of_who_has_gone_while_others_stay(self, server: Server) -> None:
        with server.connected() as visitor:
            with server.page_of(a_user("passerby")) as page:
                page.watch("bitcoin")
                assert "passerby" in repr(vars(HUB))
            wait_until_open(1)
            assert "passerby" not in repr(vars(HUB))
            assert visitor.watch()["type"] == "watching"

    def test_connections_of_visitors_are_counted_by_address(self, server: Server, settings: Settings) -> None:
        settings.STREAM_CONNECTIONS_PER_ADDRESS = 1
        with server.connected():
            with server.connected() as second:
                assert second.ending()[0] == 4429
            with server.page_of(a_user()) as of_a_user:
                assert of_a_user.watch()["type"] == "watching"


def test_other_addresses_are_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused, server.connected(path="/ws/else/"):
        pass
    assert refused.value.response.status_code == 403
