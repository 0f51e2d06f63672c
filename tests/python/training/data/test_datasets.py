"""training/data/datasets.py: where MNIST is looked for, what is refused, and the validation split."""

import gzip

import numpy as np
import pytest

from tests.python.made_digits import idx_bytes, make_digits, write_idx, write_npz
from training.data.datasets import checksums, find_mnist, read_digits, split_validation
from training.errors import DatasetError


@pytest.mark.parametrize(
    "write",
    [
        write_idx,
        lambda folder, **sizes: write_idx(folder, compress=False, **sizes),
        write_npz,
        lambda folder, **sizes: write_idx(folder / "mnist", **sizes).parent,
        lambda folder, **sizes: write_npz(folder / "mnist", **sizes).parent,
    ],
    ids=["gz", "plain", "npz", "gz in mnist/", "npz in mnist/"],
)
def test_local_folder(tmp_path, write):
    found = find_mnist(write(tmp_path / "data", train=50, test=20))
    assert found.origin == "local folder"
    for seed, (part, count) in enumerate((("train", 50), ("test", 20))):
        images, labels = make_digits(count, seed)
        digits = read_digits(found, part)
        np.testing.assert_array_equal(digits.images, images)
        np.testing.assert_array_equal(digits.labels, labels)
        assert digits.images.dtype == digits.labels.dtype == np.uint8


def test_environment_names_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DIGITPAD_DATA", str(write_npz(tmp_path / "data", train=50, test=20)))
    assert len(read_digits(find_mnist(), "test").labels) == 20
    other = write_npz(tmp_path / "other", train=50, test=30)
    assert len(read_digits(find_mnist(other), "test").labels) == 30


def test_missing_folder_or_files(tmp_path):
    with pytest.raises(DatasetError, match=r"there is no folder .*nowhere; correct --data or DIGITPAD_DATA"):
        find_mnist(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match=r"lacks train-images-idx3-ubyte, .*t10k-labels-idx1-ubyte"):
        find_mnist(tmp_path)
    write_idx(tmp_path, train=20, test=20)
    (tmp_path / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(DatasetError, match=r"lacks t10k-labels-idx1-ubyte \(\.gz or plain\)"):
        find_mnist(tmp_path)


IMAGES = np.zeros((20, 28, 28), np.uint8)


@pytest.mark.parametrize(
    ("images", "labels", "complaint"),
    [
        (IMAGES, np.zeros(19), "do not belong together: 20 images but labels of"),
        (IMAGES, np.full(20, 11), "holds a label 11"),
        (IMAGES[:, 1:], np.zeros(20), "not bytes of n×28×28"),
        (np.zeros(20, np.uint8), np.zeros(20), "not bytes of n×28×28"),
        (IMAGES[:0], np.zeros(0), "hold no digits"),
    ],
)
def test_files_that_do_not_fit(tmp_path, images, labels, complaint):
    write_idx(tmp_path, train=20, test=20)
    for name, array in (("images-idx3", images), ("labels-idx1", labels.astype(np.uint8))):
        (tmp_path / f"train-{name}-ubyte.gz").write_bytes(gzip.compress(idx_bytes(array)))
    with pytest.raises(DatasetError, match=complaint):
        read_digits(find_mnist(tmp_path), "train")


def test_checksums_tell_data_apart(tmp_path):
    first, same, other = (
        checksums(find_mnist(write_idx(tmp_path / str(number), train=train, test=20)))
        for number, train in enumerate((20, 20, 30))
    )
    assert first == same
    assert len(first) == 4
    assert all((first[name] != other[name]) == name.startswith("train") for name in first)


@pytest.mark.parametrize(("total", "count"), [(1000, 95), (200, 189), (203, 7)])
def test_split_keeps_out_runs_of_neighbours(total, count):
    training, validation = split_validation(np.zeros(total), count, seed=0)
    np.testing.assert_array_equal(np.sort(np.concatenate([training, validation])), np.arange(total))
    kept_out = np.isin(np.arange(total), validation)
    starts = np.flatnonzero(kept_out & ~np.roll(kept_out, 1))  # the last digit stands before the first
    assert len(validation) == count and len(starts) == min(count, 10)
    lengths = [np.argmin(np.roll(kept_out, -start)) for start in starts]
    assert max(lengths) - min(lengths) <= 1


def test_split_depends_on_the_seed_alone():
    labels = np.arange(200) % 10
    np.testing.assert_array_equal(split_validation(labels, 50, 3)[1], split_validation(labels, 50, 3)[1])
    assert not np.array_equal(split_validation(labels, 50, 3)[1], split_validation(labels, 50, 4)[1])


@pytest.mark.parametrize("count", [0, 190, 201])
def test_split_refuses_what_leaves_nothing(count):
    with pytest.raises(DatasetError, match=f"cannot keep {count} of 200"):
        split_validation(np.arange(200) % 10, count, 0)
