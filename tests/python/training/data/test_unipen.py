"""training/data/unipen.py: the publisher's format, with all that its own files have."""

from collections import Counter

import numpy as np
import pytest

from tests.python.made_unipen import LABELS, pack, write_distribution, write_files
from training.data.unipen import JOINING, load_unipen
from training.data.unipen_files import open_unipen
from training.errors import DatasetError

LINE = "1 2\n3 4\n"
INK = (
    f".WRITER_ID anna\n.COORD X Y\n.PEN_DOWN\n{LINE}.PEN_UP\n.PEN_DOWN\n5 6\n.PEN_UP\n.PEN_DOWN\n7 8\n9 10\n"
)
LABELLED = '.INCLUDE lab/a.dat\n.SEGMENT CHARACTER 0 ? "7"\n'


def load(tmp_path, files):
    return load_unipen(write_files(tmp_path / "made", files))


def read(tmp_path, segments, ink=INK):
    """Read segments of one file of ink."""
    files = {"data/1a/lab/a.dat": f".INCLUDE lab/a.dat\n{segments}", "include/lab/a.dat": ink}
    return load(tmp_path, files)


def points(character):
    return [stroke.tolist() for stroke in character.strokes]


def test_a_character_has_label_laboratory_writer_source_and_strokes(tmp_path):
    characters = read(tmp_path, '.SEGMENT CHARACTER 1-2 ? "7"\n')
    (seven,) = characters.found
    assert (seven.label, seven.laboratory, seven.writer) == ("7", "lab", "anna")
    assert seven.source == "data/1a/lab/a.dat#1-2"
    assert points(seven) == [[[5, -6]], [[7, -8], [9, -10]]]  # the tablet's y points up
    assert not characters.left_out


def test_ink_that_several_files_include_is_of_the_writer_and_has_the_columns_that_each_names(tmp_path):
    labels = '.INCLUDE lab/a.dat\n.SEGMENT CHARACTER 0 ? "7"\n'
    files = {
        "data/1a/lab/a.dat": f".WRITER_ID anna\n.COORD X Y\n{labels}",
        "data/1a/lab/b.dat": f".WRITER_ID bert\n.COORD Y X\n{labels}",
        "data/1a/lab/c.dat": f".WRITER_ID anna\n.COORD X Y\n{labels}",
        "include/lab/a.dat": f".PEN_DOWN\n{LINE}.PEN_UP\n",
    }
    found = {each.source[12]: (each.writer, *points(each)) for each in load(tmp_path, files).found}
    anna, bert = ("anna", [[1, -2], [3, -4]]), ("bert", [[2, -1], [4, -3]])
    assert found == {"a": anna, "b": bert, "c": anna}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("0", [[[1, -2], [3, -4]]]),
        ("0,2", [[[1, -2], [3, -4]], [[7, -8], [9, -10]]]),
        ("0,1-2", [[[1, -2], [3, -4]], [[5, -6]], [[7, -8], [9, -10]]]),
        ("0:1-2:0", [[[3, -4]], [[5, -6]], [[7, -8]]]),
        ("2:1", [[[9, -10]]]),
        ("0:0-0:0", [[[1, -2]]]),
    ],
)
def test_components_are_named_one_by_one_in_runs_and_in_parts(tmp_path, parts, expected):
    (found,) = read(tmp_path, f'.SEGMENT CHARACTER {parts} ? "7"\n').found
    assert points(found) == expected


@pytest.mark.parametrize("parts", ["3", "1-3", "2-1", "x", "", "-1", "0;1"])
def test_a_segment_that_names_no_component_is_left_out_and_counted(tmp_path, parts):
    characters = read(tmp_path, f'.SEGMENT CHARACTER {parts} ? "7"\n.SEGMENT CHARACTER 0 ? "1"\n')
    assert [found.label for found in characters.found] == ["1"]
    assert characters.left_out == {"no such component": 1}


@pytest.mark.parametrize(
    ("ink", "expected"),
    [
        (
            f".PEN_DOWN\n{LINE}.PEN_UP\n.PEN_UP\n.PEN_DOWN\n5 6\n",
            [[5, -6]],
        ),  # an empty .PEN_UP is no component
        (f".PEN_DOWN\n.PEN_UP\n.PEN_DOWN\n5 6\n.PEN_DOWN\n{LINE}", [[5, -6]]),  # an empty .PEN_DOWN is one
        (f".PEN_UP\n{LINE}.PEN_DOWN\n5 6\n", [[5, -6]]),  # a .PEN_UP with points is one
    ],
)
def test_what_counts_as_a_component(tmp_path, ink, expected):
    (found,) = read(tmp_path, '.SEGMENT CHARACTER 1 ? "7"\n', f".WRITER_ID anna\n.COORD X Y\n{ink}").found
    assert points(found) == [expected]


def test_what_is_drawn_in_the_air_or_is_empty_is_no_ink(tmp_path):
    ink = f".WRITER_ID anna\n.COORD X Y\n.PEN_UP\n{LINE}.PEN_DOWN\n.PEN_DOWN\n5 6\n"
    characters = read(tmp_path, '.SEGMENT CHARACTER 0-2 ? "7"\n.SEGMENT CHARACTER 0-1 ? "8"\n', ink)
    assert [points(found) for found in characters.found] == [[[[5, -6]]]]
    assert characters.left_out == {"no ink": 1}


@pytest.mark.parametrize(
    ("columns", "line"),
    [("X Y T P", "1 2 30 4"), ("P Y X", "9 2 1"), ("X  Y\tP", "1 2 0.5"), ("P X Y", ".5 1 2")],
)
def test_columns_may_be_more_and_in_another_order(tmp_path, columns, line):
    ink = f".WRITER_ID anna\n.COORD {columns}\n.PEN_DOWN\n{line}\n\t{line}\n"
    (found,) = read(tmp_path, '.SEGMENT CHARACTER 0 ? "7"\n', ink).found
    assert points(found) == [[[1, -2], [1, -2]]]


@pytest.mark.parametrize(
    ("written", "label"),
    [('"\\""', '"'), ('"\\\\"', "\\"), ('"\\@"', JOINING), ('"@"', "@"), ('"é"', "é"), ('"a" "style"', "a")],
)
def test_labels(tmp_path, written, label):
    (found,) = read(tmp_path, f".SEGMENT CHARACTER 0 OK {written}\n").found
    assert found.label == label


def test_a_segment_without_a_label_is_left_out_and_counted(tmp_path):
    segments = '.SEGMENT CHARACTER 0\n.SEGMENT CHARACTER 1 ? ""\n.SEGMENT CHARACTER 2 BAD "7"\n'
    characters = read(tmp_path, segments)
    assert [found.source for found in characters.found] == ["data/1a/lab/a.dat#2"]
    assert characters.left_out == {"no label": 2}


def test_free_text_other_keywords_and_other_segments_are_passed_over(tmp_path):
    ink = (
        ".VERSION 1.0\n.DATA_CONTACT Ann\n  Rue de l'Été 5\n  PEN_DOWN 3 4\n.SETUP\n  at a desk\n\n"
        ".WRITER_INFO left handed\n.5 of them\n...\n.WRITER_ID\tanna\n.X_DIM 100\n.H_LINE 0 10\n.COORD X Y\n"
        f".START_BOX\n.PEN_DOWN\n{LINE}.DT 10\n.PEN_UP\n.COMMENT\n  1 2\n  3\n"
    )
    segments = '.LEXICON "1" "2"\n.HIERARCHY PAGE CHARACTER\n.SEGMENT PAGE 0-9\n.SEGMENT CHARACTER 0 ? "7"\n'
    characters = read(tmp_path, segments, ink)
    assert [(each.writer, points(each)) for each in characters.found] == [("anna", [[[1, -2], [3, -4]]])]
    assert not characters.left_out


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path, end):
    segments = '.SEGMENT CHARACTER 0 ? "7"\n.SEGMENT CHARACTER 2 ? "7"\n'.replace("\n", end)
    characters = read(tmp_path, segments, INK.replace("\n", end))
    assert [len(each.strokes[0]) for each in characters.found] == [2, 2]


def test_components_count_over_all_includes_and_each_has_its_writer(tmp_path):
    files = {
        "data/1a/lab/deep/er/a.dat": (
            ".INCLUDE lab/lab.doc\n.INCLUDE lab/missing.lex\n.INCLUDE lab/missing.doc\n.INCLUDE lab/b.dat\n"
            '.INCLUDE lab/c.dat\n.SEGMENT CHARACTER 0 ? "1"\n.SEGMENT CHARACTER 1-2 ? "2"\n'
            '.SEGMENT CHARACTER 3 ? "3"\n'
        ),
        "include/lab/lab.doc": ".COMMENT a tablet\n.COORD Y X\n",
        "include/lab/b.dat": f".WRITER_ID anna\n.PEN_DOWN\n{LINE}.INCLUDE lab/deep/inner.dat\n",
        "include/lab/deep/inner.dat": ".PEN_DOWN\n5 6\n",
        "include/lab/c.dat": ".WRITER_ID ben\n.PEN_DOWN\n7 8\n.PEN_DOWN\n9 10\n",
    }
    found = load(tmp_path, files).found
    assert [(each.laboratory, each.writer) for each in found] == [
        ("lab", name) for name in ("anna", "anna", "ben")
    ]
    assert [points(each) for each in found] == [[[[2, -1], [4, -3]]], [[[6, -5]], [[8, -7]]], [[[10, -9]]]]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "a missing include"),
        ({"include/lab/a.dat": f"{INK}.INCLUDE lab/other.dat"}, "a missing include"),
        ({"include/lab/a.dat": f".WRITER_ID a\n.PEN_DOWN\n{LINE}"}, "points without .COORD X Y"),
        ({"include/lab/a.dat": f".WRITER_ID a\n.COORD X T\n.PEN_DOWN\n{LINE}"}, "points without .COORD X Y"),
        ({"include/lab/a.dat": f"{INK}.PEN_DOWN\n1 2\n3"}, "points that are not as .COORD says"),
        ({"include/lab/a.dat": f"{INK}.PEN_DOWN\n1 two"}, "points that are not as .COORD says"),
        ({"include/lab/a.dat": f"{INK}.INCLUDE lab/a.dat"}, "an include of itself"),
        ({"include/lab/a.dat": f"{INK}.INCLUDE"}, "a missing include"),
        ({"include/lab/a.dat": f".COORD X Y\n.PEN_DOWN\n{LINE}"}, "no writer"),
    ],
)  # fmt: skip
def test_segments_of_a_file_that_cannot_be_read_are_left_out_and_counted(tmp_path, files, reason):
    good = {"data/1a/lab/b.dat": '.INCLUDE lab/b.dat\n.SEGMENT CHARACTER 0 ? "1"\n', "include/lab/b.dat": INK}
    characters = load(tmp_path, {"data/1a/lab/a.dat": LABELLED, **files, **good})
    assert [found.source for found in characters.found] == ["data/1a/lab/b.dat#0"]
    assert characters.left_out == {reason: 1}


def test_folder_and_archive_are_read_alike(tmp_path):
    distribution = write_distribution(tmp_path)
    expected = load_unipen(distribution).found
    assert Counter(each.label for each in expected) == dict.fromkeys("".join(LABELS.values()), 10)
    assert len({(each.laboratory, each.writer) for each in expected}) == 10
    files = list(dict.fromkeys(each.source.partition("#")[0] for each in expected))
    assert files == sorted(files) and len(files) == 40
    for name, content in {
        "one.tar.gz": pack(distribution),
        "two.tar": pack(distribution, "CDROM/", "w"),
        "three.tar.xz": pack(distribution, "./", "w:xz"),
    }.items():
        (tmp_path / name).write_bytes(content)
        found = load_unipen(tmp_path / name).found
        assert [each.source for each in found] == [each.source for each in expected]
        for one, other in zip(found, expected, strict=True):
            assert (one.label, one.laboratory, one.writer) == (other.label, other.laboratory, other.writer)
            assert all(map(np.array_equal, one.strokes, other.strokes))
    assert load_unipen(tmp_path).found[0].source == expected[0].source  # the folder around it


def test_categories_are_read_in_the_order_that_is_asked_for(tmp_path):
    found = load_unipen(write_distribution(tmp_path), (each for each in ("1d", "1a"))).found
    assert [each.label for each in found] == [*"#%=*"] * 10 + [*"0123456789"] * 10


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[:-100], lambda _: b"a page in its place", lambda _: b""]
)
def test_a_damaged_archive_is_one_clear_error(tmp_path, damage):
    (tmp_path / "a.tar.gz").write_bytes(damage(pack(write_distribution(tmp_path))))
    with pytest.raises(DatasetError, match=r"^.*a\.tar\.gz cannot be read: [^\n]+; fetch it again$"):
        load_unipen(tmp_path / "a.tar.gz")


def test_a_file_of_a_folder_that_cannot_be_read_is_one_clear_error(tmp_path):
    archive = open_unipen(write_files(tmp_path, {"include/lab/a.dat": INK}))
    (tmp_path / "include/lab/a.dat").unlink()
    with pytest.raises(
        DatasetError, match=r"a\.dat cannot be read: No such file or directory; fetch it again"
    ):
        archive.read("include/lab/a.dat")


def test_a_distribution_without_characters_is_one_clear_error(tmp_path):
    with pytest.raises(DatasetError, match=r"holds no character in data/1a, data/1b.*; is it train_r01_v07"):
        load(tmp_path, {"data/readme.txt": "", "data/1a/readme.txt": '.SEGMENT CHARACTER 0 ? "7"'})
    with pytest.raises(DatasetError, match=r"data/1d, 1 left out: a missing include; is it"):
        load_unipen(write_files(tmp_path / "made", {"data/1d/lab/a.dat": LABELLED}), iter(["1d"]))


def test_all_that_is_published_is_read(unipen):
    characters = load_unipen(unipen, ("1a",))
    assert {found.label for found in characters.found} == set("0123456789")
    assert len(characters.found) >= 9_000
    assert sum(characters.left_out.values()) <= 0.01 * len(characters.found)
