"""training/data/idx.py: both formats are read, and whatever is wrong is said in one sentence."""

import gzip

import numpy as np
import pytest

from tests.python.made_digits import idx_bytes, make_digits, write_npz
from training.data.idx import read_idx, read_npz
from training.errors import DatasetError


@pytest.mark.parametrize("shape", [(5,), (3, 28, 28)])
@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["gzip", "plain"])
def test_idx_is_read(tmp_path, shape, pack):
    array = np.arange(np.prod(shape), dtype=np.int64).astype(np.uint8).reshape(shape)
    (tmp_path / "file").write_bytes(pack(idx_bytes(array)))
    np.testing.assert_array_equal(read_idx(tmp_path / "file"), array)


GOOD = idx_bytes(np.arange(100, dtype=np.uint8))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (gzip.compress(GOOD, mtime=0)[:-20], "may be cut short"),
        (gzip.compress(GOOD, mtime=0)[:12], "may be cut short"),
        (GOOD[:-1], "holds 107 bytes where its header promises 108"),
        (GOOD + b"x", "holds 109 bytes where its header promises 108"),
        (GOOD[:6], "cut short inside its header"),
        (b"<html>not found</html>", "is not an idx file"),
        (b"\0\0\x0d\x01" + GOOD[4:], "is not an idx file of bytes"),
        (b"", "starts with nothing"),
    ],
    ids=["cut gzip", "gzip head", "cut", "too long", "cut header", "a web page", "of floats", "empty"],
)
def test_damaged_idx(tmp_path, content, complaint):
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=complaint) as caught:
        read_idx(path)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_npz_is_read(tmp_path):
    path = write_npz(tmp_path, train=30, test=20) / "mnist.npz"
    for seed, (part, count) in enumerate((("train", 30), ("test", 20))):
        for read, made in zip(read_npz(path, part), make_digits(count, seed), strict=True):
            np.testing.assert_array_equal(read, made)


def test_damaged_npz(tmp_path):
    path = write_npz(tmp_path, train=30, test=20) / "mnist.npz"
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DatasetError, match=r"cannot be read as an mnist\.npz"):
        read_npz(path, "train")


def test_other_npz(tmp_path):
    np.savez(tmp_path / "other.npz", x_train=np.zeros(3))
    with pytest.raises(DatasetError, match="no array x_train or y_train"):
        read_npz(tmp_path / "other.npz", "train")
