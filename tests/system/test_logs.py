"""What a log may say: no link, no whole address, no private number, in the house's own lines and in those of others."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from structlog.processors import format_exc_info

from samehand.config import env
from samehand.people.models import ContactPoint, Customer

WORDS = "what she wrote"
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


@pytest.mark.django_db
@pytest.mark.parametrize("as_it_is", [True, False])
def test_a_row_that_the_database_refuses_is_not_repeated(as_it_is: bool) -> None:
    zofia = Customer.objects.create(name="Zofia", known_since=now())
    ContactPoint.objects.create(customer=zofia, value=WORDS)
    try:
        with transaction.atomic():
            ContactPoint.objects.create(customer=zofia, value=WORDS)
    except IntegrityError as refusal:
        said = {"event": "put aside", "exc_info": True if as_it_is else refusal}
        line = format_exc_info(None, "error", env._without_rows(None, "error", said))

    assert "contact_point_is_one" in line["exception"]
    assert WORDS not in line["exception"]
