"""Unpack published files; the first bytes, not the name, decide how."""

from __future__ import annotations

import gzip
import zlib

GZIP = b"\x1f\x8b"
COMPRESS = b"\x1f\x9d"  # Unix compress, .Z


def unpack(content: bytes) -> bytes:
    """Return the unpacked content of gzip (.gz) or Unix compress (.Z), and any other content unchanged.

    Raises ValueError if packed content is damaged or cut off.
    """
    try:
        if content.startswith(GZIP):
            return gzip.decompress(content)
        if content.startswith(COMPRESS):
            from unlzw3 import unlzw  # only .Z files need it

            return unlzw(content)
    except (OSError, EOFError, zlib.error, ValueError, IndexError) as error:
        raise ValueError(f"it is damaged ({error})") from error
    return content
