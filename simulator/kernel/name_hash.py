"""Names as numbers, so that random numbers can be keyed on the name of a card."""

from __future__ import annotations

import hashlib


def hash31(*parts: object) -> int:
    """31 bits of the SHA-256 hash of the parts' texts: the same on every machine and in every process."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") & 0x7FFFFFFF
