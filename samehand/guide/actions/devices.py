"""The list of devices in the database: as the files have it, loaded anew only when they changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from samehand.guide.devices import Listed, fingerprint, listed
from samehand.guide.models import DeviceList
from samehand.lib import sql

TEMPORARY = """CREATE TEMPORARY TABLE listed (
    brand text, name text, codes jsonb, family text, skin text, rank int, named text[], words text
) ON COMMIT DROP"""
STEPS = ("take_devices", "drop_devices", "clear_device_words", "fill_device_words")


def load_devices(*, now: datetime) -> bool:
    """The house knows the devices of the files; False when it knew them already. Devices keep their numbers."""
    wanted = fingerprint()
    if DeviceList.objects.filter(pk=1, fingerprint=wanted).exists():
        return False
    with transaction.atomic():
        _copy(listed())
        with connection.cursor() as cursor:
            for step in STEPS:
                cursor.execute(sql.named("samehand.guide", step))
        DeviceList.objects.update_or_create(pk=1, defaults={"fingerprint": wanted, "loaded_at": now})
    return True


def _copy(devices: Iterable[Listed]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TEMPORARY)
        with connection.wrap_database_errors, cursor.cursor.copy("COPY listed FROM STDIN") as copy:
            for device in devices:
                copy.write_row(
                    (
                        device.brand,
                        device.name,
                        json.dumps(device.codes),
                        device.family,
                        device.skin,
                        device.rank,
                        device.named,
                        " ".join(device.words),
                    )
                )
