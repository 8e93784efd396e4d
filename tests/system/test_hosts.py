"""The names that the pages answer to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.house import ROOT, clean_environment


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ({"SAMEHAND_URL": "https://pomoc.fala.example"}, "localhost,127.0.0.1,[::1],pomoc.fala.example"),
        ({"SAMEHAND_URL": "https://pomoc.fala.example", "SAMEHAND_HOSTS": "a.example"}, "a.example"),
        ({"SAMEHAND_DEMO": "1"}, "*"),
    ],
)
def test_our_own_address_is_among_them_unless_all_are_named(given: dict[str, str], hosts: str, tmp_path: Path) -> None:
    environment = clean_environment(SAMEHAND_DATA=str(tmp_path), SAMEHAND_SECRET="x", **given)
    code = "from samehand.config.settings import ALLOWED_HOSTS; print(','.join(ALLOWED_HOSTS))"

    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == hosts
