"""The cache that processes share through Redis, and what it does while Redis is away."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache.backends.base import BaseCache

from cryptopulse import shared_cache
from cryptopulse.shared_cache import SharedCache
from tests import servers
from tests.ports import free_port


def a_cache(url: str) -> BaseCache:
    """The cache of one thread; all threads of a process share what is behind it."""
    return SharedCache(url, {})


@pytest.fixture(autouse=True)
def _of_this_test() -> Iterator[None]:
    shared_cache._both.cache_clear()
    yield
    shared_cache._both.cache_clear()


def exercised(cache: BaseCache) -> list[object]:
    """What a cache answers to a bit of everything."""
    cache.clear()
    cache.set("a", [1.5, 2.5], 60)
    found: list[object] = [cache.get("a"), cache.get("b"), cache.get("b", "none")]
    found += [cache.add("a", 1, 60), cache.add("n", 1, 60), cache.incr("n"), cache.get("n")]
    found += [cache.touch("a", 60), cache.touch("b", 60), cache.has_key("a"), cache.delete("a"), cache.get("a")]
    cache.set("gone", 1, 0)
    return [*found, cache.get("gone"), cache.get_many(["n", "a"])]


ANSWERS = [[1.5, 2.5], None, "none", False, True, 2, 2, True, False, True, True, None, None, {"n": 2}]


def test_without_redis_the_memory_of_the_process_answers() -> None:
    cache = a_cache(f"redis://127.0.0.1:{free_port()}/0")
    assert exercised(cache) == ANSWERS


def test_a_redis_that_is_away_is_asked_once_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    with caplog.at_level(logging.INFO, "cryptopulse.shared_cache"):
        for number in range(20):
            a_cache(f"redis://127.0.0.1:{port}/0").set(f"key-{number}", 1)
    assert [record.message for record in caplog.records] == [
        "Redis does not answer; limits are counted by each process: ConnectionError"
    ]


@pytest.mark.services
def test_with_redis_it_answers_and_is_shared() -> None:
    with servers.redis() as url:
        assert exercised(a_cache(url)) == ANSWERS
        a_cache(url).set("shared", 7)
        shared_cache._both.cache_clear()  # as another process
        assert a_cache(url).get("shared") == 7


@pytest.mark.services
def test_it_lives_through_a_restart_of_redis(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(shared_cache, "AWAY", 0.0)
    port = free_port()
    cache = a_cache(f"redis://127.0.0.1:{port}/0")
    with caplog.at_level(logging.INFO, "cryptopulse.shared_cache"):
        with servers.redis(port=port):
            cache.set("a", 1)
        assert cache.get("a") is None
        cache.set("a", 2)
        assert cache.get("a") == 2
        with servers.redis(port=port):
            assert cache.get("a") is None
            cache.set("a", 3)
            assert cache.get("a") == 3
    messages = [record.message for record in caplog.records]
    assert "again" in messages[-1]
    assert len(messages) == 2
