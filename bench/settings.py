"""Settings of the measuring process: the site's defaults, whatever this machine sets, and no worker."""

import os

from cryptopulse.options import ALL

for option in ALL:
    os.environ[option.name] = option.default
os.environ["DATASTORE_URL"] = os.environ["PRIVATE_FILES_URL"] = "memory://"
os.environ["SECRET_KEY"] = "only-for-measuring-" + "x" * 40
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["LOG_LEVEL"] = "ERROR"

from cryptopulse.settings import *  # noqa: E402, F403

CELERY_TASK_ALWAYS_EAGER = True
