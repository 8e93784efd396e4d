"""What a log may say: no link, no whole address, no private number, in the house's own lines and in those of others."""

from __future__ import annotations

import json
import os
import subprocess
import sys

SAYS = """
import logging, structlog
from samehand.config.env import configure_logging
configure_logging("info")
structlog.get_logger().warning("delivery refused", response="550 <jan.zuk@wp.pl>: call 601 234 567", message=601234567)
logging.getLogger("django.request").error("Not Found: %s", "/s/sh-abc.mac?x=44051401359")
try:
    raise ValueError("cannot file jan.zuk@wp.pl")
except ValueError:
    structlog.get_logger().exception("arrival put aside")
"""


def test_a_log_names_no_customer() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAYS],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SAMEHAND_ROLE": "x"},
    )
    refused, missing, aside = [json.loads(line) for line in done.stderr.splitlines()]

    assert refused["response"] == "550 <j***@wp.pl>: call •••567"
    assert refused["message"] == 601234567
    assert missing["event"] == "Not Found: /s/...?x=•••359"
    assert "j***@wp.pl" in aside["exception"]
    assert "jan.zuk" not in done.stderr
