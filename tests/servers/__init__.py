"""Servers that tests start for themselves: DynamoDB-compatible ones, and Redis.

`make servers` fetches the DynamoDB-compatible ones into `.servers/`. Where one is missing, the tests that need it are
skipped and say so; with REQUIRE_SERVICES=1 they fail.
"""

from tests.servers.running import local, native, needed, redis, shared_endpoint

__all__ = ["local", "native", "needed", "redis", "shared_endpoint"]
