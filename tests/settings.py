"""The house's settings for tests: data in a folder of its own, weak and quick password hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Set before the settings are read. Workers of a parallel run inherit the folder from the first process.
if "SAMEHAND_DATA" not in os.environ:
    os.environ["SAMEHAND_DATA"] = tempfile.mkdtemp(prefix="samehand-tests-")
    atexit.register(shutil.rmtree, os.environ["SAMEHAND_DATA"], ignore_errors=True)
os.environ.setdefault("SAMEHAND_SECRET", "a-secret-for-tests-alone")
os.environ.setdefault("SAMEHAND_LOG", "warning")
# No test asks the world for names; houses that tests start inherit it.
os.environ.setdefault("SAMEHAND_DNS", "off")

from samehand.config.messages import compile_stale
from samehand.config.settings import *  # noqa: F403

compile_stale()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
