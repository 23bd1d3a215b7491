"""A web server in this process, over the layer in memory and over Redis."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

import cryptopulse.asgi  # noqa: F401 - its checks refuse the store in memory once a test has set REDIS_URL
from cryptopulse.one_process import WebServer, listen
from tests import servers
from tests.stream.clients import Server


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.services)])
def layer(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    """What carries announcements to the web process."""
    if request.param == "memory":
        yield request.param
        return
    with servers.redis() as url:
        over_redis(settings, url)
        yield request.param


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """The running site, over the layer in memory unless `layer` says otherwise."""
    listener = listen("127.0.0.1", 0)
    web = WebServer(listener)
    assert web.start()
    try:
        yield Server(listener.getsockname()[1])
    finally:
        web.stop()


def over_redis(settings: Settings, url: str) -> None:
    """Settings as REDIS_URL makes them."""
    settings.REDIS_URL = url
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [url]}}
    }
