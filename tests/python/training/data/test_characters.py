"""training/data/characters.py: UNIPEN divided by writer into digits and what is no digit."""

import pytest

from tests.python.made_unipen import write_distribution, write_files
from training.data.characters import pen_digits, read_characters
from training.data.defective_unipen import DEFECTIVE_UNIPEN
from training.data.unipen_files import NAME
from training.errors import DatasetError

CURVED, UPRIGHT = "0 0\n5 9\n9 0\n", "0 0\n0 5\n0 9\n"


def text_of(writer, segments):
    """A file of labels and components, by component: (label, points)."""
    components = [segments.get(number, ("", CURVED))[1] for number in range(max(segments) + 1)]
    ink = "".join(f".PEN_DOWN\n{points}.PEN_UP\n" for points in components)
    labels = "".join(f'.SEGMENT CHARACTER {at} OK "{label}"\n' for at, (label, _) in segments.items())
    return f".WRITER_ID {writer}\n.COORD X Y\n{ink}{labels}"


@pytest.fixture
def distribution(tmp_path):
    """Seven writers of laboratory ibm: a 7 and a defective digit each, an o, and a k that lost strokes."""
    files = {}
    for number in range(1, 8):
        name = f"ibm/ibm{number:02}-001.dat"
        place, label = next(
            (int(source.partition("#")[2]), label)
            for source, label in DEFECTIVE_UNIPEN
            if source.startswith(f"data/1a/{name}#") and "-" not in source.partition("#")[2]
        )
        digits = {0: ("7", CURVED), place: (label, CURVED)}
        files[f"data/1a/{name}"] = text_of(f"ibm{number:02}", digits)
        letters = {0: ("o", CURVED), 1: ("k", CURVED), 2: ("k", UPRIGHT)}
        files[f"data/1c/{name}"] = text_of(f"ibm{number:02}", letters)
    return write_files(tmp_path / NAME, files)


def test_what_would_teach_wrongly_is_left_out_where_it_would(distribution):
    parts = read_characters(distribution)
    writers = {part: sorted({each.writer for each in both.digits}) for part, both in parts.items()}
    assert writers == {
        "training": ["ibm01", "ibm03", "ibm04", "ibm06", "ibm07"],
        "validation": ["ibm02"],
        "test": ["ibm05"],
    }
    for part, both in parts.items():
        assert {each.writer for each in both.others} == set(writers[part])
    for part in ("training", "validation"):
        assert {each.label for each in parts[part].digits} == {"7"}
    assert len(parts["test"].digits) == 2  # figures with and without the defective ones
    assert [each.source[-2:] for each in parts["training"].others] == ["#1"] * 5
    for part in ("validation", "test"):
        assert [each.source[-2:] for each in parts[part].others] == ["#1", "#2"]


def test_too_few_writers_are_refused(tmp_path):
    few = write_distribution(tmp_path, {"aaa": 4}, {"1a": "7"})
    with pytest.raises(DatasetError, match=r"train_r01_v07 has too few writers to keep some out"):
        read_characters(few)


def test_digits_have_their_label_and_a_writer_of_their_laboratory(distribution):
    (digit, *_) = pen_digits(read_characters(distribution)["training"].digits)
    assert (digit.digit, digit.writer) == (7, "ibm/ibm01")
    assert digit.strokes[0].shape == (3, 2)
