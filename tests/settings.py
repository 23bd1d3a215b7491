"""Settings of the tests: the product's own, with a store in memory and cheap password hashes."""

import os

os.environ.setdefault("DATASTORE_URL", "memory://")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("EMAIL_URL", "memorymail://")

from cryptopulse.settings import *  # noqa: E402, F403
from cryptopulse.settings import PASSWORD_HASHERS as REAL_PASSWORD_HASHERS  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *REAL_PASSWORD_HASHERS]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
