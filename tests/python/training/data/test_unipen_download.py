"""UNIPEN: from a folder, from the cache, or from a real server on the loopback interface."""

import hashlib
import json

import pytest

from tests.python.made_mirror import Mirror
from tests.python.made_unipen import pack, write_distribution
from training.data.unipen import load_unipen
from training.data.unipen_files import find_unipen, unipen_checksum
from training.errors import DatasetError

ARCHIVE = "CDROM_train_r01_v07.tgz"
RECORD = "records/1195803"
FILE = f"{RECORD}/files/{ARCHIVE}/content"


@pytest.fixture(scope="module")
def distribution(tmp_path_factory):
    return write_distribution(tmp_path_factory.mktemp("published"), {"aaa": 2}, {"1a": "07", "1b": "A"})


@pytest.fixture(scope="module")
def content(distribution):
    return pack(distribution)


@pytest.fixture
def mirror(content):
    with Mirror({FILE: content}) as server:
        publish(server)
        yield server


def publish(server, behaviour="good", checksum=None, key=ARCHIVE):
    """Publish a record as Zenodo does, whose archive is served by a behaviour."""
    checksum = checksum or f"md5:{hashlib.md5(server.contents[FILE], usedforsecurity=False).hexdigest()}"
    files = [
        {"key": "readme.txt", "checksum": "md5:0", "links": {"self": server("missing") + "readme.txt"}},
        {"key": key, "checksum": checksum, "links": {"self": server(behaviour) + FILE}},
    ]
    server.contents[RECORD] = json.dumps({"id": 1195803, "files": files}).encode()


def test_download_then_cache(tmp_path, mirror, content, capfd):
    path = find_unipen(cache=tmp_path, record=mirror("good") + RECORD)
    assert path == tmp_path / "unipen" / ARCHIVE
    assert path.read_bytes() == content
    assert ARCHIVE in capfd.readouterr().err  # the progress bar
    assert len(load_unipen(path).found) == 6
    assert find_unipen(cache=tmp_path, record=mirror("unreachable")) == path
    assert mirror.requests == {f"good/{RECORD}": 1, f"good/{FILE}": 1}
    assert sorted(each.name for each in path.parent.iterdir()) == [ARCHIVE, "record.json"]


@pytest.mark.parametrize("damaged", [ARCHIVE, "record.json"])
def test_a_damaged_cache_is_mended(tmp_path, mirror, content, damaged):
    path = find_unipen(cache=tmp_path, record=mirror("good") + RECORD)
    (tmp_path / "unipen" / damaged).write_bytes(b"cut short")
    assert find_unipen(cache=tmp_path, record=mirror("good") + RECORD).read_bytes() == content
    assert mirror.requests == {f"good/{RECORD}": 2, f"good/{FILE}": 1 + (damaged == ARCHIVE)}
    assert find_unipen(cache=tmp_path, record=mirror("unreachable")) == path


def test_a_broken_transfer_goes_on_where_it_stopped(tmp_path, mirror, content):
    publish(mirror, "cut")
    with pytest.raises(
        DatasetError, match=r"cut off after [\d,]+ of [\d,]+ bytes; the next goes on from there"
    ):
        find_unipen(cache=tmp_path, record=mirror("good") + RECORD)
    publish(mirror)
    assert find_unipen(cache=tmp_path, record=mirror("good") + RECORD).read_bytes() == content
    half = len(content) // 2
    assert mirror.sent[1::2] == [(0, half), (half, len(content) - half)]


@pytest.mark.parametrize(
    ("published", "complaint"),
    [
        ({"checksum": "md5:" + "0" * 32}, r"could not download .* instead of 0{32}\); check the network"),
        ({"behaviour": "missing"}, "could not download .*Not Found"),
        (
            {"key": "train_r01_v07.zip"},
            r"names train_r01_v07\.zip for train_r01_v07, not a tar archive; unpack it",
        ),
        ({"key": "other.tgz"}, "names no file for train_r01_v07, not a tar archive"),
        ({"checksum": "nothing"}, "is no record of Zenodo that names its files"),
        ({"checksum": "nothing:0"}, "is no record of Zenodo that names its files"),
    ],
)
def test_what_cannot_be_had_is_one_sentence_that_says_what_to_do(tmp_path, mirror, published, complaint):
    publish(mirror, **published)
    with pytest.raises(DatasetError, match=complaint) as caught:
        find_unipen(cache=tmp_path, record=mirror("good") + RECORD)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("pass a folder that has no UNIPEN with --data to go without it")
    assert not list(tmp_path.rglob("*.part")) and not list(tmp_path.rglob(f"*{ARCHIVE}"))


@pytest.mark.parametrize("record", [b"<html>", b"[]", b"{}", b'{"files": null}', b'{"files": [1]}', b"\xff"])
def test_a_page_in_place_of_the_record_is_one_sentence(tmp_path, mirror, record):
    mirror.contents[RECORD] = record
    with pytest.raises(DatasetError, match=r"records/1195803 is no record of Zenodo .*go without it$"):
        find_unipen(cache=tmp_path, record=mirror("good") + RECORD)


@pytest.mark.parametrize("behaviour", ["missing", "unreachable"])
def test_a_record_that_cannot_be_had_is_one_sentence(tmp_path, mirror, behaviour):
    with pytest.raises(
        DatasetError, match=r"could not download http://.*; check the network, or .* go without it$"
    ):
        find_unipen(cache=tmp_path, record=mirror(behaviour) + RECORD)


def test_a_cache_that_cannot_be_written(tmp_path, mirror):
    (tmp_path / "unipen").write_text("in the way")
    with pytest.raises(DatasetError, match=r"cannot write to the cache .*; set DIGITPAD_CACHE"):
        find_unipen(cache=tmp_path, record=mirror("good") + RECORD)


def test_a_named_folder_is_never_filled_by_a_download(tmp_path, mirror, monkeypatch):
    (tmp_path / "unipen").mkdir()
    record = mirror("good") + RECORD
    assert find_unipen(tmp_path, cache=tmp_path, record=record) is None
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path))
    assert find_unipen(cache=tmp_path, record=record) is None
    assert not mirror.requests


@pytest.mark.parametrize("place", ["unipen", "."])
def test_the_form_of_a_local_copy_makes_no_difference(tmp_path, distribution, content, place):
    assert unipen_checksum(None) == {}
    archive = tmp_path / "packed" / place / "train_r01_v07.tar.gz"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(content)
    assert find_unipen(tmp_path / "packed") == archive
    folder = tmp_path / "unpacked" / place / distribution.name
    folder.parent.mkdir(parents=True)
    folder.symlink_to(distribution, target_is_directory=True)
    assert find_unipen(tmp_path / "unpacked") == folder
    assert unipen_checksum(folder) == unipen_checksum(archive)


def test_other_ink_or_labels_have_another_checksum(tmp_path):
    sums = [
        unipen_checksum(write_distribution(tmp_path / str(seed), {"aaa": 1}, seed=seed)) for seed in (0, 0, 1)
    ]
    (first,), (again,), (other,) = (each.values() for each in sums)
    assert first == again != other
    (ink,) = (tmp_path / "0").rglob("include/**/*1b.dat")
    ink.rename(ink.with_name(f"{ink.stem}.da"))
    assert unipen_checksum(tmp_path / "0") != sums[0]


def test_a_local_archive_of_another_kind_is_named(tmp_path):
    (tmp_path / "unipen").mkdir()
    (tmp_path / "unipen" / "train_r01_v07.zip").write_bytes(b"PK")
    with pytest.raises(
        DatasetError, match=r"train_r01_v07\.zip is neither a tar archive nor a folder; unpack it there"
    ):
        find_unipen(tmp_path)
