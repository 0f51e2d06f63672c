"""training/data/download.py against a real server on the loopback interface."""

import hashlib

import pytest

from tests.python.made_digits import write_idx
from tests.python.made_mirror import Mirror
from training.data.datasets import FILE_STEMS, find_mnist, read_digits
from training.data.download import MNIST_FILES, RemoteFile, cache_folder, download
from training.errors import DatasetError


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    folder = write_idx(tmp_path_factory.mktemp("published"), train=200, test=20)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def mirror(contents):
    with Mirror(contents) as server:
        yield server


@pytest.fixture
def files(contents):
    return [
        RemoteFile(name, hashlib.md5(content, usedforsecurity=False).hexdigest())
        for name, content in contents.items()
    ]


def test_download_then_cache(tmp_path, mirror, files, capfd):
    found = find_mnist(cache=tmp_path, mirrors=[mirror("good")], files=files)
    assert found.origin == "download"
    assert len(read_digits(found, "train").labels) == 200
    assert "train-images-idx3-ubyte.gz" in capfd.readouterr().err  # the progress bar
    again = find_mnist(cache=tmp_path, mirrors=[mirror("good")], files=files)
    assert again.origin == "cache"
    assert again.parts == found.parts
    assert set(mirror.requests.values()) == {1}
    assert sorted(path.name for path in (tmp_path / "mnist").iterdir()) == sorted(file.name for file in files)


def test_damaged_cache_is_fetched_again(tmp_path, mirror, files, contents):
    download(tmp_path, [mirror("good")], files)
    name = files[0].name
    (tmp_path / name).write_bytes(b"cut short")
    download(tmp_path, [mirror("good")], files)
    assert (tmp_path / name).read_bytes() == contents[name]
    assert mirror.requests == {f"good/{file.name}": 1 + (file.name == name) for file in files}


@pytest.mark.parametrize("failing", ["missing", "wrong", "cut", "unreachable"])
def test_next_mirror(tmp_path, mirror, files, contents, failing):
    download(tmp_path, [mirror(failing), mirror("good")], files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == contents


@pytest.mark.parametrize(
    ("failing", "complaint"),
    [
        ("missing", "Not Found"),
        ("unreachable", "refused"),
        ("wrong", r"the checksum is [0-9a-f]{32} instead of [0-9a-f]{32}"),
        ("cut", r"(cut off after [\d,]+ of [\d,]+ bytes|IncompleteRead)"),
    ],
)
def test_no_mirror_left(tmp_path, mirror, files, failing, complaint):
    with pytest.raises(DatasetError, match=complaint) as caught:
        find_mnist(cache=tmp_path, mirrors=[address := mirror(failing)], files=files)
    message = str(caught.value)
    assert message.startswith(f"could not download {files[0].name} ({address}")
    assert "check the network" in message and "--data" in message and "\n" not in message
    assert list((tmp_path / "mnist").iterdir()) == []


def test_cache_that_cannot_be_written(tmp_path, mirror, files):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match=r"cannot write to the cache .*; set DIGITPAD_CACHE"):
        find_mnist(cache=tmp_path / "file", mirrors=[mirror("good")], files=files)


def test_cache_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("DIGITPAD_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "digitpad"
    monkeypatch.setenv("DIGITPAD_CACHE", str(tmp_path / "elsewhere"))
    assert cache_folder() == tmp_path / "elsewhere"


def test_official_files_are_named_as_the_folder_names_them():
    assert [file.name for file in MNIST_FILES] == [
        f"{stem}.gz" for pair in FILE_STEMS.values() for stem in pair
    ]
