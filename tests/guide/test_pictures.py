"""Pictures: drawn anew without what is told along, and nothing that is no picture."""

from __future__ import annotations

import re
import struct
import zlib
from contextlib import nullcontext
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from samehand.guide import actions, pictures
from samehand.guide.drawing import drawn
from samehand.guide.models import Picture
from samehand.guide.pictures import NoPicture
from samehand.guide.rendering import page
from samehand.lib import blobs
from samehand.people.models import Staff
from tests.guide.articles import BODY
from tests.guide.test_publishing import out
from tests.personas import at


def a_picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", *, exif: bool = False) -> bytes:
    image = Image.new(mode, size)
    image.putpixel((3, 3), 255 if mode == "L" else (200, 100, 50, 128)[: len(image.getbands())])
    more: dict[str, Any] = {}
    if exif:
        told = Image.Exif()
        told[0x010F], told[0x0112] = "SecretCamera", 6
        more["exif"] = told
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_four_kinds_are_taken(kind: str, content_type: str) -> None:
    made = drawn(a_picture(kind))

    assert (made.content_type, made.width, made.height) == (content_type, 60, 40)
    assert drawn(made.data) == made, "what we drew ourselves comes out as it went in"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_told_is_gone_and_the_picture_stands_upright(kind: str) -> None:
    given = a_picture(kind, exif=True)

    made = drawn(given)

    assert b"SecretCamera" in given
    assert b"SecretCamera" not in made.data
    assert (made.width, made.height) == (40, 60)


def test_stowaways_stay_behind() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        bare = drawn(a_picture(kind)).data

        assert b"<script>" not in drawn(bare + b"<script>alert(1)</script>").data


def test_a_wide_picture_is_made_smaller() -> None:
    made = drawn(a_picture("PNG", (3200, 100)))

    assert (made.width, made.height) == (1600, 50)


def _bomb(width: int, height: int) -> bytes:
    """A PNG that says of itself that it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"", "unknown", id="nothing"),
        pytest.param(b"<svg onload='x'/>", "unknown", id="a drawing that acts"),
        pytest.param(b"GIF89a", "unknown", id="a beginning only"),
        pytest.param(a_picture("PNG")[:60], "broken", id="half a picture"),
        pytest.param(a_picture("JPEG", (600, 600))[:-500], "broken", id="half a photograph"),
        pytest.param(a_picture("BMP"), "unknown", id="another kind"),
        pytest.param(_bomb(7000, 7000), "too-many-pixels", id="49 megapixels"),
        pytest.param(_bomb(60_000, 60_000), "too-many-pixels", id="a bomb"),
        pytest.param(b"\x89PNG" + b"0" * 5_000_000, "too-large", id="more than 5 MB"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(NoPicture) as refusal:
        drawn(data)

    assert refusal.value.kind == kind


def test_a_picture_is_kept_shown_and_goes_when_nothing_shows_it(anna: Staff, ola: Staff) -> None:
    actions.put_picture(by=anna, name="frame", data=a_picture(), now=at(0))
    article = out(ola, body=BODY + "\n![Ramka](picture:frame)\n")

    kept = Picture.objects.get()
    assert (drawn(blobs.get(kept.blob)).width, kept.content_type) == (60, "image/png")
    assert pictures.blobs_in_use([Picture.objects.get().blob, "0" * 64]) == {Picture.objects.get().blob}
    with pytest.raises(blobs.BlobInUse):
        blobs.erase(Picture.objects.get().blob)
    with pytest.raises(actions.PictureInUse) as refusal:
        actions.remove_picture(by=anna, name="frame")
    assert refusal.value.keys == [article.problem.key]
    with pytest.raises(actions.BadKey):
        actions.put_picture(by=anna, name="Zła", data=a_picture(), now=at(0))


def test_what_customers_see_is_replaced_by_who_may_publish(anna: Staff, ola: Staff) -> None:
    actions.put_picture(by=anna, name="frame", data=a_picture(), now=at(0))
    actions.put_picture(by=anna, name="frame", data=a_picture(size=(70, 40)), now=at(1))
    version = out(ola, body=BODY + "\n![Ramka](picture:frame)\n")
    before = page(version, scope=None, facts={}).sections[0].html

    with pytest.raises(actions.NotAllowed):
        actions.put_picture(by=anna, name="frame", data=a_picture(size=(80, 40)), now=at(2))
    assert page(version, scope=None, facts={}).sections[0].html == before

    actions.put_picture(by=ola, name="frame", data=a_picture(size=(80, 40)), now=at(3))
    after = page(version, scope=None, facts={}).sections[0].html
    assert 'width="80"' in after
    addresses = [re.search(r'src="([^"]+)"', html) for html in (before, after)]
    assert len({found[1] for found in addresses if found}) == 2, "browsers keep what an address showed"


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        pytest.param("![Ramka](picture:frame)", True, id="in its place"),
        pytest.param("![Ramka][r]\n\n[r]: picture:frame", True, id="named below"),
        pytest.param("![Ramka](picture:frame-2)", False, id="another one whose name begins so"),
    ],
)
def test_only_an_article_that_shows_it_keeps_a_picture(ola: Staff, body: str, stays: bool) -> None:
    actions.put_picture(by=ola, name="frame", data=a_picture(), now=at(0))
    out(ola, body=f"{BODY}\n{body}\n")

    with pytest.raises(actions.PictureInUse) if stays else nullcontext():
        actions.remove_picture(by=ola, name="frame")

    assert Picture.objects.exists() == stays
