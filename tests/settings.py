"""Settings of the tests: the defaults, whatever this machine sets, with a store in memory and cheap hashes."""

import os

from cryptopulse.options import ALL

for option in ALL:
    os.environ[option.name] = option.default
os.environ["DATASTORE_URL"] = "memory://"
os.environ["PRIVATE_FILES_URL"] = "memory://"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["LOG_LEVEL"] = "ERROR"

from cryptopulse.settings import *  # noqa: E402, F403
from cryptopulse.settings import PASSWORD_HASHERS as REAL_PASSWORD_HASHERS  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *REAL_PASSWORD_HASHERS]
API_REQUESTS_PER_MINUTE = API_VISITOR_REQUESTS_PER_MINUTE = API_SIGN_INS_PER_MINUTE = 1_000_000
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
