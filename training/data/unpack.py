"""Undo the compression that published files come in, told by how they begin and not by their name."""

from __future__ import annotations

import gzip
import zlib

GZIP = b"\x1f\x8b"
COMPRESS = b"\x1f\x9d"  # Unix compress, .Z


def unpack(content: bytes) -> bytes:
    """Return what gzip (.gz) or Unix compress (.Z) packed, anything else as it is.

    Raises ValueError where the packed content is damaged or cut off.
    """
    try:
        if content.startswith(GZIP):
            return gzip.decompress(content)
        if content.startswith(COMPRESS):
            from unlzw3 import unlzw  # here, so that only who meets a .Z needs it

            return unlzw(content)
    except (OSError, EOFError, zlib.error, ValueError, IndexError) as error:
        raise ValueError(f"it is damaged ({error})") from error
    return content
