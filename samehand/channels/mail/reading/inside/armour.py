"""PGP as text: the armour around signed words is folded away; what is encrypted stays as it is."""

from __future__ import annotations

SIGNED, SEALED = "pgp-signed", "pgp-sealed"

_BEGIN, _SIGNATURE, _END = (
    "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----",
)  # fmt: skip
_SECRET = "-----BEGIN PGP MESSAGE-----"  # noqa: S105


def armoured(text: str) -> str:
    """SIGNED or SEALED for a text with armour, else ''."""
    if "-----BEGIN PGP " not in text:
        return ""
    lines = {line.strip() for line in text.split("\n") if line.startswith("-----BEGIN PGP ")}
    if _BEGIN in lines and _SIGNATURE in lines:
        return SIGNED
    return SEALED if _SECRET in lines else ""


def without_armour(text: str) -> str:
    """The words of a signed text, with what stands before and behind the armour."""
    if armoured(text) != SIGNED:
        return text
    before, _, rest = text.partition(_BEGIN)
    signed, _, tail = rest.partition(_SIGNATURE)
    _, _, words = signed.lstrip("\n").partition("\n\n") if signed.lstrip("\n").startswith("Hash:") else ("", "", signed)
    # Lines that begin with a dash have "- " put before them.
    words = "\n".join(line[2:] if line.startswith("- ") else line for line in words.split("\n"))
    behind = tail.partition(_END)[2]
    return "\n".join(part.strip("\n") for part in (before, words, behind) if part.strip())
