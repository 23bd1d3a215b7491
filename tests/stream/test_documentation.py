"""docs/stream.md says what the code does."""

import json
import re

from core.stream import hub
from core.stream.connection import Ending
from core.websocket import application
from core.websocket.client_messages import LONGEST_MESSAGE, MOST_MESSAGES, MOST_WATCHED, WITHIN
from tests.docs.pages import ROOT
from tests.market.builders import an_asset
from tests.stream.clients import Server

PAGE = (ROOT / "docs" / "stream.md").read_text()


def test_its_messages_are_those_of_the_stream(server: Server) -> None:
    an_asset("bitcoin", price="84250.5")
    wish, *answers = [json.loads(block) for block in re.findall(r"```json\n(.+)\n```", PAGE)]
    shown = {answer["type"]: answer for answer in answers}
    with server.connected() as client:
        client.say(wish)
        assert client.hear() == shown["watching"]
        price = client.hear()
        assert (price.keys(), price["price"]) == (shown["price"].keys(), shown["price"]["price"])
        client.socket.send("?")
        assert client.hear() == shown["error"]


def test_its_limits_are_those_of_the_code() -> None:
    assert f"at most {MOST_WATCHED}:" in PAGE
    assert f"| {LONGEST_MESSAGE} bytes |" in PAGE
    assert f"| {MOST_MESSAGES} at once, {MOST_MESSAGES / WITHIN:.0f} each second |" in PAGE
    assert f"does not read for {application.READS_WITHIN:.0f} seconds" in PAGE
    assert application.MOST_MALFORMED == 5


def test_it_lists_every_code() -> None:
    endings = {value for module in (application, hub) for value in vars(module).values() if isinstance(value, Ending)}
    listed = set(re.findall(r"^\| (\d{4}) \|", PAGE, re.MULTILINE))
    assert {str(ending.code) for ending in endings} <= listed
