"""What is uploaded is drawn anew, so that no place, camera or stowaway comes along.

Only who draws loads this: Pillow takes 8 MB of each process.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from samehand.guide.pictures import LARGEST, Drawn, NoPicture

MOST_PIXELS = 40_000_000
# Wider than any page shows it, on screens with two dots for one.
WIDEST = 1600
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def drawn(data: bytes) -> Drawn:
    """The picture drawn anew, at most 1600 dots wide. What we drew ourselves comes out as it went in.

    Raises NoPicture.
    """
    if len(data) > LARGEST:
        raise NoPicture("too-large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture("too-many-pixels") from None
    except UnidentifiedImageError:
        raise NoPicture("unknown") from None
    # Broken files make the readers of Pillow fail in every way that there is.
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError):
        raise NoPicture("broken") from None


def _drawn(data: bytes) -> Drawn:
    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        kind = image.format or ""
        if image.width * image.height > MOST_PIXELS:
            raise NoPicture("too-many-pixels")
        image.load()
        if image.width <= WIDEST and _bare(data, kind):
            return Drawn(data, f"image/{kind.lower()}", image.width, image.height)
        upright = ImageOps.exif_transpose(image)
        if upright.width > WIDEST:
            upright = upright.resize((WIDEST, max(1, round(upright.height * WIDEST / upright.width))))
        return _saved(upright, "PNG" if kind == "GIF" else kind)


def _saved(image: Image.Image, kind: str) -> Drawn:
    clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    image = image.convert("RGBA" if clear and kind != "JPEG" else "RGB")
    # What is known of the picture beside its dots stays behind.
    image.info.clear()
    out = BytesIO()
    match kind:
        case "JPEG":
            image.save(out, "JPEG", quality=85, optimize=True)
        case "WEBP":
            image.save(out, "WEBP", quality=85, method=4, exact=True)
        case _:
            image.save(out, "PNG", optimize=True)
    return Drawn(out.getvalue(), f"image/{kind.lower()}", image.width, image.height)


def _bare(data: bytes, kind: str) -> bool:
    """Whether there is nothing in the file but the picture."""
    match kind:
        case "PNG":
            return _bare_png(data)
        case "JPEG":
            return _bare_jpeg(data)
        case "WEBP":
            return _bare_webp(data)
    return False


def _bare_png(data: bytes) -> bool:
    at = 8
    while at + 12 <= len(data):
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        at += 12 + size
        if name == b"IEND":
            return at == len(data)
        if name not in {b"IHDR", b"PLTE", b"tRNS", b"IDAT"}:
            return False
    return False


def _bare_jpeg(data: bytes) -> bool:
    """Tables and one scan of each kind. Within a scan FF is followed by 00 or by a mark to restart at."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xD9:
            return at + 2 == len(data)
        # Application data but JFIF's own, and comments.
        if mark == 0xFE or 0xE1 <= mark <= 0xEF:
            return False
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
        if mark == 0xDA:
            at = _end_of_scan(data, at)
    return data[at : at + 2] == b"\xff\xd9" and at + 2 == len(data)


def _end_of_scan(data: bytes, at: int) -> int:
    while (at := data.find(b"\xff", at)) >= 0:
        if at + 1 < len(data) and data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)


def _bare_webp(data: bytes) -> bool:
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    at = 12
    while at + 8 <= len(data):
        if data[at : at + 4] not in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}:
            return False
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return at == len(data)
