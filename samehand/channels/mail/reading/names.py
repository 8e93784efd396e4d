"""Names of attached files: shown to people and offered to their disks, so nothing but a base name passes."""

from __future__ import annotations

import re

from samehand.channels.mail.reading.charsets import header_text
from samehand.channels.mail.reading.text import one_line
from samehand.channels.mail.reading.tree import Node
from samehand.channels.mail.reading.words import decode_words

MAX_NAME = 200
_EXTENSIONS = {
    "image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/svg+xml": "svg", "image/tiff": "tif", "image/bmp": "bmp", "application/pdf": "pdf", "text/plain": "txt",
    "text/html": "html", "text/csv": "csv", "text/calendar": "ics", "text/vcard": "vcf", "text/x-vcard": "vcf",
    "application/zip": "zip", "application/msword": "doc", "application/json": "json", "application/xml": "xml",
    "text/xml": "xml", "message/rfc822": "eml", "message/delivery-status": "txt", "text/rfc822-headers": "txt",
    "application/pgp-signature": "asc", "application/pkcs7-signature": "p7s", "application/x-pkcs7-signature": "p7s",
    "application/pkcs7-mime": "p7m", "application/x-pkcs7-mime": "p7m", "application/ms-tnef": "dat",
    "application/vnd.ms-excel": "xls", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/amr": "amr", "video/mp4": "mp4",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}  # fmt: skip
_KINDS = {extension: kind for kind, extension in reversed(_EXTENSIONS.items())}
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_INNER_SUBJECT = re.compile(rb"^subject:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.IGNORECASE | re.MULTILINE)


def file_name(declared: str, leaf: Node, index: int) -> str:
    """A base name of at most 200 letters; one is made up where the mail gives none."""
    name = _base(declared)
    if name:
        return name
    if leaf.kind == "message/rfc822":
        return (_base(_inner_subject(leaf).replace("/", "-")) or f"message-{index + 1}") + ".eml"
    told = _base(_told(leaf))
    if told:
        return told
    kind = leaf.kind.partition("/")[0]
    stem = kind if kind in ("image", "audio", "video", "text") else "file"
    return f"{stem}-{index + 1}.{_EXTENSIONS.get(leaf.kind, 'bin')}"


def kind_of(name: str) -> str:
    """The content type that a name promises."""
    return _KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _told(leaf: Node) -> str:
    """A name that hides elsewhere: "image001.jpg@01CDB132" as Content-ID, "Delivery report" as description."""
    left, at, _ = header_text(leaf.raw("content-id")[:500]).strip("<> ").partition("@")
    if at and re.fullmatch(r"[\w .()-]{1,100}\.[A-Za-z0-9]{2,4}", left):
        return left
    words = decode_words(header_text(leaf.raw("content-description")[:500]))
    extension = _EXTENSIONS.get(leaf.kind, "")
    if not words or not extension:
        return ""
    return words if words.lower().endswith(f".{extension}") else f"{words}.{extension}"


def _base(declared: str) -> str:
    name = one_line(declared[:4_000]).replace("\\", "/").rstrip("/ .").rpartition("/")[2]
    return _short(_FORBIDDEN.sub("", name).strip(" ."))


def _short(name: str) -> str:
    if len(name) <= MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:MAX_NAME]
    return f"{stem[: MAX_NAME - 1 - len(extension)]}.{extension}"


def _inner_subject(leaf: Node) -> str:
    found = _INNER_SUBJECT.search(leaf.mail, leaf.start, min(leaf.end, leaf.start + 20_000))
    return decode_words(header_text(found[1][:1_000].replace(b"\r", b"").replace(b"\n", b"")))[:120] if found else ""
