"""Settings of the test suite: as in production, but quick to hash and to store.

`SABAQ_TEST_DB` chooses the database: `sqlite` (the default) or `postgres`, which reads TEST_DATABASE_URL.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SABAQ_MODE", "test")
os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 40)
# A developer's own DATA_DIR and DATABASE_URL must never meet a test.
if "SABAQ_TEST_DATA_DIR" not in os.environ:
    os.environ["SABAQ_TEST_DATA_DIR"] = tempfile.mkdtemp(prefix="sabaq-test-")
os.environ["DATA_DIR"] = os.environ["SABAQ_TEST_DATA_DIR"]
if os.environ.get("SABAQ_TEST_DB", "sqlite") == "postgres":
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ["DATABASE_URL"] = ""

from sabaq.config.settings import *  # noqa: F403
from sabaq.config.settings import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RATE_LIMIT_FACTOR = 1000
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads of a test must meet the same locks.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    )
