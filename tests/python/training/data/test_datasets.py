"""training/data/datasets.py: where MNIST is looked for, what is refused, and the validation split."""

import gzip

import numpy as np
import pytest

from tests.python.made_digits import idx_bytes, make_digits, write_idx, write_npz
from training.data.datasets import checksums, find_mnist, read_digits, split_validation
from training.errors import DatasetError


@pytest.fixture(autouse=True)
def no_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setenv("DIGITPAD_CACHE", str(tmp_path / "cache"))


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


def test_missing_folder(tmp_path):
    with pytest.raises(DatasetError, match=r"there is no folder .*nowhere; correct --data or DIGITPAD_DATA"):
        find_mnist(tmp_path / "nowhere")


def test_empty_folder(tmp_path):
    with pytest.raises(DatasetError, match=r"lacks train-images-idx3-ubyte, .*t10k-labels-idx1-ubyte"):
        find_mnist(tmp_path)


def test_one_file_missing(tmp_path):
    write_idx(tmp_path, train=20, test=20)
    (tmp_path / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(DatasetError, match=r"lacks t10k-labels-idx1-ubyte \(\.gz or plain\)"):
        find_mnist(tmp_path)


@pytest.mark.parametrize(
    ("name", "array", "complaint"),
    [
        (
            "train-labels-idx1-ubyte",
            np.zeros(19, np.uint8),
            "do not belong together: 20 images but labels of",
        ),
        ("train-labels-idx1-ubyte", np.full(20, 11, np.uint8), "holds a label 11"),
        ("train-images-idx3-ubyte", np.zeros((20, 27, 28), np.uint8), "not bytes of n×28×28"),
        ("train-images-idx3-ubyte", np.zeros(20, np.uint8), "not bytes of n×28×28"),
    ],
)
def test_files_that_do_not_fit(tmp_path, name, array, complaint):
    write_idx(tmp_path, train=20, test=20)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(idx_bytes(array)))
    with pytest.raises(DatasetError, match=complaint):
        read_digits(find_mnist(tmp_path), "train")


def test_no_digits(tmp_path):
    write_idx(tmp_path, train=20, test=20)
    for name, shape in (("images-idx3", (0, 28, 28)), ("labels-idx1", (0,))):
        (tmp_path / f"t10k-{name}-ubyte.gz").write_bytes(idx_bytes(np.zeros(shape, np.uint8)))
    with pytest.raises(DatasetError, match="hold no digits"):
        read_digits(find_mnist(tmp_path), "test")


def test_checksums_tell_data_apart(tmp_path):
    first = checksums(find_mnist(write_idx(tmp_path / "a", train=20, test=20)))
    same = checksums(find_mnist(write_idx(tmp_path / "b", train=20, test=20)))
    other = checksums(find_mnist(write_idx(tmp_path / "c", train=30, test=20)))
    assert first == same
    assert len(first) == 4
    assert {name for name in first if first[name] != other[name]} == {
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
    }


def test_split_gives_each_class_its_share():
    labels = np.repeat(np.arange(10), [100, 110, 90, 100, 120, 80, 100, 100, 95, 105])
    training, validation = split_validation(labels, 100, seed=0)
    assert len(validation) == 100
    np.testing.assert_array_equal(np.sort(np.concatenate([training, validation])), np.arange(1000))
    share = np.bincount(labels[validation], minlength=10) - np.bincount(labels) / 10
    assert np.abs(share).max() <= 1


def test_split_depends_on_the_seed_alone():
    labels = np.arange(200) % 10
    np.testing.assert_array_equal(split_validation(labels, 50, 3)[1], split_validation(labels, 50, 3)[1])
    assert not np.array_equal(split_validation(labels, 50, 3)[1], split_validation(labels, 50, 4)[1])


@pytest.mark.parametrize("count", [0, 200, 201])
def test_split_refuses_what_leaves_nothing(count):
    with pytest.raises(DatasetError, match=f"cannot keep {count} of 200"):
        split_validation(np.arange(200) % 10, count, 0)
