"""Django's cache on Redis, and in the memory of the process while Redis is away."""

import functools
import logging
import threading
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

AWAY = 5.0
"""Seconds for which a Redis that did not answer is not asked again, so that requests do not wait for it each."""
ANSWERS_WITHIN = 0.5
"""Seconds that Redis may take to connect, and to answer."""

logger = logging.getLogger(__name__)


class SharedCache(BaseCache):
    """A cache that all processes share through Redis at `LOCATION`.

    It holds nothing that may not be lost: counters of throttles. While Redis is away each process counts for itself,
    from nothing; so limits still hold, per process. Never fails.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._one = _both(server)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._one.asked("get", key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._one.asked("set", key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._one.asked("add", key, value, timeout, version))

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._one.asked("touch", key, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._one.asked("delete", key, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._one.asked("incr", key, delta, version))

    def clear(self) -> None:
        self._one.asked("clear")


class _Both:
    """Redis and the memory used while it is away, one of each in a process: Django makes a cache for each thread."""

    def __init__(self, server: str) -> None:
        options = {
            "socket_connect_timeout": ANSWERS_WITHIN,
            "socket_timeout": ANSWERS_WITHIN,
            # one more try, at once: after a restart of Redis the first finds the old connection closed
            "retry": Retry(NoBackoff(), 1),
        }
        self._redis = RedisCache(server, {"OPTIONS": options})
        self._memory = LocMemCache("while Redis is away", {})
        self._lock = threading.Lock()
        self._away_until = 0.0
        self._is_away = False

    def asked(self, operation: str, *arguments: Any) -> Any:
        """What Redis answers to an operation of Django's caches or, while it is away, the memory."""
        if time.monotonic() >= self._away_until:
            try:
                answer = getattr(self._redis, operation)(*arguments)
            except (RedisError, OSError) as error:
                self._has_gone(error)
            else:
                self._is_there()
                return answer
        return getattr(self._memory, operation)(*arguments)

    def _has_gone(self, error: Exception) -> None:
        with self._lock:
            self._away_until = time.monotonic() + AWAY
            if not self._is_away:
                self._is_away = True
                logger.warning("Redis does not answer; limits are counted by each process: %s", type(error).__name__)

    def _is_there(self) -> None:
        if self._is_away:
            with self._lock:
                self._is_away = False
                self._memory.clear()
            logger.info("Redis answers again; limits are counted together")


@functools.cache
def _both(server: str) -> _Both:
    return _Both(server)
