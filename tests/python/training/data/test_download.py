"""training/data/download.py against a real server on the loopback interface."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

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
    left = [f".{files[0].name}.part"] if failing == "cut" else []
    assert [path.name for path in (tmp_path / "mnist").iterdir()] == left


@pytest.mark.parametrize(("again", "goes_on"), [("good", True), ("whole", False)])
def test_a_broken_transfer_goes_on_where_it_stopped(tmp_path, mirror, files, contents, again, goes_on):
    file = files[0]
    content = contents[file.name]
    for _ in range(2):
        with pytest.raises(DatasetError, match="the next goes on from there"):
            download(tmp_path, [mirror("cut")], [file])
    half, rest = divmod(len(content), 2)
    part = (half + rest) // 2  # of what was left after the first half
    assert mirror.sent == [(0, half), (half, part)]
    download(tmp_path, [mirror(again)], [file])
    start = half + part if goes_on else 0
    assert mirror.sent[2:] == [(start, len(content) - start)]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {file.name: content}


def test_a_rest_of_other_content_is_thrown_away(tmp_path, mirror, files, contents):
    file = files[0]
    content = contents[file.name]
    for left in (b"other", content + b"longer"):
        (tmp_path / f".{file.name}.part").write_bytes(left)
        download(tmp_path, [mirror("good")], [file])
        assert mirror.sent[-1] == (0, len(content))
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {file.name: content}
        (tmp_path / file.name).unlink()


def test_a_rest_that_is_complete_is_taken_as_it_is(tmp_path, mirror, files, contents):
    file = files[0]
    (tmp_path / f".{file.name}.part").write_bytes(contents[file.name])
    download(tmp_path, [mirror("good")], [file])
    assert mirror.sent == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {file.name: contents[file.name]}


def test_two_that_fill_one_folder_fetch_each_file_once(tmp_path, mirror, files, contents):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: download(tmp_path, [mirror("good")], files), range(4)))
    assert set(mirror.requests.values()) == {1}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == contents


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
