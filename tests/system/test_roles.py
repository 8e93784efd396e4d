"""A role that was forked from a house whose settings were loaded learns what it is only then."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.house import ROOT, clean_environment

FORKED = """
import os, sys
from samehand.config import starting
starting.set_up_django()
os.environ["SAMEHAND_ROLE"] = sys.argv[1]
starting.keep_connections_as_role()
import structlog
from django.db import connections
own = connections["default"]
structlog.get_logger().warning("here", engine=type(own).__module__, kept=own.settings_dict["CONN_MAX_AGE"])
"""


@pytest.mark.parametrize(
    ("role", "engine", "kept"),
    [("web", "samehand.lib.keeping.base", 0), ("worker", "django.db.backends.postgresql.base", 600)],
    ids=["pages take a connection that any thread laid back", "the worker's thread keeps its own"],
)
def test_connections_are_kept_as_the_role_needs(tmp_path: Path, role: str, engine: str, kept: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED, role],
        env=clean_environment(SAMEHAND_DATA=str(tmp_path)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    line = json.loads(done.stderr.splitlines()[-1])

    assert (line["role"], line["engine"], line["kept"]) == (role, engine, kept)
