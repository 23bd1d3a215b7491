"""The product's settings, with a view and a task that never end."""

from cryptopulse.settings import *  # noqa: F403 - that is what settings are extended by

ROOT_URLCONF = "tests.platform.stuck_addresses"
CELERY_IMPORTS = ("tests.platform.stuck_addresses",)
