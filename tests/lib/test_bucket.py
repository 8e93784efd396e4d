"""The same store in a bucket: what is acknowledged is an object, and a store that is away stops nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.lib import blobs
from samehand.lib.blobs import stores
from samehand.lib.blobs.packing import pack
from samehand.lib.models import Blob
from tests.personas import MONDAY, a_mail

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(days=5000)


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadedMotoServer]:
    one = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def bucket(server: ThreadedMotoServer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "us")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    found = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="mails")
    found.objects.delete()
    settings.BLOBS = f"s3://mails/samehand?endpoint={endpoint}&region=us-east-1"
    settings.BLOB_KEYS = []
    yield found
    stores._store.cache_clear()


def names(bucket: Any) -> list[str]:
    return [each.key for each in bucket.objects.all()]


def test_a_batch_is_one_object_and_comes_back(bucket: Any) -> None:
    keys = blobs.put_many([b"one", b"two", b"three"])

    assert len(names(bucket)) == 1
    assert names(bucket)[0].startswith("samehand/packs/")
    assert b"three" not in bucket.Object(names(bucket)[0]).get()["Body"].read()
    assert list(blobs.get_many(keys)) == [b"one", b"two", b"three"]
    assert blobs.get(keys[1]) == b"two"
    assert blobs.at_hand()


def test_an_object_that_is_gone_is_missing(bucket: Any) -> None:
    key = blobs.put(b"one")
    bucket.objects.delete()

    with pytest.raises(blobs.BlobMissing) as trouble:
        blobs.get(key)
    assert not isinstance(trouble.value, blobs.StoreAway)


def test_what_is_erased_is_gone_and_its_neighbours_stay(bucket: Any) -> None:
    key, other = blobs.put_many([b"mine", b"hers"])
    size = Blob.objects.get(pk=bytes.fromhex(key)).size

    blobs.erase(key)

    assert bucket.Object(names(bucket)[0]).get()["Body"].read()[:size] == bytes(size)
    assert blobs.get(other) == b"hers"


def test_many_small_objects_become_one(bucket: Any) -> None:
    keys = [blobs.put(f"mail {number}".encode()) for number in range(5)]

    assert pack(now=LATER).moved == 5
    assert pack(now=LATER).removed == 5

    assert len(names(bucket)) == 1
    assert list(blobs.get_many(keys)) == [f"mail {number}".encode() for number in range(5)]


def test_a_store_that_is_away_refuses_for_now_and_nothing_is_half_kept(bucket: Any, settings: Any) -> None:
    kept = blobs.put(b"before")
    there = settings.BLOBS
    settings.BLOBS = "s3://mails/samehand?endpoint=http://127.0.0.1:9&region=us-east-1"
    incoming = [actions.Incoming(a_mail(), MONDAY, "x")]

    with pytest.raises(OSError, match="away"):
        actions.accept(channel="mail", mailbox="door", incoming=incoming, now=MONDAY)
    with pytest.raises(blobs.BlobMissing):
        blobs.get(kept)
    assert not blobs.at_hand()
    assert not RawArrival.objects.exists()
    assert Blob.objects.count() == 1

    settings.BLOBS = there
    assert actions.accept(channel="mail", mailbox="door", incoming=incoming, now=MONDAY)[0].new
    assert blobs.get(kept) == b"before"


def test_arrivals_wait_while_the_store_is_away(bucket: Any, settings: Any) -> None:
    incoming = [actions.Incoming(a_mail(), MONDAY, "x")]
    actions.accept(channel="mail", mailbox="door", incoming=incoming, now=MONDAY)
    settings.BLOBS = "s3://mails/samehand?endpoint=http://127.0.0.1:9&region=us-east-1"

    with pytest.raises(OSError, match="away"):
        actions.file_waiting(now=MONDAY)
    assert RawArrival.objects.get().state == "waiting"


def test_a_bucket_that_refuses_us_says_so_without_our_keys(bucket: Any, settings: Any) -> None:
    settings.BLOBS = settings.BLOBS.replace("//mails/", "//nobody/")

    with pytest.raises(blobs.StoreAway, match="NoSuchBucket"):
        blobs.put(b"one")
