"""The pen strokes: from a folder, from the cache, or from a real server on the loopback interface."""

import gzip
import hashlib

import pytest

from tests.python.made_ink import write_unipen
from tests.python.made_mirror import Mirror
from tests.python.made_z import pack_z
from training.data.download import PENDIGITS_FILE, PENDIGITS_MIRRORS, RemoteFile
from training.data.ink_digits import find_ink, ink_checksum, read_ink
from training.data.pendigits import load_pendigits
from training.errors import DatasetError

NAME = "pendigits-orig.tra"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("DIGITPAD_DATA", "DIGITPAD_CACHE", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return write_unipen(tmp_path_factory.mktemp("published") / NAME, writers=10).read_bytes()


@pytest.fixture(scope="module")
def mirror(content):
    server = Mirror({f"{NAME}.Z": pack_z(content)})
    yield server
    server.close()


@pytest.fixture
def file(content):
    return RemoteFile(NAME, hashlib.sha256(content).hexdigest(), "sha256", f"{NAME}.Z")


def test_download_then_cache(tmp_path, mirror, file, content):
    mirror.requests.clear()
    path = find_ink(cache=tmp_path, mirrors=[mirror("good")], file=file)
    assert path == tmp_path / "pendigits" / NAME
    assert path.read_bytes() == content
    assert len(read_ink(path).test) == 20
    assert find_ink(cache=tmp_path, mirrors=[mirror("good")], file=file) == path
    assert mirror.requests == {f"good/{NAME}.Z": 1}
    assert list(path.parent.iterdir()) == [path]


def failure(cache, mirrors, file):
    with pytest.raises(DatasetError) as caught:
        find_ink(cache=cache, mirrors=mirrors, file=file)
    message = str(caught.value)
    assert "\n" not in message
    assert list((cache / "pendigits").iterdir()) == []
    return message


@pytest.mark.parametrize(
    ("behaviour", "complaint"), [("missing", "Not Found"), ("cut", "cut off after"), ("wrong", "is damaged")]
)
def test_a_failed_download_is_one_sentence_that_says_what_to_do(
    tmp_path, file, content, behaviour, complaint
):
    packed = pack_z(content)
    published = packed[:3] + b"\xff\xff" + packed[5:] if behaviour == "wrong" else packed
    server = Mirror({f"{NAME}.Z": published})
    try:
        message = failure(tmp_path, [server(behaviour)], file)
    finally:
        server.close()
    assert message.startswith(f"could not download {NAME} (http://127.0.0.1")
    assert complaint in message or (behaviour == "cut" and "IncompleteRead" in message)
    assert message.endswith("pass a folder that has MNIST alone with --data to go without pen strokes")


@pytest.mark.parametrize("pack", [pack_z, bytes], ids=["packed", "a page in its place"])
def test_other_content_is_refused_by_its_checksum(tmp_path, file, content, pack):
    server = Mirror({f"{NAME}.Z": pack(content.replace(b"267", b"268") + b"\n")})
    try:
        message = failure(tmp_path, [server("good")], file)
    finally:
        server.close()
    assert f"instead of {file.checksum}" in message


def test_a_named_folder_is_never_filled_by_a_download(tmp_path, mirror, file, monkeypatch):
    mirror.requests.clear()
    (tmp_path / "mnist").mkdir()
    assert find_ink(tmp_path, cache=tmp_path, mirrors=[mirror("good")], file=file) is None
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path))
    assert find_ink(cache=tmp_path, mirrors=[mirror("good")], file=file) is None
    assert not mirror.requests


@pytest.mark.parametrize("folder", ["pendigits", "."])
def test_the_form_of_a_local_file_makes_no_difference(tmp_path, content, folder):
    expected = {NAME: hashlib.sha256(content).hexdigest()}
    for ending, pack in ((".gz", gzip.compress), ("", bytes), (".Z", pack_z)):
        place = tmp_path / (ending or "plain") / folder
        place.mkdir(parents=True)
        (place / f"{NAME}{ending}").write_bytes(pack(content))
        path = find_ink(tmp_path / (ending or "plain"))
        assert path == place / f"{NAME}{ending}"
        assert ink_checksum(path) == expected
        assert len(load_pendigits(path)) == 100


def test_a_damaged_local_file_is_one_clear_error(tmp_path, content):
    path = tmp_path / f"{NAME}.gz"
    path.write_bytes(gzip.compress(content)[:-20])
    for use in (read_ink, ink_checksum):
        with pytest.raises(DatasetError, match=r"pendigits-orig\.tra\.gz cannot be read: it is damaged"):
            use(path)


def test_the_published_checksum_is_that_of_the_data_set(pen_strokes):
    assert ink_checksum(pen_strokes) == {PENDIGITS_FILE.name: PENDIGITS_FILE.checksum}
    assert all(mirror.startswith("https://") for mirror in PENDIGITS_MIRRORS)
