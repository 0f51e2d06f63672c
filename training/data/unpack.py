"""Unpack published files; the first bytes, not the name, decide how."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from training.errors import DatasetError

GZIP = b"\x1f\x8b"
COMPRESS = b"\x1f\x9d"  # Unix compress, .Z


def unpack(content: bytes) -> bytes:
    """Return the unpacked content of gzip (.gz) or Unix compress (.Z), and any other content unchanged.

    DatasetError if packed content is damaged or cut off.
    """
    try:
        if content.startswith(GZIP):
            return gzip.decompress(content)
        if content.startswith(COMPRESS):
            from unlzw3 import unlzw  # only .Z files need it

            return unlzw(content)
    except (OSError, EOFError, zlib.error, ValueError, IndexError) as error:
        raise DatasetError(f"it is damaged ({error})") from error
    return content


def read_unpacked(path: Path) -> bytes:
    """Return the unpacked content of a file; DatasetError that names the file if it is damaged."""
    try:
        return unpack(path.read_bytes())
    except DatasetError as error:
        raise DatasetError(f"{path} cannot be read: {error}; fetch it again") from error
