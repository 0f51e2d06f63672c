"""The two file formats in which MNIST is published: idx (plain or gzip) and mnist.npz."""

import gzip
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np

from training.errors import DatasetError

GZIP_MAGIC = b"\x1f\x8b"
UNSIGNED_BYTE = 0x08


def read_idx(path: Path) -> np.ndarray:
    """Return the unsigned bytes of an idx file, in the shape that its header states.

    Format (yann.lecun.com/exdb/mnist): two zero bytes, a type byte, the number of dimensions, each dimension
    as a big-endian 32-bit integer, then the values.
    """
    content = _read_bytes(path)
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] != UNSIGNED_BYTE or content[3] == 0:
        raise DatasetError(
            f"{path} is not an idx file of bytes (it starts with {content[:4].hex() or 'nothing'}); "
            "fetch it again, or point --data at another folder"
        )
    rank = content[3]
    header = 4 + 4 * rank
    if len(content) < header:
        raise DatasetError(f"{path} is cut short inside its header; fetch it again")
    shape = struct.unpack(f">{rank}I", content[4:header])
    expected = header + int(np.prod(shape, dtype=np.int64))
    if len(content) != expected:
        raise DatasetError(
            f"{path} holds {len(content):,} bytes where its header promises {expected:,}; fetch it again"
        )
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape)


def read_npz(path: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Return images and labels of `part` ("train" or "test") from an mnist.npz as Keras publishes it."""
    try:
        # Opened here, because np.load leaves a file that is no archive open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return archive[f"x_{part}"], archive[f"y_{part}"]
    except KeyError as error:
        raise DatasetError(
            f"{path} has no array x_{part} or y_{part}; it is not an mnist.npz, point --data at another one"
        ) from error
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DatasetError(f"{path} cannot be read as an mnist.npz ({error}); fetch it again") from error


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content.startswith(GZIP_MAGIC) else content
    except (OSError, EOFError, zlib.error) as error:
        raise DatasetError(f"{path} cannot be read, it may be cut short ({error}); fetch it again") from error
